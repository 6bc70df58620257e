"""Base of what people are taught: it works at once, and fades."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.when import Once, WhenField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class TrainingIntervention(Intervention):
    """Teach people something whose effect halves every ``half_life``; a refresher resets the age.

    A subclass says what the training does, in ``work``.
    """

    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = ("effect",)

    when: WhenField = param(Once(day=0.0), doc="Schedule; later times are refreshers.")
    half_life: float = param(
        30.0, gt=0, unit="d", doc="Time in which half of the effect is lost.", source=ASSUMED
    )

    def start(self, world: World) -> Memory:
        """Hour of each person's last training."""
        return {"since": world.person_array(fill=-np.inf)}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Train, and apply what is left of earlier training."""
        memory["since"][people] = world.hour
        trained = np.flatnonzero(np.isfinite(memory["since"]))
        age = (world.hour - memory["since"][trained]) / 24.0
        self.work(world, trained, kernels.elementary.exp2(-age / self.half_life))

    def work(self, world: World, people: Indices, left: np.ndarray) -> None:
        """What the training does to these people, with the share ``left`` (float64[m]) of its effect."""
        raise NotImplementedError
