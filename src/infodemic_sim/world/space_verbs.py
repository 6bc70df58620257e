"""Verbs of ``World`` about groups and forums: where posts go, and what is taken down there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.randomness import Draws, Purpose

if TYPE_CHECKING:
    from infodemic_sim.world.forwarding import ForwardLimits
    from infodemic_sim.world.spaces import Members
    from infodemic_sim.world.state import State
    from infodemic_sim.world.world import Setting


class SpaceVerbs:
    """What the verbs of ``World`` do where a platform has spaces."""

    setting: Setting
    state: State
    draws: Draws
    forwarding: ForwardLimits
    members: list[Members | None]

    def copies(
        self,
        people: np.ndarray,
        slots: np.ndarray,
        platform: int,
        depth: np.ndarray,
        read_on: np.ndarray | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """The timelines on which posts come to stand, int32[c], and the post of each copy, int64[c].

        A post goes to its poster's followers or into a space; a forward into several. Copies come in
        order of message key and then of person key, so that the order of people cannot matter.
        """
        members = self.members[platform]
        if members is None:
            return people.astype(np.int32), np.arange(people.size)
        keys = self.state.messages.slots["key"][slots]
        targets, which = self._targets(members, platform, people, keys, depth, read_on)
        order = np.lexsort((self.state.people.key[people[which]], keys[which]))
        targets, which = targets[order], which[order]
        posters, turn = people[which].astype(np.int32), self.state.timelines[platform].turn
        return kernels.delivering.rows_in_turn(
            targets, posters, self.state.people.n, members.rows, turn
        ), which

    def _targets(
        self,
        members: Members,
        platform: int,
        people: np.ndarray,
        keys: np.ndarray,
        depth: np.ndarray,
        read_on: np.ndarray | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Spaces to which posts go, or ``OWN``, and the post of each copy."""
        where = self.setting.platforms[platform]
        assert where.spaces is not None, "who has members has spaces"
        purposes = (Purpose.SPACE, Purpose.CHAT, Purpose.FORWARD)
        bases = np.array([self.draws.base(purpose, platform) for purpose in purposes])
        share = where.spaces.to_spaces if where.ties else 1.0
        who = (self.state.people.key, members.indptr, members.spaces, members.keys, share, bases)
        if where.forwarding is None or read_on is None:
            return kernels.delivering.destinations(people, keys, *who), np.arange(people.size)
        most = self.forwarding.at(platform, depth - 1)
        read_in = np.where(
            read_on >= self.state.people.n, (read_on - self.state.people.n) // members.rows, -1
        )
        return kernels.delivering.forwards(people, keys, read_in, most, where.forwarding.wanted, *who)

    def stand_in(self, slots: np.ndarray, platform: int, spaces: np.ndarray) -> np.ndarray:
        """Which messages stand in these spaces of a platform, one space for each: bool[m]."""
        return kernels.delivering.standing_in(slots, spaces, *self._rows_of_spaces(platform))

    def take_down(self, slots: np.ndarray, platform: int, spaces: np.ndarray) -> None:
        """Remove the posts of messages from spaces of a platform, one space for each; elsewhere they stay.

        Parameters
        ----------
        slots, spaces : int[m], message slots and numbers of spaces, see ``World.spaces``.
        """
        removed = kernels.delivering.take_down(slots, spaces, *self._rows_of_spaces(platform))
        self.state.counts["taken_down"][0] += removed

    def _rows_of_spaces(self, platform: int) -> tuple[int, int, np.ndarray, np.ndarray]:
        """First timeline of spaces, timelines of each, all timelines, and messages."""
        members = self.members[platform]
        rows = 0 if members is None else members.rows
        state = self.state
        return state.people.n, rows, state.timelines[platform].line, state.messages.slots
