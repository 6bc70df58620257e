"""Who: people who are awake at night."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import ASSUMED, param
from infodemic_sim.interventions.who import Who
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class NightOwls(Who):
    """A share of all people, by lot once for the run.

    The lot is drawn at the address of the person, so it does not depend on where in the file they stand,
    and all plans share it.
    """

    fixed: ClassVar[bool] = True

    share: float = param(0.3, ge=0, le=1, unit="share", doc="People who are night owls.", source=ASSUMED)

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return self.share == 0.0

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        luck = world.draws.uniform(Purpose.TARGET, world.people.key, name_key("night owls"))
        return np.asarray(luck < self.share)
