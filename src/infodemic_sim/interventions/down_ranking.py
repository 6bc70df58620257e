"""Down-ranking: the platform shows less of what it judges to be misinformation."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.finding import FindingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class DownRanking(FindingIntervention):
    """Found messages keep the share 1 - effect of their pull in feeds, for good; their authors are not told.

    Accurate messages are found by mistake too, and then reach fewer people.
    """

    family: ClassVar[str] = "platform"
    needs: ClassVar[frozenset[str]] = frozenset({"hiding"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)

    effect: float = param(
        0.8,
        ge=0,
        le=1,
        unit="share",
        doc="Pull that a found message loses.",
        source=ASSUMED,
        plausible=(0.5, 0.95),
    )

    def treat(self, world: World, slots: np.ndarray, people: Indices, memory: Memory) -> None:
        """Show less of what was found."""
        world.demote(slots, 1.0 - self.effect)
        memory["reached"][self.authors(world, slots)] = True
