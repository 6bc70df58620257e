"""Accuracy prompt: a reminder to think of truth before sharing."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.interface import InterfaceIntervention
from infodemic_sim.interventions.when import Every, WhenField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class AccuracyPrompt(InterfaceIntervention):
    """Remind people to weigh accuracy before they share.

    Whoever is reminded closes the share ``effect`` of the gap to full weight, f' = 1 - (1 - f)(1 - effect),
    for ``lasting`` hours. What they read and believe does not change.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"accuracy_weight"})
    effects: ClassVar[tuple[str, ...]] = ("effect", "lasting")

    when: WhenField = param(Every(days=1.0), doc="Schedule of the reminders.")
    effect: float = param(
        0.35,
        ge=0,
        le=1,
        unit="share of the gap",
        doc="How far attention moves to accuracy.",
        source="PennycookRand2022",
        plausible=(0.25, 0.55),
    )
    lasting: float = param(24.0, ge=0, unit="h", doc="How long a reminder works.", source=ASSUMED)

    def start(self, world: World) -> Memory:
        """Hour until which each person is reminded."""
        return {"until": world.person_array(fill=-1.0)}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Reminded people weigh accuracy more until the reminder wears off."""
        memory["until"][people] = world.hour + self.lasting
        reminded = memory["until"] > world.hour + 1e-6  # however the clock's sums are rounded
        world.levers.accuracy_weight.close_gap(reminded, self.effect, world.platform_or_all(self.platform))
