"""Media-literacy tips: how to tell false news from true."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.training import TrainingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class MediaLiteracyTips(TrainingIntervention):
    """Show people tips for spotting false news: they tell true from false better, and believe a little less.

    Discernment d rises by ``effect`` and credulity g falls by ``scepticism``, both times what is left.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"discernment", "credulity"})
    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = (("effect", "scepticism"),)

    uptake: float = param(
        0.5, ge=0, le=1, unit="share", doc="Share of the people concerned who read them.", source=ASSUMED
    )
    cost: Cost = param(Cost(money=0.01), doc="What showing the tips to one person costs.")
    effect: float = param(
        0.21,
        ge=0,
        le=10,
        unit="logits",
        doc="Gain in discernment.",
        source="Guess2020",
        plausible=(0.1, 0.35),
    )
    scepticism: float = param(
        0.25, ge=0, le=10, unit="logits", doc="Loss of credulity.", source="Guess2020", plausible=(0.1, 0.35)
    )

    def work(self, world: World, people: Indices, left: np.ndarray) -> None:
        """Tell true from false better, take less to be true."""
        world.levers.discernment.add(people, self.effect * left)
        world.levers.credulity.add(people, -self.scepticism * left)
