"""What a feed must hear of while it runs: ties that were cut or made, and people who come and go."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels import company
from infodemic_sim.kernels.compiled import unwritable
from infodemic_sim.kernels.layout import Feed
from infodemic_sim.spread.feed_tables import Sight, background_rates
from infodemic_sim.world import World

NO_SPACES = (np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int64))


class Changes:
    """Keeps the tables of platforms in step with the ties of the state, and with who is there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.at_work = world.ties_change or world.setting.turnover
        """Whether anything can change; if not, the tables of the start hold throughout."""
        self.rewired: list[list[np.ndarray]] = [[] for _ in world.setting.platforms]
        """People whose ties have changed since their background was counted, where nobody comes or goes."""

    def settle(self, p: int, sight: Sight, feed: Feed) -> None:
        """Bring changed ties over into the tables of platform p, in place."""
        moved = self.world.moved_ties[p]
        if not moved:
            return
        places = np.concatenate(moved)
        moved.clear()
        platform, (indptr, followees) = self.world.setting.platforms[p], self.world.ties(p)
        if not platform.ties:
            return
        readers = np.searchsorted(indptr, places, side="right") - 1
        if not self.world.setting.turnover:
            self.rewired[p].append(readers)
        there = places + (sight.indptr[:-1] - indptr[:-1])[readers]
        sight.rows[there] = followees[places]
        if sight.weights is not None:
            sight.weights[there] = 0.0
        if feed.ties.size:
            feed.ties[there] = 1.0

    def count_background(self, p: int, feed: Feed, visitors: np.ndarray) -> None:
        """How much background the feeds of this step's readers hold, from those who are there now.

        Where nobody comes or goes, it is another than before for those alone whose ties have changed.
        """
        world, platform, members = self.world, self.world.setting.platforms[p], self.world.members[p]
        readers = visitors.astype(np.int64) if world.setting.turnover else self._rewired(p)
        if not readers.size:
            return
        here = world.on_platform(p)
        indptr, followees = world.ties(p)
        ties = (indptr if platform.ties else np.zeros_like(indptr), followees)
        per_followee, per_fellow = background_rates(world, p)
        spaces = NO_SPACES
        if members is not None:
            of, within = members.indptr, members.spaces
            sizes = members.sizes
            if world.setting.turnover:
                sizes = company.members_here(of, within, here, sizes.size)
            spaces = (of, within, sizes)
        tables = [unwritable(array) for array in (*ties, self._bits(p, here), *spaces)]
        company.background_of(readers, *tables[:3], per_followee, *tables[3:], per_fellow, feed.chatter)

    def _bits(self, p: int, here: np.ndarray) -> np.ndarray:
        """A bit for each timeline of platform p, set for those of people who are there."""
        timelines = np.zeros(self.world.state.timelines[p].line.shape[0], bool)
        timelines[: here.size] = here
        return np.packbits(timelines, bitorder="little")

    def _rewired(self, p: int) -> np.ndarray:
        """Whose background is to be counted anew, int64[m]; some may be named more than once."""
        people = np.concatenate([np.empty(0, np.int64), *self.rewired[p]])
        self.rewired[p].clear()
        return people

    def of_those_here(self, rates: np.ndarray) -> np.ndarray:
        """Rates of people, float[n], 0 for those who are away."""
        return np.where(self.world.state.present, rates, 0) if self.world.setting.turnover else rates
