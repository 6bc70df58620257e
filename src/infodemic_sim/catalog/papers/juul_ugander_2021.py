"""Juul & Ugander 2021: matched on size, true and false cascades look alike [JuulUgander2021]."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size
from infodemic_sim.graphs import SocialGraph, scale_free
from infodemic_sim.kernels.trees import measure_trees
from infodemic_sim.spread.independent_cascade import IndependentCascade

PEOPLE, RUNS = 2000, 20_000
TRUE, FALSE = 0.06, 0.07
"""Chance to reshare per tie: false news is reshared more often."""


class Shapes(NamedTuple):
    """Numbers that describe cascades, one entry each."""

    size: np.ndarray
    depth: np.ndarray
    breadth: np.ndarray
    virality: np.ndarray


def compute(size: Size) -> list[Estimate]:
    """Kolmogorov–Smirnov distances between false and true cascades, all and matched, and of a control."""
    graph = scale_free(size.of(PEOPLE, 500), mean_degree=8.0, seed=size.seed)
    hubs = np.argsort(-graph.degrees(), kind="stable")[: graph.n // 50]
    runs = range(size.of(RUNS, 1000))
    true = shapes([cascade(graph, TRUE, size.seed, run, ()) for run in runs])
    false = shapes([cascade(graph, FALSE, size.seed + 1, run, ()) for run in runs])
    hub = shapes([cascade(graph, TRUE, size.seed + 2, run, (int(hubs[run % hubs.size]),)) for run in runs])
    mine, theirs = matched(false, true)
    control, common = matched(hub, true)
    return [
        Estimate(distance(false.depth, true.depth)),
        *(
            Estimate(distance(getattr(mine, name), getattr(theirs, name)))
            for name in ("depth", "breadth", "virality")
        ),
        Estimate(distance(control.depth, common.depth)),
    ]


def cascade(graph: SocialGraph, chance: float, seed: int, run: int, start: tuple[int, ...]) -> np.ndarray:
    """Parents of the adoptions of one cascade."""
    rule = IndependentCascade(chance=chance, start=start)
    return rule.run(graph, seed=seed, replicate=run).adoptions["parent"]


def shapes(cascades: list[np.ndarray]) -> Shapes:
    """Size, depth, largest breadth and structural virality of cascades of three people or more."""
    lengths = np.array([parents.size for parents in cascades])
    first = np.cumsum(lengths) - lengths
    trees = np.repeat(np.arange(lengths.size, dtype=np.int32), lengths)
    parents = np.concatenate(cascades)
    places = np.where(parents < 0, -1, parents + first[trees]).astype(np.int32)
    found = measure_trees(places, trees, lengths.size)
    return Shapes(*(column[lengths >= 3].astype(float) for column in found))


def matched(one: Shapes, other: Shapes) -> tuple[Shapes, Shapes]:
    """As many cascades of each size from both, as far as the rarer of the two goes."""
    places_one, places_other = [], []
    for size in np.intersect1d(one.size, other.size):
        mine, theirs = np.flatnonzero(one.size == size), np.flatnonzero(other.size == size)
        pairs = min(mine.size, theirs.size)
        places_one.append(mine[:pairs])
        places_other.append(theirs[:pairs])
    return taken(one, np.concatenate(places_one)), taken(other, np.concatenate(places_other))


def taken(shapes: Shapes, places: np.ndarray) -> Shapes:
    """Some of the cascades."""
    return Shapes(*(column[places] for column in shapes))


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference between two distribution functions."""
    at = np.concatenate([one, other])
    below = (np.searchsorted(np.sort(sample), at, "right") / sample.size for sample in (one, other))
    return float(np.abs(np.subtract(*below)).max())


ENTRY = Reproduction(
    name="juul_ugander_2021",
    source="JuulUgander2021",
    title="False and true cascades of the same size look alike",
    setting=(
        f"Independent cascades on a scale-free network of {PEOPLE:,} people; false news is passed on with "
        f"chance {FALSE}, true news with {TRUE} per tie, else nothing differs; {RUNS:,} cascades each, of "
        "which those of three people or more are compared by the Kolmogorov–Smirnov distance. The control "
        "starts at hubs."
    ),
    published=(
        Published("All cascades: depth differs", 0.05, "false news goes deeper", 0.0, "at least"),
        Published("Matched on size: depth", 0.05, "differences vanish", 0.0, "at most"),
        Published("Matched on size: breadth", 0.05, "differences vanish", 0.0, "at most"),
        Published("Matched on size: structural virality", 0.05, "differences vanish", 0.0, "at most"),
        Published(
            "Control, matched on size: depth", 0.05, "other mechanisms are told apart", 0.0, "at least"
        ),
    ),
    compute=compute,
)
