"""Whom a platform recommends to follow: parts that stand for one another."""

from __future__ import annotations

import math
from typing import Annotated, Any, Self

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny, model_validator

from infodemic_sim import kernels
from infodemic_sim.params import ASSUMED, Part, Several, param
from infodemic_sim.plugins import Plugin, kind, make
from infodemic_sim.world import World

GROUP = "infodemic_sim.recommenders"


class Recommender(Plugin, Part):
    """Base of all recommenders: whom each person who would follow somebody new is shown."""

    def suggest(self, world: World, platform: int, people: np.ndarray, lots: np.ndarray) -> np.ndarray:
        """Whom each of these people follows if they have a place: positions int64[m], -1 for nobody.

        Parameters
        ----------
        people : positions, int64[m]. lots : uint64[m], an address for the draws of each in this step.
        """
        raise NotImplementedError


class FriendOfFriend(Recommender):
    """Somebody followed by somebody whom one follows: first the one, then the other by lot."""

    def suggest(self, world: World, platform: int, people: np.ndarray, lots: np.ndarray) -> np.ndarray:
        """Positions, int64[m]."""
        here, ties = world.on_platform(platform), world.ties(platform)
        return np.asarray(
            kernels.recommending.friends_of_friends(people, lots, *ties, here, world.people.key)
        )


class SimilarBelief(Recommender):
    """Of some people drawn at random, the one whose credences are closest, summed over topics."""

    looks: int = param(10, ge=1, le=1000, unit="people", doc="People among whom it chooses.", source=ASSUMED)

    def suggest(self, world: World, platform: int, people: np.ndarray, lots: np.ndarray) -> np.ndarray:
        """Positions, int64[m]."""
        here, ties, lines = world.on_platform(platform), world.ties(platform), world.state.lines
        return np.asarray(
            kernels.recommending.most_similar(people, lots, self.looks, by_key(world), *ties, here, lines)
        )


class Popular(Recommender):
    """Of some people drawn at random, the one whom most follow."""

    looks: int = param(10, ge=1, le=1000, unit="people", doc="People among whom it chooses.", source=ASSUMED)

    def suggest(self, world: World, platform: int, people: np.ndarray, lots: np.ndarray) -> np.ndarray:
        """Positions, int64[m]."""
        here, ties, followers = world.on_platform(platform), world.ties(platform), world.followers(platform)
        return np.asarray(
            kernels.recommending.most_followed(
                people, lots, self.looks, by_key(world), *ties, here, followers
            )
        )


def by_key(world: World) -> np.ndarray:
    """People in order of their keys, int64[n]."""
    return world.kept(("by key",), lambda: np.argsort(world.people.key))


def _recommender(value: Any) -> Any:
    return make(value, BUILT_IN, GROUP, Recommender)


RecommenderField = Annotated[SerializeAsAny[Recommender], BeforeValidator(_recommender)]


class Mix(Recommender):
    """Several recommenders: each time one of them by lot."""

    of: Several[RecommenderField] = param((FriendOfFriend(), SimilarBelief(), Popular()), doc="Recommenders.")
    shares: Several[float] = param((0.6, 0.2, 0.2), doc="Share of each, 1 together.", source=ASSUMED)

    @model_validator(mode="after")
    def _has_a_share_for_each(self) -> Self:
        if len(self.of) != len(self.shares):
            raise ValueError(
                f"needs as many shares as recommenders, but has {len(self.shares)} for {len(self.of)}"
            )
        if min(self.shares, default=0.0) < 0.0 or not math.isclose(sum(self.shares), 1.0):
            raise ValueError(f"shares must be 0 or more and add up to 1, but got {list(self.shares)}")
        return self

    def suggest(self, world: World, platform: int, people: np.ndarray, lots: np.ndarray) -> np.ndarray:
        """Positions, int64[m]."""
        edges = np.cumsum(self.shares)[:-1]
        which = np.searchsorted(edges, kernels.draws.uniforms_at(lots), side="right")
        out = np.full(people.size, -1, np.int64)
        for k, part in enumerate(self.of):
            mine = which == k
            own = kernels.draws.absorb_all(lots[mine], np.full(np.count_nonzero(mine), k, np.uint64))
            out[mine] = part.suggest(world, platform, people[mine], own)
        return out


BUILT_IN: tuple[type[Recommender], ...] = (FriendOfFriend, SimilarBelief, Popular, Mix)
kind(Recommender, lambda: BUILT_IN, GROUP)
