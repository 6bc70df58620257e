"""Messages that an institution deals with, and who came across each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from infodemic_sim.world import World
from infodemic_sim.world.grouping import each_pair


class Messages(NamedTuple):
    """Some messages, one row each; they stay the same messages however long an institution keeps them.

    Parameters
    ----------
    people : int64[m], positions of those who came across them, or None where nobody in particular did.
    objects : uint64[m, 2], identity of each message and the slot where it stands.
    """

    people: np.ndarray | None
    objects: np.ndarray

    @classmethod
    def at(cls, world: World, slots: np.ndarray, people: np.ndarray | None = None) -> Messages:
        """The messages in these slots."""
        return cls(people, world.remembered(slots))

    @property
    def keys(self) -> np.ndarray:
        """Identities for draws, uint64[m]."""
        return self.objects[:, 0].copy()

    @property
    def slots(self) -> np.ndarray:
        """Rows of ``world.state.messages.slots``, int32[m]."""
        return self.objects[:, 1].astype(np.int32)

    @property
    def size(self) -> int:
        """Number of rows."""
        return self.objects.shape[0]

    def where(self, chosen: np.ndarray) -> Messages:
        """Some of them: a mask bool[m] or positions int[k]."""
        return Messages(None if self.people is None else self.people[chosen], self.objects[chosen])

    def standing(self, world: World) -> Messages:
        """Those that no feed has forgotten."""
        return self.where(world.standing(self.objects))

    def by_place(self, world: World) -> Iterator[tuple[int, int, Messages]]:
        """Platform, topic, and the messages there."""
        rows = world.state.messages.slots[self.slots]
        for platform, topic, here in each_pair(rows["platform"], rows["topic"]):
            yield platform, topic, self.where(here)
