"""Peer correction: people who know better answer misinformation that they read."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.interventions.answering import AnsweringIntervention
from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class PeerCorrection(AnsweringIntervention):
    """Ordinary people who lean to the accurate position reply to false posts.

    A reply that links to a source counts at once, as the word of that source. Of replies without a link, the
    first alone has the weight ``single_voice``, and two or more have full weight, as the word of peers.
    """

    family: ClassVar[str] = "community"
    needs: ClassVar[frozenset[str]] = frozenset({"corrections"})
    effects: ClassVar[tuple[str, ...]] = ("strength",)

    uptake: float = param(
        0.05,
        ge=0,
        le=1,
        unit="share",
        doc="Share of people who answer.",
        source=ASSUMED,
        plausible=(0.01, 0.2),
    )
    links: float = param(
        0.5, ge=0, le=1, unit="share", doc="Replies that link to an institution's page.", source=ASSUMED
    )
    single_voice: float = param(
        0.0, ge=0, le=1, unit="share", doc="Weight of one reply without a link.", source="BodeVraga2018"
    )
    strength: float = param(
        1.0, ge=0, le=10, unit="factor", doc="Persuasion relative to the declared one of corrections."
    )

    def incoming(self, world: World, active: np.ndarray) -> tuple[Indices, np.ndarray]:
        """Wanted replies: those of people who lean to the accurate position on the message's topic."""
        people, objects = super().incoming(world, active)
        topics = world.state.messages.slots["topic"][objects[:, 1].astype(np.int64)]
        lines = world.state.lines[people, topics, :3]
        right = lines.sum(axis=1) > 0.0
        return people[right], objects[right]

    def answer(self, world: World, actors: Indices, slots: np.ndarray, memory: Memory) -> None:
        """Attach the replies: those with a link, then those without."""
        keys = kernels.draws.absorb_all(
            world.people.key[actors], world.state.messages.slots["key"][slots].copy()
        )
        linked = world.draws.uniform(Purpose.CHOICE, keys, name_key(self.key)) < self.links
        world.correct(slots[linked], actors[linked], self.strength, source="institution")
        world.correct(slots[~linked], actors[~linked], self.strength, first_voice=self.single_voice)
