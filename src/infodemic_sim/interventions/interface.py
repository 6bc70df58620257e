"""Base of what a platform puts before its users, each time or now and then, before they share."""

from __future__ import annotations

import numpy as np

from infodemic_sim.interventions.base import Intervention
from infodemic_sim.params import param
from infodemic_sim.world import World


class InterfaceIntervention(Intervention):
    """Users of one platform, or of all, meet something there; what they do elsewhere stays as it is."""

    platform: str | None = param(None, doc="Name of the platform; none: all.")

    def concerned(self, world: World) -> np.ndarray:
        """Whom it names among those who have an account on the platform, away or not: bool[n]."""
        named, there = super().concerned(world), world.platform_or_all(self.platform)
        return named if there is None else named & world.has_account(there)
