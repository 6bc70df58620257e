"""The health care around the feed: privacy, and the service that patients meet."""

from infodemic_sim.health.base import Mechanism
from infodemic_sim.health.privacy import Privacy
from infodemic_sim.health.service import Service

MECHANISMS: dict[str, type[Mechanism]] = {"privacy": Privacy, "service": Service}
"""Each by the field of a scenario that switches it on, in the order in which they act."""

__all__ = ["MECHANISMS", "Mechanism", "Privacy", "Service"]
