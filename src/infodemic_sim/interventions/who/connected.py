"""Targets by who follows whom."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.interventions.who.base import Who, mask_of
from infodemic_sim.params import param
from infodemic_sim.population.base import Population
from infodemic_sim.randomness import Purpose
from infodemic_sim.world import World


class MostFollowed(Who):
    """The people whom most others see now; equal counts are ordered by identity."""

    fixed: ClassVar[bool] = True
    by_ties: ClassVar[bool] = True

    share: float = param(ge=0, le=1, unit="share", doc="Share of people.")

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return self.share == 0.0

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse a share that is less than one person."""
        if graph is not None and not self.empty and round(self.share * graph.n) == 0:
            raise ParameterError(
                f"share {self.share:g} of {graph.n:,} people is nobody: give {1 / graph.n:.2g} or more."
            )

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        chosen = np.lexsort((world.people.key, -world.followers()))[: round(self.share * world.n)]
        return mask_of(world, chosen)


class FriendsOfRandom(Who):
    """Friends whom random people name: they have more followers than random people have.

    Each person names, with the probability ``share``, one of those whom they see now, by lot.
    """

    fixed: ClassVar[bool] = True
    by_ties: ClassVar[bool] = True

    share: float = param(ge=0, le=1, unit="share", doc="Share of people who name a friend.")

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return self.share == 0.0

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]; who sees nobody names nobody."""
        keys = world.people.key
        asked = np.flatnonzero(world.draws.uniform(Purpose.NOMINATE, keys) < self.share)
        who, friends = world.followees_of(asked)
        named = np.empty(asked.size, np.int64)
        first = np.searchsorted(who, np.arange(asked.size + 1))
        known = np.flatnonzero(np.diff(first))
        for k in known:
            mine = friends[first[k] : first[k + 1]]
            luck = world.draws.uniform(Purpose.NOMINATE, keys[mine], 1 + int(keys[asked[k]]))
            named[k] = mine[np.argmin(luck)]
        return mask_of(world, named[known])
