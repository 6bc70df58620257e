"""The health care around the feed: privacy, the service that patients meet, shared experience, well-being."""

from infodemic_sim.health.base import Mechanism
from infodemic_sim.health.experiences import Experiences
from infodemic_sim.health.privacy import Privacy
from infodemic_sim.health.service import Service
from infodemic_sim.health.wellbeing import Wellbeing

MECHANISMS: dict[str, type[Mechanism]] = {
    "privacy": Privacy,
    "service": Service,
    "experiences": Experiences,
    "wellbeing": Wellbeing,
}
"""Each by the field of a scenario that switches it on, in the order in which they act."""

__all__ = ["MECHANISMS", "Experiences", "Mechanism", "Privacy", "Service", "Wellbeing"]
