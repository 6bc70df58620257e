"""Targeted correction: health professionals answer the topic that a listening desk hears most of."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.hearing import listen, nothing_heard
from infodemic_sim.interventions.provider_correction import ProviderCorrection
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class TargetedCorrection(ProviderCorrection):
    """Health professionals reply to the false posts they read on the topic that draws most misinformation.

    A desk hears the share ``recall`` of false posts; what it heard counts less with a half-life. Staff answer
    posts on the topic most heard of, and leave the others. With one topic it is a provider correction.
    """

    family: ClassVar[str] = "health system"
    effects: ClassVar[tuple[str, ...]] = ("recall",)

    recall: float = param(0.3, ge=0, le=1, unit="share", doc="False posts that are heard.", source=ASSUMED)
    half_life: float = param(3.0, gt=0, unit="d", doc="Time in which what was heard halves.", source=ASSUMED)

    def start(self, world: World) -> Memory:
        """What the desk has heard, and the topic that staff answer."""
        return {**nothing_heard(world), "loudest": np.zeros(1, np.int64)}

    def run(self, world: World, memory: Memory) -> None:
        """Listen, then answer."""
        memory["loudest"][0] = listen(world, memory, self, self.recall, self.half_life)
        super().run(world, memory)

    def admit(self, world: World, memory: Memory, actors: Indices | None, objects: np.ndarray) -> Indices:
        """Of replies on the topic most heard of, those that capacity allows."""
        topics = world.state.messages.slots["topic"][objects[:, 1].astype(np.int64)]
        on_it = np.flatnonzero(topics == memory["loudest"][0])
        mine = None if actors is None else actors[on_it]
        return on_it[super().admit(world, memory, mine, objects[on_it])]
