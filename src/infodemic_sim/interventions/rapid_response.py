"""Rapid response: a team notices what spreads, verifies it, and answers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.watching import own_messages, spreading, watch_list
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class RapidResponse(Intervention):
    """Detect, verify, answer: false messages that spread get a sourced correction and a post against them.

    A message reshared ``reshares`` times within ``window`` hours is noticed with ``recall`` if it is false;
    after ``delay`` one of the team, by lot, attaches a correction in the institution's name and publishes an
    answer. ``who`` are the team; capacity and cost count answers.
    """

    family: ClassVar[str] = "health system"
    needs: ClassVar[frozenset[str]] = frozenset({"corrections", "posts"})
    effects: ClassVar[tuple[str, ...]] = ("recall",)
    staff: ClassVar[bool] = True

    who: WhoField = param(Role(role="fact_checker"), doc="The team.")
    capacity: Capacity = param(Capacity(per_day=10), doc="How many answers are possible.")
    delay: float = param(0.5, ge=0, unit="d", doc="Time from notice to answer.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=60.0), doc="What verifying and answering one message costs.")
    reshares: int = param(3, ge=1, unit="reshares", doc="How many make a message noticed.", source=ASSUMED)
    window: float = param(48.0, gt=0, unit="h", doc="Age up to which they count.", source=ASSUMED)
    recall: float = param(
        0.7, ge=0, le=1, unit="share", doc="Spreading false messages that are noticed.", source=ASSUMED
    )
    strength: float = param(
        1.0, ge=0, le=10, unit="factor", doc="Persuasion relative to the declared one of corrections."
    )

    platform: str | None = param(None, doc="Name of the platform; none: all.")

    def start(self, world: World) -> Memory:
        """Messages that are watched: those alone that would be noticed."""
        return watch_list()

    def run(self, world: World, memory: Memory) -> None:
        """Notice, queue for verification, answer what is due."""
        team = self.taking_part(world, memory)
        new = own_messages(world, self.platform, None if team.size else team)
        objects = spreading(world, memory, self.noticeable(world, new), self.window, self.reshares)
        objects = objects if team.size else objects[:0]
        actors = self.duty(world, team, objects)
        actors, objects = self.come_up(world, memory, actors, objects, messages=True)
        admitted = self.admit(world, memory, actors, objects)
        actors, objects = self.wait(world, memory, actors[admitted], objects[admitted])
        alive = world.standing(objects)
        self.charge(memory, actors[alive])
        self.answer(world, actors[alive], objects[alive, 1].astype(np.int32))

    def noticeable(self, world: World, objects: np.ndarray) -> np.ndarray:
        """The false ones among these messages that the team will notice if they spread."""
        false = objects[world.state.messages.slots["side"][objects[:, 1].astype(np.int64)] < 0]
        luck = world.draws.uniform(Purpose.CHOICE, false[:, 0].copy(), name_key(self.key))
        return false[luck < self.recall]

    def duty(self, world: World, team: np.ndarray, objects: np.ndarray) -> np.ndarray:
        """Who of the team answers each message, by lot and identity; int64[m]."""
        if not len(objects):
            return np.zeros(0, np.int64)
        team = team[np.argsort(world.people.key[team])]
        luck = world.draws.uniform(Purpose.CHOICE, objects[:, 0].copy(), name_key(self.key), 1)
        return np.asarray(team[(luck * team.size).astype(np.int64)])

    def answer(self, world: World, actors: np.ndarray, slots: np.ndarray) -> None:
        """Attach a correction to each message, and publish a post against it."""
        world.correct(slots, actors, self.strength, source="institution")
        self.publish(world, actors, slots, visibility=1.0)

    def publish(self, world: World, actors: np.ndarray, slots: np.ndarray, visibility: float) -> None:
        """Publish a post against each message, where it stands and on its topic."""
        world.publish_answers(
            actors, slots, name_key(self.key), 1.0, strength=self.strength, visibility=visibility
        )
