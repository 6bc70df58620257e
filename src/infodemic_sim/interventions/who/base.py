"""What every target can do: turn a world into a mask of people."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.params import Part
from infodemic_sim.plugins import Plugin
from infodemic_sim.population.base import Population
from infodemic_sim.world import World


class Who(Plugin, Part):
    """Base of all targets."""

    fixed: ClassVar[bool] = False
    """Whether it names the same people throughout a run, so that it need be asked only once."""
    by_ties: ClassVar[bool] = False
    """Whether whom it names depends on who follows whom, so that it names others where ties change."""

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return False

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse names that nobody has in a population; graph: who they are, None while it is not known."""

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        raise NotImplementedError


def mask_of(world: World, people: np.ndarray) -> np.ndarray:
    """People as positions, int[m], as a mask bool[n]."""
    mask = np.zeros(world.n, bool)
    mask[people] = True
    return mask
