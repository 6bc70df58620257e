"""Base of interventions whose people publish posts of their own accord."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, each_extended, name_key
from infodemic_sim.world import World
from infodemic_sim.world.grouping import side_by_side


class PublishingIntervention(Intervention):
    """Those concerned who have an account publish accurate posts on a topic, each ``per_day`` on average.

    A step holds one post of a person at most: with the probability 1 - exp(-per_day dt / w), w the share of
    the week in which they work.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"posts"})
    effects: ClassVar[tuple[str, ...]] = ("per_day",)
    kind: ClassVar[str] = "claim"
    staff: ClassVar[bool] = True
    gathers: ClassVar[bool] = False

    topic: str | None = param(None, doc="Name of the topic; none: the first.")
    platform: str | None = param(None, doc="Name of the platform; none: the first.")
    per_day: float = param(1.0, ge=0, unit="posts/day", doc="Posts of one person.", source=ASSUMED)
    strength: float = param(
        1.0, ge=0, le=10, unit="factor", doc="Persuasion relative to the declared one of such posts."
    )
    visibility: float = param(
        1.0, ge=0, le=100, unit="factor", doc="Pull of these posts in feeds; above 1 where reach is paid for."
    )

    def run(self, world: World, memory: Memory) -> None:
        """One step: some of those concerned write, as capacity allows; what is due is published."""
        people = self.taking_part(world, memory)
        chance = self.chance(world, self.per_day)
        luck = world.draws.uniform(Purpose.CHOICE, world.people.key[people], name_key(self.key), world.step)
        writers = people[luck < chance]
        objects = side_by_side(self.keys(world, writers), self.topics(world, writers, memory))
        admitted = self.admit(world, memory, writers, objects)
        writers, objects = self.wait(world, memory, writers[admitted], objects[admitted])
        self.charge(memory, writers)
        self.publish(world, writers, objects)

    def concerned(self, world: World) -> np.ndarray:
        """Whom it names among those who have an account on the platform, bool[n]."""
        return super().concerned(world) & world.has_account(world.platform_index(self.platform))

    def keys(self, world: World, writers: Indices) -> np.ndarray:
        """Identity of each new post among those of its author, uint64[m]: the step it was written in."""
        return np.full(writers.size, world.step, np.uint64)

    def topics(self, world: World, writers: Indices, memory: Memory) -> np.ndarray:
        """Topic of each new post, uint64[m]."""
        return np.full(writers.size, world.topic_index(self.topic), np.uint64)

    def publish(self, world: World, writers: Indices, objects: np.ndarray) -> None:
        """Put posts on their writers' timelines; objects are (identity, topic) of each."""
        causes = each_extended(name_key(self.key), objects[:, 0])
        for topic in np.unique(objects[:, 1]).tolist():
            mine = objects[:, 1] == topic
            world.publish_some(
                writers[mine],
                causes[mine],
                1.0,
                platform=world.platform_index(self.platform),
                topic=int(topic),
                kind=self.kind,
                side=1,
                strength=self.strength,
                visibility=self.visibility,
            )
