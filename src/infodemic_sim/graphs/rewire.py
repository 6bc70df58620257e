"""Null models: a graph made random but for what is kept, to tell what its structure does."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import NO_WEIGHTS, SocialGraph
from infodemic_sim.graphs.columns import Categories, Column
from infodemic_sim.graphs.convert import ties_of
from infodemic_sim.graphs.like import GraphLike, built
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.params import param

Keep = Literal["degrees", "communities", "nothing"]


class Rewired(GraphSource):
    """A graph of the same people, with as many ties, that is random but for what is kept.

    ``keep`` says what: "degrees", of each person the number they see and the number who see them;
    "communities", of each person also how many of those belong to each community; "nothing", so that all
    pairs of people are tied alike, the Erdős–Rényi twin. So one can tell whether something hangs on
    clustering, on communities, or on unequal degrees, as [Truong2024] do.

    Ties are swapped two at a time, a→b and c→d becoming a→d and c→b (friendships either way round), unless
    that would make a self-loop or repeat a tie [MaslovSneppen2002]. Each of ``swaps`` rounds pairs all ties
    at random (within communities those between the same two), and lets one pair in four alone. In the limit
    every graph that swaps can reach is equally likely [Allendorf2021]; a lone triangle of follows cannot be
    turned round by them, and graphs of a few ties take more rounds than the default. Time and memory are
    linear in ties. Columns and labels stay. Weights travel with ties: those of follows stay with the one who
    follows, and where nothing is kept they are dealt out at random.
    """

    type_name: ClassVar[str] = "rewired"

    graph: GraphLike = param(doc="The graph that is rewired.")
    keep: Keep = param("degrees", doc="What stays: degrees, communities (and degrees), or nothing.")
    column: str | None = param(None, doc="Column of the graph that names each person's community.")
    swaps: int = param(10, ge=1, unit="swaps per tie", doc="How many swaps each tie is offered.")
    seed: int = param(ge=0, lt=2**63, doc="Seed of the rewiring: equal seeds, equal graphs.")

    @model_validator(mode="after")
    def _check(self) -> Rewired:
        if (self.keep == "communities") != (self.column is not None):
            raise ParameterError("column goes with keep='communities': give both or neither.")
        return self

    def build(self) -> SocialGraph:
        graph = built(self.graph)
        if self.keep == "nothing":
            return _scattered(graph, self.seed)
        return _swapped(graph, _communities(graph, self.column), self.swaps, self.seed)


def rewired(
    graph: SocialGraph, *, keep: Keep = "degrees", column: str | None = None, swaps: int = 10, seed: int
) -> SocialGraph:
    """The graph, random but for what is kept; the parameters are those of ``Rewired``."""
    return Rewired(graph=graph, keep=keep, column=column, swaps=swaps, seed=seed).build()


def _communities(graph: SocialGraph, name: str | None) -> np.ndarray:
    """The community of each person, counted from 0: int64[n]; those without one have one together."""
    if name is None:
        return np.zeros(graph.n, np.int64)
    if name not in graph.attributes:
        hint = did_you_mean(name, graph.attributes)
        raise UnknownNameError(f"Rewired.column: the graph has no column '{name}'. {hint}")
    values: Column = graph.attributes[name]
    _, places = np.unique(values.codes if isinstance(values, Categories) else values, return_inverse=True)
    return places.astype(np.int64)


def _swapped(graph: SocialGraph, communities: np.ndarray, rounds: int, seed: int) -> SocialGraph:
    """The graph with ties swapped between pairs of people of the same two communities."""
    from infodemic_sim.kernels.graph_random import new_state
    from infodemic_sim.kernels.graph_rewire import sorted_by, swap_ties

    sources, targets, weights = _ties(graph)
    here, there = communities[sources], communities[targets]
    if not graph.directed:  # from the lower community to the higher
        sources, targets = np.where(here <= there, (sources, targets), (targets, sources))
        here, there = np.minimum(here, there), np.maximum(here, there)
    number = int(communities.max()) + 1
    order = sorted_by(here, number, sorted_by(there, number, np.arange(sources.size)))
    here, there = here[order], there[order]
    first = np.flatnonzero(np.diff(here, prepend=-1) | np.diff(there, prepend=-1))
    ties = sources[order] << 32 | targets[order]
    weights = weights[order] if weights.size else weights
    starts, turning = np.append(first, ties.size), ~graph.directed & (here[first] == there[first])
    swap_ties(new_state(seed), ties, weights, starts, turning, graph.directed, rounds)
    return _like(graph, ties >> 32, ties & (2**32 - 1), weights)


def _scattered(graph: SocialGraph, seed: int) -> SocialGraph:
    """As many ties between people drawn at random."""
    from infodemic_sim.kernels.graph_pairs import uniform_ties
    from infodemic_sim.kernels.graph_random import new_state, shuffle

    state, weights = new_state(seed), _ties(graph)[2]
    shuffle(state, weights)
    sources, targets = uniform_ties(state, graph.n, graph.number_of_ties, graph.directed)
    return _like(graph, sources, targets, weights)


def _ties(graph: SocialGraph) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sources and targets, int64, and weights, of each tie once: copies, to be changed."""
    sources, targets, weights = ties_of(graph)
    free = NO_WEIGHTS if weights is None else weights
    return sources.astype(np.int64), targets.astype(np.int64), free.copy()


def _like(graph: SocialGraph, sources: np.ndarray, targets: np.ndarray, weights: np.ndarray) -> SocialGraph:
    """The same people with other ties."""
    kept = {"attributes": dict(graph.attributes), "labels": graph.labels}
    given = None if graph.weights is None else weights
    return SocialGraph.from_ties(
        sources, targets, graph.n, graph.directed, weights=given, source=Rewired.type_name, **kept
    )
