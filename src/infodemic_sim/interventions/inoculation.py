"""Inoculation: teach people beforehand how misinformation misleads."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.when import Once, WhenField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World

LOGITS_PER_D = 1.814
"""Standardised mean difference to logits: pi / sqrt(3), Chinn 2000."""


class Inoculation(Intervention):
    """Show people weakened misinformation and how it works, so that the real thing convinces less.

    Perceived veracity of misinformation falls by I = 1.814 d 2^(-age / half_life) logits; a booster
    resets the age.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"inoculation"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)

    when: WhenField = param(Once(day=0.0), doc="Schedule; later times are boosters.")
    uptake: float = param(
        0.5, ge=0, le=1, unit="share", doc="Share of the people concerned who take part.", source=ASSUMED
    )
    cost: Cost = param(Cost(money=0.05), doc="What one inoculation costs.")
    effect: float = param(
        0.36, ge=0, le=3, unit="d", doc="Fall in the credibility of misinformation.", source="Maertens2025"
    )
    half_life: float = param(
        30.0, gt=0, unit="d", doc="Time in which half of it is lost.", source="Maertens2025"
    )

    def start(self, world: World) -> Memory:
        """Hour of each person's last inoculation."""
        return {"since": world.person_array(fill=-np.inf)}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Inoculate, and apply what is left of earlier inoculations."""
        memory["since"][people] = world.hour
        treated = np.flatnonzero(np.isfinite(memory["since"]))
        age = (world.hour - memory["since"][treated]) / 24.0
        world.levers.inoculation.add(treated, LOGITS_PER_D * self.effect * 2.0 ** (-age / self.half_life))
