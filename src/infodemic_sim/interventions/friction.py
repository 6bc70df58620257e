"""Friction: one more step before something is passed on."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.interface import InterfaceIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class Friction(InterfaceIntervention):
    """A pause before resharing: people share less of everything, and think a little more of what is true.

    Propensity to reshare is multiplied by 1 - effect; the share ``thought`` of the gap to full weight of
    accuracy is closed. It works while it is in force.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"sharing", "accuracy_weight"})
    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = (("effect", "thought"),)

    effect: float = param(
        0.15,
        ge=0,
        le=1,
        unit="share",
        doc="Reshares that the pause prevents.",
        source=ASSUMED,
        plausible=(0.05, 0.3),
    )
    thought: float = param(
        0.1,
        ge=0,
        le=1,
        unit="share of the gap",
        doc="How far the pause moves attention to accuracy.",
        source="Fazio2020",
        plausible=(0.0, 0.3),
    )

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Those concerned pause in this step."""
        where = world.platform_or_all(self.platform)
        world.levers.sharing.scale(people, 1.0 - self.effect, where)
        world.levers.accuracy_weight.close_gap(people, self.thought, where)
