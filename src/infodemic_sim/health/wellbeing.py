"""Well-being: it follows how isolated people are, some time later."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.mechanism import Mechanism, SumPeople
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class Wellbeing(Mechanism):
    """People who are less isolated come to be better, and the other way round.

    Well-being W, 0 to 1, follows isolation i with a lag: W' = ln 2 (1 - slope i - W) / half_life. It begins
    at 1 - slope i.
    """

    measures: ClassVar[frozenset[str]] = frozenset({"wellbeing"})

    slope: float = param(
        0.6,
        ge=0,
        le=1,
        doc="Well-being lost between no isolation and the greatest.",
        source=ASSUMED,
        plausible=(0.2, 1.0),
    )
    half_life: float = param(
        14.0, gt=0, unit="d", doc="Time in which half of a change in isolation has arrived.", source=ASSUMED
    )

    def level(self, world: World) -> np.ndarray:
        """Where well-being would settle with isolation as it is, float64[n]."""
        return np.asarray(1.0 - self.slope * world.people.isolation)

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """Well-being of each person, float64[n]."""
        return {"wellbeing": self.level(world)}

    def advance(self, world: World) -> None:
        """It closes a share of its distance to where it would settle."""
        kept = 2.0 ** (-world.setting.hours_per_step / (24.0 * self.half_life))
        kernels.slow.approach(world.state.health["wellbeing"], self.level(world), 1.0 - kept)

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """Well-being, int64[G] in fixed point."""
        return {"wellbeing": sum_people(world.state.health["wellbeing"])}
