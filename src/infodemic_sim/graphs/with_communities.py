"""Communities of a graph, found by how its ties lie, as an attribute of its people."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories, read_only
from infodemic_sim.graphs.like import GraphLike, built
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.params import param


class WithCommunities(GraphSource):
    """A graph whose people are told apart by the community that their ties put them in.

    Communities are those of the Leiden algorithm for modularity [Traag2019], largest first; those of fewer
    than ``least`` people are called "small". They become the attribute ``column``, so that effects are
    reported by community, and interventions may name one.
    """

    type_name: ClassVar[str] = "with_communities"

    graph: GraphLike = param(doc="The graph in which communities are looked for.")
    column: str = param("community", doc="Name of the new attribute.")
    least: int = param(30, ge=1, unit="people", doc="Smallest community with a name of its own.")
    resolution: float = param(1.0, gt=0, doc="Resolution of modularity: higher, and communities are smaller.")
    seed: int = param(ge=0, lt=2**31, doc="Seed of the search: equal seeds, equal communities.")

    def build(self) -> SocialGraph:
        graph = built(self.graph)
        if self.column in graph.attributes:
            raise ParameterError(f"WithCommunities.column: the graph has a column '{self.column}' already.")
        found = self._named(memberships(graph, self.resolution, self.seed))
        return graph.with_attributes(**{self.column: found})

    def _named(self, membership: np.ndarray) -> Categories:
        """Communities as categories, the largest first; equal sizes keep the order of their first people."""
        sizes = np.bincount(membership)
        first = np.full(sizes.size, membership.size)
        np.minimum.at(first, membership, np.arange(membership.size))
        order = np.lexsort((first, -sizes))
        large = int(np.count_nonzero(sizes >= self.least))
        digits = len(str(large))
        levels = tuple(f"community {k + 1:0{digits}d}" for k in range(large))
        place = np.full(sizes.size, large)
        place[order[:large]] = np.arange(large)
        if (sizes < self.least).any():
            levels = (*levels, "small")
        return Categories(read_only(place[membership].astype(np.int32)), levels)


def memberships(graph: SocialGraph, resolution: float, seed: int) -> np.ndarray:
    """Number of each person's community, int64[n]; who follows whom is taken for a tie either way."""
    import random

    import igraph as ig

    sources = np.repeat(np.arange(graph.n), graph.degrees())
    ends = np.stack([sources, graph.indices], axis=1)
    ties = np.unique(np.sort(ends, axis=1), axis=0)
    net = ig.Graph(n=graph.n, edges=ties)
    ig.set_random_number_generator(random.Random(seed))
    try:
        found = net.community_leiden("modularity", resolution=resolution, n_iterations=-1)
    finally:
        ig.set_random_number_generator(random)
    return np.asarray(found.membership, dtype=np.int64)


def with_communities(
    graph: SocialGraph, *, column: str = "community", least: int = 30, resolution: float = 1.0, seed: int
) -> SocialGraph:
    """The graph with communities as an attribute; the parameters are those of ``WithCommunities``."""
    source = WithCommunities(graph=graph, column=column, least=least, resolution=resolution, seed=seed)
    return source.build()
