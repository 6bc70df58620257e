"""Where to draw people: those who are tied stand near each other."""

from __future__ import annotations

import random

import numpy as np

from infodemic_sim.errors import whole
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import to_igraph

FINE = 500
"""People up to whom each pair repels; beyond, those near do (Fruchterman–Reingold), which is far quicker."""


def layout(graph: SocialGraph, seed: int = 0) -> np.ndarray:
    """A place for each person in the unit square, the same for the same graph and seed.

    Directions and weights of ties play no part.

    Returns
    -------
    float64[n, 2] between 0 and 1; one of the two axes is filled from end to end.
    """
    import igraph

    whole("seed", seed)
    bare = to_igraph(graph.without_labels()).as_undirected()
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = bare.layout_fruchterman_reingold(grid="nogrid" if graph.n <= FINE else "grid", niter=300)
    finally:
        igraph.set_random_number_generator(random)
    return _in_square(np.asarray(found.coords, float))


def _in_square(places: np.ndarray) -> np.ndarray:
    """Moved and scaled, without distortion; a few far outliers are pulled in, lest the rest be a dot."""
    low, high = np.quantile(places, [0.005, 0.995], axis=0)
    spread = float(max((high - low).max(), 1e-9))
    middle = (low + high) / 2
    return np.clip((places - middle) / (1.08 * spread) + 0.5, 0.0, 1.0)
