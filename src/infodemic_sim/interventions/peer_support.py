"""Peer support: people who know an illness from their own life stand by others."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Capacity, Cost, have_room, rank_within
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import each_extended, name_key
from infodemic_sim.world import World
from infodemic_sim.world.grouping import side_by_side


class PeerSupport(Intervention):
    """Peer supporters reach out to isolated people whom they see online.

    They see those whom they follow, fellow members of their groups and forums, or both. Each contact lowers
    the other's isolation by the share ``effect``; isolation returns to the person's own level with the
    half-life of the spread rule. A share of contacts becomes a public account of the supporter's own
    experience, which takes a place in feeds and argues for neither side. People are offered support as long
    as they stay isolated, so that a contact which does less is made more often. The strength is that of
    reviews in which depressive symptoms, more often than loneliness, stand for isolation.
    """

    family: ClassVar[str] = "community"
    needs: ClassVar[frozenset[str]] = frozenset({"support", "posts"})
    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = (("effect", "published"),)
    staff: ClassVar[bool] = True
    gathers: ClassVar[bool] = False
    on_the_first: ClassVar[bool] = True

    who: WhoField = param(Role(role="peer_supporter"), doc="Who supports.")
    capacity: Capacity = param(Capacity(per_actor_per_day=5), doc="How many contacts are possible.")
    cost: Cost = param(Cost(minutes=10.0), doc="What one contact costs.")
    effect: float = param(
        0.045,
        ge=0,
        le=1,
        unit="share",
        doc="Share by which a contact lowers isolation.",
        source="Griffiths2009; Masi2011",
        plausible=(0.0, 0.14),
    )
    isolated_above: float = param(
        0.4, ge=0, le=1, doc="Isolation from which people are offered support.", source=ASSUMED
    )
    reaches: Literal["ties", "spaces", "both"] = param(
        "ties", doc="Whom supporters see: those they follow, those who share a group with them, or both."
    )
    platform: str | None = param(None, doc="Name of the platform; none: the first.")
    published: float = param(
        0.1, ge=0, le=1, unit="share", doc="Contacts that become a public account.", source=ASSUMED
    )

    @property
    def works_on(self) -> tuple[str, ...]:
        """What supporters see others by."""
        return ("ties", "spaces") if self.reaches == "both" else (self.reaches,)

    def run(self, world: World, memory: Memory) -> None:
        """Find isolated people, contact as many as capacity allows."""
        helpers = self.taking_part(world, memory)
        helpers = helpers[have_room(self.capacity, memory, int(world.day // 1), helpers)]
        if not helpers.size and not memory["due"].size:
            return
        helpers, helped = self.pairs(world, helpers)
        objects = side_by_side(world.people.key[helped], helped)
        admitted = self.admit(world, memory, helpers, objects)
        helpers, objects = self.wait(world, memory, helpers[admitted], objects[admitted])
        helped = objects[:, 1].astype(np.int64)
        memory["acts"] += helped.size
        memory["reached"][helped] = True
        world.support(helped, self.effect)
        self.tell(world, helpers, objects[:, 0].copy())

    def pairs(self, world: World, helpers: Indices) -> tuple[Indices, Indices]:
        """Every active supporter with every isolated person whom they see now: two int64[m]."""
        platform = world.platform_index(self.platform)
        owner, other = np.empty(0, np.int64), np.empty(0, np.int64)
        if self.reaches != "spaces":
            run, other = world.followees_of(helpers, platform)
            owner = helpers[run]
        wanted = self._wants(world, other)
        owner, other = owner[wanted], other[wanted]
        if self.reaches == "ties":
            return owner, other
        mates = self._fellows(world, platform, helpers)
        return once(np.concatenate([owner, mates[0]]), np.concatenate([other, mates[1]]))

    def _fellows(self, world: World, platform: int, helpers: Indices) -> tuple[Indices, Indices]:
        """Every active supporter with the isolated members of the same spaces, as often as they share one."""
        members = world.spaces(platform)
        by_space = world.kept(("people by space", str(platform)), members.by_space)
        run, other = members.fellows_of(helpers, by_space)
        owner = helpers[run]
        wanted = self._wants(world, other) & (other != owner)
        return owner[wanted], other[wanted]

    def _wants(self, world: World, people: Indices) -> np.ndarray:
        """Who of these is isolated, and there: bool[m]."""
        isolated = world.people.isolation[people] > self.isolated_above
        return np.asarray(isolated & world.state.present[people])

    def tell(self, world: World, helpers: Indices, helped_keys: np.ndarray) -> None:
        """Some contacts become a public account of the supporter's experience."""
        platform = world.platform_index(self.platform)
        causes = each_extended(name_key(self.key), helped_keys)
        causes = apart(causes, world.people.key[helpers])
        world.publish_some(
            helpers, causes, self.published, platform=platform, topic=0, kind="experience", side=0
        )


def once(owner: Indices, other: Indices) -> tuple[Indices, Indices]:
    """Pairs of people, each left once."""
    pairs = np.unique(np.stack([owner, other], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def apart(causes: np.ndarray, helpers: np.ndarray) -> np.ndarray:
    """Causes of accounts, uint64[m], each its own where contacts of one pair fall due together."""
    before = rank_within(kernels.draws.absorb_all(helpers, causes)).astype(np.uint64)
    return np.where(before > 0, kernels.draws.absorb_all(causes, before), causes)
