"""Ties that change: people unfollow those with whom they disagree, and follow whom they are shown."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.mechanism import Mechanism, SumPeople, chance_within
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, each_extended
from infodemic_sim.society.recommenders import FriendOfFriend, RecommenderField
from infodemic_sim.world import World


class ChangingTies(Mechanism):
    """People unfollow after disagreement, and follow somebody new, so that circles of the like-minded form.

    Who has read a post of the side they lean against (y b < 0), on the timeline of somebody whom they
    follow, unfollows them with the probability ``unfollowing · |c_i - c_j|``, the distance of their credences
    at the end of the step. Who has a free place follows, at the rate ``follows_per_day``, whom the
    recommender suggests. A free place is one of a tie that was cut, or a spare one: so nobody follows more
    people than at the start and ``spare_places``. This holds on each platform with ties of its own.
    [Sasahara2021] joins the two in one rule.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"ties"})
    measures: ClassVar[frozenset[str]] = frozenset({"ties_cut", "ties_made", "same_side", "reciprocity"})

    unfollowing: float = param(
        0.01,
        ge=0,
        le=1,
        unit="share",
        doc="Chance of unfollowing after a post of the other side, if credences are 0 and 1.",
        source=ASSUMED,
    )
    follows_per_day: float = param(
        0.02, ge=0, le=24, unit="1/day", doc="Rate at which a person follows somebody new.", source=ASSUMED
    )
    recommender: RecommenderField = param(FriendOfFriend(), doc="Whom people are shown to follow.")
    spare_places: int = param(
        0,
        ge=0,
        le=1000,
        unit="people",
        doc="How many more each person can follow than at the start.",
        source=ASSUMED,
    )

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """It keeps nothing but ``state.ties``."""
        return {}

    def advance(self, world: World) -> None:
        """Some unfollow, then some follow."""
        for p, platform in enumerate(world.setting.platforms):
            if platform.ties:
                self._unfollow(world, p)
                self._follow(world, p)

    def _unfollow(self, world: World, p: int) -> None:
        if self.unfollowing > 0.0:
            state, base = world.state, world.draws.base(Purpose.UNFOLLOW, p)
            who = (state.messages.slots, state.lines, world.people.key)
            people, others = kernels.ties.falling_out(world.met[p], *who, self.unfollowing, base)
            world.cut_ties(people, others, p)

    def _follow(self, world: World, p: int) -> None:
        """All are shown somebody in view of the same ties; then those who were follow."""
        chance = chance_within(self.follows_per_day, world.setting.hours_per_step)
        if chance == 0.0:
            return
        luck, lot = (world.draws.base(it, world.step, p) for it in (Purpose.FOLLOW, Purpose.RECOMMEND))
        keys, here = world.people.key, world.on_platform(p)
        people = kernels.recommending.seeking(keys, here, *world.ties(p), world.nobody(p), chance, luck)
        lots = each_extended(lot, keys[people])
        others = self.recommender.suggest(world, p, people, lots)
        shown = others >= 0
        world.add_ties(people[shown], others[shown], p)

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """Ties now and returned ones, int64[P]; those between people of one side, int64[P, topics]."""
        platforms = range(len(world.setting.platforms))
        found = np.stack([kernels.ties.count_same_side(*world.ties(p), world.state.lines) for p in platforms])
        returned = np.concatenate([ties.returned for ties in world.state.ties])
        return {"ties": found[:, 0], "ties_same_side": found[:, 1:], "ties_returned": returned}
