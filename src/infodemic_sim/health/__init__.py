"""What is simulated around the feed: health care (privacy, the service that patients meet, shared experience,
well-being), what people do about what they believe, a disease, and messages that arrive from a table.
"""

from infodemic_sim.health.arrivals import Arrivals
from infodemic_sim.health.behaviour import Behaviour
from infodemic_sim.health.epidemic import Epidemic
from infodemic_sim.health.experiences import Experiences
from infodemic_sim.health.privacy import Privacy
from infodemic_sim.health.service import Service
from infodemic_sim.health.wellbeing import Wellbeing
from infodemic_sim.mechanism import Mechanism

MECHANISMS: dict[str, type[Mechanism]] = {
    "privacy": Privacy,
    "service": Service,
    "experiences": Experiences,
    "wellbeing": Wellbeing,
    "arrivals": Arrivals,
    "behaviour": Behaviour,
    "epidemic": Epidemic,
}
"""Each by the field of a scenario that switches it on, in the order in which they act."""

__all__ = [
    "MECHANISMS",
    "Arrivals",
    "Behaviour",
    "Epidemic",
    "Experiences",
    "Privacy",
    "Service",
    "Wellbeing",
]
