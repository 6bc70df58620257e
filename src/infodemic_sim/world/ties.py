"""Who follows whom now, and the verbs that change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.errors import MissingLeverError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.world.spaces import spans

if TYPE_CHECKING:
    from infodemic_sim.world.state import State
    from infodemic_sim.world.world import Setting


@dataclass
class Ties:
    """Who follows whom on one platform at this moment, see ``kernels.ties``.

    Row v has a place for each of those whom person v followed at the start, and the spare ones. A free
    place holds ``nobody``: the platform's last timeline, on which nothing ever stands.
    """

    indptr: np.ndarray  # int64[n + 1]
    followees: np.ndarray  # int32[m], ``nobody`` in a free place
    weights: np.ndarray  # float32[m], of length 0 where ties have none; new ties have the weight 0
    followers: np.ndarray  # int32[n]
    returned: np.ndarray  # int64[1], ties whose other direction is a tie too

    @classmethod
    def at_start(cls, graph: SocialGraph, spare: int, nobody: int) -> Ties:
        """The ties of a graph, and so many free places for each person."""
        places = np.arange(graph.indices.size) + spare * np.repeat(np.arange(graph.n), graph.degrees())
        followees = np.full(graph.indices.size + spare * graph.n, nobody, np.int32)
        followees[places] = graph.indices
        weights = np.zeros(0 if graph.weights is None else followees.size, np.float32)
        if graph.weights is not None:
            weights[places] = graph.weights
        return cls(
            indptr=graph.indptr + spare * np.arange(graph.n + 1),
            followees=followees,
            weights=weights,
            followers=np.bincount(graph.indices, minlength=graph.n).astype(np.int32),
            returned=np.array([kernels.ties.count_returned(graph.indptr, graph.indices)], np.int64),
        )


class TieVerbs:
    """What ``World`` offers to those who ask or change who follows whom."""

    setting: Setting
    state: State
    draws: Draws
    moved_ties: list[list[np.ndarray]]

    @property
    def ties_change(self) -> bool:
        """Whether who follows whom can change in this run; else the graphs of the setting hold throughout."""
        return bool(self.state.ties)

    def nobody(self, platform: int) -> int:
        """What a free place for a tie holds: the number of an empty timeline."""
        return self.state.timelines[platform].line.shape[0] - 1

    def ties(self, platform: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows of those whom people follow now: indptr int64[n + 1], and followees int32[m].

        Where ties change, free places hold ``nobody``.
        """
        if self.ties_change:
            now = self.state.ties[platform]
            return now.indptr, now.followees
        graph = self.setting.graphs[platform]
        return graph.indptr, graph.indices

    def followees_of(self, people: np.ndarray, platform: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of people and those whom they follow now: two int64[k], the first places among ``people``."""
        indptr, followees = self.ties(platform)
        who, places = spans(indptr[people], indptr[people + 1])
        other = followees[places].astype(np.int64)
        tied = other < self.state.people.n
        return who[tied], other[tied]

    def followers(self, platform: int = 0) -> np.ndarray:
        """How many follow each person now, int[n]."""
        if self.ties_change:
            return self.state.ties[platform].followers
        return np.bincount(self.setting.graphs[platform].indices, minlength=self.state.people.n)

    def cut_ties(self, people: np.ndarray, others: np.ndarray, platform: int = 0) -> None:
        """Each of these people unfollows one other; where there is no tie, nothing happens.

        Parameters
        ----------
        people, others : positions, int[m] each. A friendship is two ties: this cuts one.
        """
        now = self._changing(platform)
        pairs = (np.asarray(people, np.int64), np.asarray(others, np.int64))
        arrays = (now.indptr, now.followees, now.weights, now.followers, now.returned)
        self._note(platform, "ties_cut", kernels.ties.cut(*pairs, *arrays, self.nobody(platform)))

    def add_ties(self, people: np.ndarray, others: np.ndarray, platform: int = 0) -> None:
        """Each of these people follows one other from now on, if they have a free place for it.

        Of more than there are places for, lots decide. Nobody follows themselves or anybody twice, and
        both must be on the platform. A new tie has the weight 0.

        Parameters
        ----------
        people, others : positions, int[m] each.
        """
        now = self._changing(platform)
        there = self.on_platform(platform)
        people, others = np.asarray(people, np.int64), np.asarray(others, np.int64)
        possible = there[people] & there[others]
        people, others = people[possible], others[possible]
        keys = self.state.people.key
        lots = kernels.draws.uniforms(
            self.draws.base(Purpose.PLACE, self.state.step, platform),
            kernels.draws.absorb_all(keys[people], keys[others]),
        )
        order = np.argsort(lots)
        arrays = (now.indptr, now.followees, now.followers, now.returned)
        filled = kernels.ties.add(people[order], others[order], *arrays, self.nobody(platform))
        self._note(platform, "ties_made", filled)

    def on_platform(self, platform: int) -> np.ndarray:
        """Who is on a platform now, bool[n]."""
        raise NotImplementedError

    def _changing(self, platform: int) -> Ties:
        if not self.ties_change:
            raise MissingLeverError(
                "ties do not change here: give it 'ties', with rates of 0 if plug-ins alone change them."
            )
        return self.state.ties[platform]

    def _note(self, platform: int, count: str, places: np.ndarray) -> None:
        """Count changed ties, and let the feeds know."""
        self.state.counts[count][platform] += places.size
        if places.size:
            self.moved_ties[platform].append(places)
