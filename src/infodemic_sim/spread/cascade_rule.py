"""What cascades have in common: whoever became active in one round acts on those who see them in the next."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.errors import whole
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.adopting import link
from infodemic_sim.randomness import Purpose, address, each_extended
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import ClaimRule, Status

INACTIVE, ACTIVE = 0, 1
Batch = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, bool]
"""Addresses of draws, addresses of who starts, keys, those who start, and whether they are to be drawn."""


class CascadeRule(ClaimRule):
    """Base of cascades: the array "fresh", int32[m], holds those who became active in the last round.

    A subclass tells whom they activate in a round and from whom these had it. Nobody becomes active twice,
    and a cascade ends with the first round in which nobody does.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "inoculation"})
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("inactive", "unaware", 0),
        Status("active", "spreading", 1),
    )
    afterwards: ClassVar[int] = ACTIVE
    """Status of active people once they have had their round."""
    drawn_for: ClassVar[Purpose] = Purpose.TRANSMIT
    """What the draws of ``sizes`` are for."""

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        self.check(ground.graph)
        start = by_key(self.people_who_start(ground), ground.keys)
        arrays: Arrays = {
            "status": np.zeros(ground.n, np.int8),
            "latest": np.full(ground.n, -1, np.int32),
            "fresh": start,
            **self.memory(ground, start),
        }
        arrays["status"][start] = ACTIVE
        arrays["latest"][start] = np.arange(start.size)
        return arrays, adoptions(start, -1, 0.0)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        old, latest = arrays["fresh"], arrays["latest"]
        if not old.size:
            return adoptions(old, -1, 0.0)
        first = int(latest[old[0]])  # those of one round have successive numbers
        fresh = by_key(self.activated(ground, arrays, chances), ground.keys)
        sources = self.activated_by(ground, arrays, chances, fresh, first)
        parents = link(fresh, sources, latest, first + old.size)
        arrays["status"][old] = self.afterwards
        arrays["status"][fresh] = ACTIVE
        arrays["fresh"] = fresh
        return adoptions(fresh, parents, step + 1.0)

    def finished(self, arrays: Arrays) -> bool:
        return arrays["fresh"].size == 0

    def doubts(self, chances: Chances) -> np.ndarray:
        """Inoculation, which is against misinformation alone: logits, float64[n] or empty."""
        return chances.inoculation if self.side(0) < 0 else np.empty(0)

    def sizes(self, graph: SocialGraph, *, seed: int, replicates: int) -> np.ndarray:
        """How many people each of many cascades reaches, much faster than one run after the other.

        Between cascades nothing is cleared, so that a small one takes time for the ties it tries alone; but
        where those who start are drawn, each draw looks at everybody.

        Parameters
        ----------
        seed : with rule and graph it fixes every draw.
        replicates : how many cascades.

        Returns
        -------
        int64[replicates] : entry r equals ``run(graph, seed=seed, replicate=r).reached``.
        """
        whole("replicates", replicates)
        ground = self.ground(graph, seed, 0, 24.0)
        self.check(graph)
        people = self.people_who_start(ground).astype(np.uint32)
        bases = [replicate_bases(seed, replicates, purpose) for purpose in (self.drawn_for, Purpose.START)]
        return self.sizes_of(ground, (bases[0], bases[1], ground.keys, people, not self.start))

    def check(self, graph: SocialGraph) -> None:
        """Refuse a graph that does not suit the rule."""
        raise NotImplementedError

    def memory(self, ground: Ground, start: np.ndarray) -> Arrays:
        """Further arrays that change during a run, when these people start."""
        raise NotImplementedError

    def activated(self, ground: Ground, arrays: Arrays, chances: Chances) -> np.ndarray:
        """Who becomes active in this round: int32[m], in any order."""
        raise NotImplementedError

    def activated_by(
        self, ground: Ground, arrays: Arrays, chances: Chances, people: np.ndarray, first: int
    ) -> np.ndarray:
        """From whom these had it, among those with adoption number ``first`` or later: int32[m]."""
        raise NotImplementedError

    def sizes_of(self, ground: Ground, batch: Batch) -> np.ndarray:
        """How many each cascade of a batch reaches: int64[replicates]."""
        raise NotImplementedError


def by_key(people: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """People in order of their keys, so that no position matters."""
    return people[np.argsort(keys[people], kind="stable")]


def unsigned(graph: SocialGraph) -> tuple[np.ndarray, np.ndarray]:
    """Rows of a graph as unsigned numbers, of which kernels need not ask whether they are negative."""
    return graph.indptr.view(np.uint64), graph.indices.view(np.uint32)


def replicate_bases(seed: int, replicates: int, purpose: Purpose) -> np.ndarray:
    """``Draws(seed, r).base(purpose)`` for r = 0, 1, …: uint64[replicates]."""
    return each_extended(address(seed), np.arange(replicates), np.full(replicates, purpose))
