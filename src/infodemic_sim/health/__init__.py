"""The health care around the feed: privacy, and the service that patients meet."""

from infodemic_sim.health.privacy import Privacy
from infodemic_sim.health.service import Service

__all__ = ["Privacy", "Service"]
