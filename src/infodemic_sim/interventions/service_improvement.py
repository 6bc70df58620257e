"""Service improvement: listen to what patients post about the service, and put complaints right."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.who.base import mask_of
from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World
from infodemic_sim.world.grouping import side_by_side

FEEDBACK = KINDS.index("feedback")


class ServiceImprovement(Intervention):
    """Staff listen to posts about the service and put right what they hear, which raises its quality.

    Listening hears the share ``recall`` of posts of feedback by the people concerned; after ``delay`` as many
    as capacity allows are resolved, and quality rises as ``Service`` says.
    """

    family: ClassVar[str] = "health system"
    needs: ClassVar[frozenset[str]] = frozenset({"service"})
    effects: ClassVar[tuple[str, ...]] = ("recall",)

    capacity: Capacity = param(Capacity(per_day=20), doc="How many complaints can be put right.")
    delay: float = param(3.0, ge=0, unit="d", doc="Time from the post to the remedy.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=45.0), doc="What one remedy costs.")
    recall: float = param(
        0.5, ge=0, le=1, unit="share", doc="Posts about the service that are heard.", source=ASSUMED
    )

    def run(self, world: World, memory: Memory) -> None:
        """Hear, queue for the delay, resolve what is due."""
        posts, authors = self.heard(world, memory)
        objects = side_by_side(posts["key"], np.zeros(posts.size))
        authors, objects = self.come_up(world, memory, authors, objects)
        admitted = self.admit(world, memory, authors, objects)
        people, _ = self.wait(world, memory, authors[admitted], objects[admitted])
        self.charge(memory, people)
        world.resolve(people.size)

    def heard(self, world: World, memory: Memory) -> tuple[np.ndarray, Indices]:
        """New posts of feedback that are heard, and who wrote them."""
        fresh = world.state.messages.slots[world.state.fresh]
        posts = fresh[fresh["kind"] == FEEDBACK]
        concerned = mask_of(world, self.taking_part(world, memory))
        luck = world.draws.uniform(Purpose.CHOICE, posts["key"].copy(), name_key(self.key))
        posts = posts[concerned[posts["author"]] & (luck < self.recall)]
        return posts, posts["author"].astype(np.int64)
