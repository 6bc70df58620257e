"""Lateral reading: leave a page and look up who is behind it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.training import TrainingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class LateralReading(TrainingIntervention):
    """Teach people to check a source elsewhere: they discern better, and have time for fewer visits.

    Discernment d rises by ``effect`` and visits fall by the share ``time``, both times what is left.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"discernment", "sessions"})

    uptake: float = param(
        0.2, ge=0, le=1, unit="share", doc="Share of the people concerned who take part.", source=ASSUMED
    )
    cost: Cost = param(Cost(minutes=5.0, money=1.0), doc="What teaching one person costs.")
    effect: float = param(
        0.5, ge=0, le=10, unit="logits", doc="Gain in discernment.", source=ASSUMED, plausible=(0.1, 1.0)
    )
    time: float = param(0.05, ge=0, le=1, unit="share", doc="Visits given up for checking.", source=ASSUMED)
    half_life: float = param(
        60.0, gt=0, unit="d", doc="Time in which half of the effect is lost.", source=ASSUMED
    )

    def work(self, world: World, people: Indices, left: np.ndarray) -> None:
        """Discern better, visit less."""
        world.levers.discernment.add(people, self.effect * left)
        world.levers.sessions.scale(people, 1.0 - self.time * left)
