"""What is simulated around the feed: privacy, the health service, behaviour, and a disease."""

from infodemic_sim.health.base import Mechanism
from infodemic_sim.health.behaviour import Behaviour
from infodemic_sim.health.epidemic import Epidemic
from infodemic_sim.health.privacy import Privacy
from infodemic_sim.health.service import Service

MECHANISMS: dict[str, type[Mechanism]] = {
    "privacy": Privacy,
    "service": Service,
    "behaviour": Behaviour,
    "epidemic": Epidemic,
}
"""Each by the field of a scenario that switches it on, in the order in which they act."""

__all__ = ["MECHANISMS", "Behaviour", "Epidemic", "Mechanism", "Privacy", "Service"]
