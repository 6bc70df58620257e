"""What targets, schedules, spaces, recommenders and graphs must be: the smaller parts others may offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.interventions.when import When
from infodemic_sim.interventions.who.base import Who
from infodemic_sim.params import Part
from infodemic_sim.platforms.spaces import Spaces
from infodemic_sim.society.recommenders import Recommender
from infodemic_sim.testing.parts import PART_CHECKS, require, title
from infodemic_sim.testing.runs import RUN_CHECKS
from infodemic_sim.testing.small_runs import small, stepped


def names_people(part: Who) -> None:
    """It names people as bool[n], the same ones however often it is asked; nobody if it says so."""
    first: np.ndarray | None = None
    for run in stepped(small(), part):
        mask = part.mask(run.world)
        right = mask.dtype == bool and mask.shape == (run.world.n,)
        require(right, f"{title(part)}.mask must give bool[n], but gives {mask.dtype}{list(mask.shape)}.")
        again = part.mask(run.world)
        require(bool((again == mask).all()), f"{title(part)} names others when it is asked again.")
        require(not (part.empty and mask.any()), f"{title(part)} says that it names nobody, but does.")
        first = mask.copy() if first is None else first
        lasting = bool((first == mask).all()) or part.by_ties or not part.fixed
        require(lasting, f"{title(part)} is fixed, but names others later.")


def is_in_force_in_part(part: When) -> None:
    """At every step it is in force by a share from 0 to 1, the same when asked again; 0 if it is empty."""
    memory: dict[str, np.ndarray] = {}
    for run in stepped(small(), part):
        share = part.share(run.world, memory)
        require(0.0 <= share <= 1.0, f"{title(part)}.share must be from 0 to 1, but gives {share:g}.")
        require(part.share(run.world, memory) == share, f"{title(part)}.share changes when asked again.")
        require(not (part.empty and share), f"{title(part)} says that it has no time, but is in force.")


def builds_the_same(part: GraphSource) -> None:
    """Equal recipes build equal graphs, of one person at least."""
    one, other = part.build(), part.but().build()
    require(one.n > 0, f"{title(part)} builds a graph of nobody.")
    require(one.digest() == other.digest(), f"{title(part)} builds another graph when it is built again.")


CHECKS_OF: dict[type[Part], tuple[Callable[[Any], None], ...]] = {
    Who: (*PART_CHECKS, names_people, *RUN_CHECKS),
    When: (*PART_CHECKS, is_in_force_in_part, *RUN_CHECKS),
    Spaces: (*PART_CHECKS, *RUN_CHECKS),
    Recommender: (*PART_CHECKS, *RUN_CHECKS),
    GraphSource: (*PART_CHECKS, builds_the_same),
}
"""Checks of each kind."""
