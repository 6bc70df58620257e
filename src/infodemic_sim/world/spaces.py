"""Who is in which space, and the rows of timelines that spaces have beside those of people."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.spaces import Crowd
from infodemic_sim.population.base import ROLES
from infodemic_sim.population.traits import People
from infodemic_sim.randomness import Draws, Purpose, address, each_extended, name_key

SPACE_ROOT = name_key("space")


class Members(NamedTuple):
    """The spaces of one platform (n people, S spaces, of which some may be empty).

    A space keeps its posts on ``rows`` timelines that nobody owns, which stand after those of people:
    space s on the timelines n + s · rows to n + (s + 1) · rows - 1.
    """

    indptr: np.ndarray  # int64[n + 1]
    spaces: np.ndarray  # int32[m], the spaces of each person one after the other, ascending
    sizes: np.ndarray  # int64[S], members of each space
    keys: np.ndarray  # uint64[S], identity of each space in every draw
    rows: int  # timelines of each space

    def of(self, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Spaces of some people, each with the place of its member among them: two int64[k]."""
        member, place = spans(self.indptr[people], self.indptr[people + 1])
        return member, self.spaces[place].astype(np.int64)

    def by_space(self) -> np.ndarray:
        """Who is in the first space, then who is in the second, and so on: positions, int64[m]."""
        people = np.repeat(np.arange(self.indptr.size - 1), np.diff(self.indptr))
        return people[np.argsort(self.spaces, kind="stable")]

    def fellows_of(self, people: np.ndarray, by_space: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fellow members of some people, themselves included, once for each space shared: two int64[k].

        The first is the place of each member among ``people``; by_space : as the method of that name gives.
        """
        member, spaces = self.of(people)
        last = np.cumsum(self.sizes)
        share, place = spans((last - self.sizes)[spaces], last[spaces])
        return member[share], by_space[place]

    def joined(self) -> np.ndarray:
        """Who is in at least one space, bool[n]."""
        return np.asarray(np.diff(self.indptr) > 0)

    def fellows(self) -> np.ndarray:
        """Fellow members of each person, over all their spaces; float64[n]."""
        others = np.concatenate([[0], np.cumsum(self.sizes[self.spaces] - 1)])
        return np.asarray(np.diff(others[self.indptr]), dtype=float)

    def row_keys(self) -> np.ndarray:
        """Identity of each timeline of the spaces, uint64[S · rows]."""
        numbers = np.tile(np.arange(self.rows, dtype=np.uint64), self.keys.size)
        return kernels.draws.absorb_all(np.repeat(self.keys, self.rows), numbers)


def spans(starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Runs of places in a table, one after the other: which run each place is of, and the place; int64[k]."""
    counts = stops - starts
    run = np.repeat(np.arange(counts.size), counts)
    before = np.cumsum(counts) - counts  # places of earlier runs
    return run, np.arange(run.size) + (starts - before)[run]


def on_platform(platform: Platform, p: int, people: People, draws: Draws) -> np.ndarray:
    """Who has an account on a platform, bool[n]."""
    return np.asarray(draws.uniform(Purpose.MEMBERSHIP, people.key, p) < platform.membership)


def members_of(
    platform: Platform, p: int, people: People, graph: SocialGraph, draws: Draws
) -> Members | None:
    """Who is in which space of a platform; None where it has no spaces."""
    if platform.spaces is None:
        return None
    on = on_platform(platform, p, people, draws)
    crowd = Crowd(people.key, (people.role, ROLES), graph.attributes, on, p, draws)
    who, spaces, identities = platform.spaces.join(crowd)
    pairs = np.unique(np.stack([who, spaces], axis=1), axis=0)
    return Members(
        indptr=np.searchsorted(pairs[:, 0], np.arange(people.n + 1)),
        spaces=pairs[:, 1].astype(np.int32),
        sizes=np.bincount(pairs[:, 1], minlength=identities.size),
        keys=each_extended(address(SPACE_ROOT, p), identities),
        rows=-(-platform.spaces.keeps // platform.timeline_depth),
    )
