"""What people post in a step of the feed rule: posts of their own, and what they pass on."""

from __future__ import annotations

import numpy as np

from infodemic_sim import observe
from infodemic_sim.kernels import publishing
from infodemic_sim.population.base import ROLES
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.feed_changes import Changes
from infodemic_sim.spread.feed_tables import NOTHING
from infodemic_sim.topics import CLAIM_ROLES_FIXED
from infodemic_sim.world import World


class FeedPosting:
    """Posting made ready for one world.

    Parameters
    ----------
    memberships : share of each person's posting that goes to each platform, see ``feed_tables``.
    """

    def __init__(self, world: World, changes: Changes, memberships: list[np.ndarray]) -> None:
        self.world, self.changes, self.memberships = world, changes, memberships
        self.fixed = np.array([CLAIM_ROLES_FIXED.get(role, 0) for role in ROLES], np.int8)
        self.rates = [
            np.array([getattr(topic.posting, role) / 24.0 for role in ROLES])
            for topic in world.setting.topics
        ]

    def advance(self, p: int, shares: np.ndarray) -> None:
        """New posts on platform p, then reshares: rows (person, slot, read on, …) of what was read.

        Where a reshare stands in its cascade is asked first, as timelines forget the post that was read.
        """
        timelines = self.world.state.timelines[p]
        depth, parent = publishing.parentage(shares, timelines.depths, timelines.posts)
        self._start_posts(p)
        self._reshare(p, shares, depth, parent)

    def _start_posts(self, p: int) -> None:
        """People start posts of their own on each topic."""
        world, state, lever = self.world, self.world.state, self.world.levers.posting
        posting = self.changes.of_those_here(self.memberships[p])
        for topic in range(len(world.setting.topics)):
            base = world.draws.base(Purpose.POST, state.step, p, topic)
            authors, numbers = publishing.posters(
                world.people.key,
                world.people.role,
                self.rates[topic],
                lever.value_on(p) if lever.moved_on(p) else NOTHING,
                posting,
                world.setting.hours_per_step,
                base,
            )
            if authors.size:
                self._publish_own(p, topic, authors, numbers)

    def _publish_own(self, p: int, topic: int, authors: np.ndarray, numbers: np.ndarray) -> None:
        """Give each post its identity, side and appeal; several of one person are told apart by number."""
        world = self.world
        keys = world.message_keys(authors, p, topic, 0, numbers)
        sides = publishing.sides(
            authors,
            topic,
            world.people.role,
            self.fixed,
            world.state.lines,
            world.setting.topics[topic].conviction,
            keys,
            world.draws.base(Purpose.VERACITY),
        )
        appeal = world.appeals(topic, sides, keys)
        world.publish(
            authors,
            platform=p,
            topic=topic,
            sides=sides,
            kind="claim",
            keys=keys,
            appeal=appeal,
            origin=observe.OWN,
        )

    def _reshare(self, p: int, shares: np.ndarray, depth: np.ndarray, parent: np.ndarray) -> None:
        """Put reshared posts on the timelines of those who reshared them, or into spaces."""
        if shares.shape[0] == 0:
            return
        retold = self.world.retell(shares[:, 0], shares[:, 1], p)
        if retold.any():
            shares, depth, parent = shares[~retold], depth[~retold], parent[~retold]
        people, slots, read_on = shares[:, 0], shares[:, 1], shares[:, 2]
        posted = self.world.post(people, slots, p, depth, parent, read_on)
        state = self.world.state
        publishing.count(posted, p, observe.RESHARE, state.messages.slots, state.counts["posts"])
