"""To and from the graphs of networkx, igraph and scipy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import GraphError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories, Column, column
from infodemic_sim.graphs.files import Direction, labels_array, noting

if TYPE_CHECKING:
    import igraph
    import networkx
    import scipy.sparse


def from_networkx(
    graph: networkx.Graph,
    *,
    directed: bool | None = None,
    direction: Direction = "sees",
    weight: str = "weight",
) -> SocialGraph:
    """A social graph from a networkx graph; people keep the order of its nodes.

    Parameters
    ----------
    graph : any networkx graph. Node attributes become columns: numbers, or categories.
    directed : None: as the graph is; False: make friendships of its edges.
    direction : what a directed edge u → v means, see ``read_graph``.
    weight : edge attribute that is the weight; used if any edge has it (others weigh 1).

    Raises
    ------
    GraphError
        If it is no networkx graph, or a weight is not a number ≥ 0.
    """
    _refuse_others("networkx", graph, "nodes", "edges", "is_directed")
    names = list(graph.nodes)
    number = {name: place for place, name in enumerate(names)}
    ends = [(number[u], number[v]) for u, v in graph.edges()]
    weights = _weights([data.get(weight) for _, _, data in graph.edges(data=True)], weight)
    people = [data for _, data in graph.nodes(data=True)]
    one_way = graph.is_directed() if directed is None else directed
    read = built(ends, weights, names, people, one_way, direction, "networkx graph")
    return noting(read, *unread((data for _, _, data in graph.edges(data=True)), weight))


def unread(edges: Iterable[Iterable[Any]], weight: str = "weight") -> list[str]:
    """A note of what edges tell that no graph here keeps: all beside their weight, ends and number."""
    names = {str(name) for edge in edges for name in edge} - {weight, "source", "target", "id", "key"}
    told = ", ".join(f"'{name}'" for name in sorted(names)[:9]) + (" and more" if len(names) > 9 else "")
    return [f"Of edges, only '{weight}' is kept; left out: {told}."] if names else []


def _refuse_others(library: str, graph: Any, *parts: str) -> None:
    """Refuse what lacks a part that a graph of this library has."""
    if not all(hasattr(graph, part) for part in parts):
        raise GraphError(f"a graph of {library} is needed, but got {type(graph).__name__}.")


def built(
    ends: list[tuple[int, int]],
    weights: list[float] | None,
    names: list[Any],
    people: Sequence[Mapping[str, Any]],
    directed: bool,
    direction: Direction,
    source: str,
) -> SocialGraph:
    """A graph from Python lists: ties, their weights, names of the people, what is known of each."""
    if not names:
        raise GraphError("there are no people in it.")
    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    sources, targets = (pairs[:, 0], pairs[:, 1]) if direction == "sees" else (pairs[:, 1], pairs[:, 0])
    columns, left_out = node_columns(people)
    graph = SocialGraph.from_ties(
        sources,
        targets,
        len(names),
        directed,
        weights=weights,
        source=source,
        attributes=columns,
        labels=labels_array(names),
    )
    return noting(
        graph, *[f"Node attribute '{name}' left out: neither numbers nor text." for name in left_out]
    )


def node_columns(people: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Column], list[str]]:
    """Columns from a mapping per person, and the names of those that are neither numbers nor text."""
    names = dict.fromkeys(str(name) for person in people for name in person)
    columns: dict[str, Column] = {}
    for name in names:
        values = [person.get(name) for person in people]
        if all(value is None or isinstance(value, str | int | float | np.number) for value in values):
            columns[name] = column(values)
    return columns, [name for name in names if name not in columns]


def _weights(values: list[Any], name: str) -> list[float] | None:
    """One number per tie, 1 where an edge has none; None if no edge has one."""
    if all(value is None for value in values):
        return None
    weights = [1.0 if value is None else value for value in values]
    if bad := [value for value in weights if not isinstance(value, int | float | np.number)]:
        raise GraphError(f"edge attribute '{name}' must be a number ≥ 0, but got {str(bad[0])[:30]!r}.")
    try:
        return [float(value) for value in weights]
    except OverflowError:
        raise GraphError(f"edge attribute '{name}' must be a finite number ≥ 0.") from None


def to_networkx(graph: SocialGraph, *, direction: Direction = "sees") -> networkx.Graph:
    """A networkx graph with the people's labels (or ids) as nodes, and columns and weights as attributes."""
    import networkx as nx

    made: networkx.Graph = nx.DiGraph() if graph.directed else nx.Graph()
    names = names_of(graph)
    made.add_nodes_from(names)
    for name, values in graph.attributes.items():
        given = values.values() if isinstance(values, Categories) else values.tolist()
        known = {
            who: what for who, what in zip(names, given, strict=True) if what is not None and what == what
        }
        nx.set_node_attributes(made, known, name)
    sources, targets, weights = ties_of(graph, direction)
    pairs = ((names[u], names[v]) for u, v in zip(sources.tolist(), targets.tolist(), strict=True))
    if weights is None:
        made.add_edges_from(pairs)
    else:
        made.add_weighted_edges_from((u, v, w) for (u, v), w in zip(pairs, weights.tolist(), strict=True))
    return made


def names_of(graph: SocialGraph) -> list[Any]:
    """Labels if the graph has them, otherwise ids."""
    return list(range(graph.n)) if graph.labels is None else graph.labels.tolist()


def ties_of(
    graph: SocialGraph, direction: Direction = "sees"
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Sources, targets (int32) and weights, each tie once; friendships with the smaller id first."""
    sources = np.repeat(np.arange(graph.n, dtype=np.int32), graph.degrees())
    targets, weights = graph.indices, graph.weights
    if not graph.directed:
        once = sources < targets
        sources, targets = sources[once], targets[once]
        weights = None if weights is None else weights[once]
    return (sources, targets, weights) if direction == "sees" else (targets, sources, weights)


def from_igraph(
    graph: igraph.Graph,
    *,
    directed: bool | None = None,
    direction: Direction = "sees",
    weight: str = "weight",
) -> SocialGraph:
    """A social graph from an igraph graph; the vertex attribute "name", if any, gives the labels.

    Parameters
    ----------
    directed, direction, weight : see ``from_networkx``.

    Raises
    ------
    GraphError
        If it is no igraph graph, or a weight is not a number ≥ 0.
    """
    _refuse_others("igraph", graph, "vs", "es", "get_edgelist")
    columns: dict[str, Iterable[Any]] = {
        name: graph.vs[name] for name in graph.vs.attributes() if name != "name"
    }
    rows = list(zip(*columns.values(), strict=True)) if columns else [()] * graph.vcount()
    people = [dict(zip(columns, row, strict=True)) for row in rows]
    names = graph.vs["name"] if "name" in graph.vs.attributes() else range(graph.vcount())
    weights = _weights(graph.es[weight], weight) if weight in graph.es.attributes() else None
    one_way = graph.is_directed() if directed is None else directed
    read = built(graph.get_edgelist(), weights, list(names), people, one_way, direction, "igraph graph")
    return noting(read, *unread([graph.es.attributes()], weight))


def to_igraph(graph: SocialGraph, *, direction: Direction = "sees") -> igraph.Graph:
    """An igraph graph with columns and weights as attributes, and text labels as "name"."""
    import igraph as ig

    sources, targets, weights = ties_of(graph, direction)
    made = ig.Graph(n=graph.n, edges=np.column_stack([sources, targets]), directed=graph.directed)
    for name, values in graph.attributes.items():
        made.vs[name] = values.values() if isinstance(values, Categories) else values.tolist()
    if graph.labels is not None:
        made.vs["name"] = graph.labels.tolist()
    if weights is not None:
        made.es["weight"] = weights.tolist()
    return made


def from_scipy(matrix: Any, *, directed: bool) -> SocialGraph:
    """A social graph from a square matrix of scipy.sparse: entry (v, u) is the weight of "v sees u".

    Entries that are stored zeros are ties of weight zero; if all are 1 the graph has no weights. If not
    `directed`, a symmetric matrix names each friendship twice, which is not counted as repeated.
    """
    import scipy.sparse

    sparse = scipy.sparse.issparse(matrix)
    if not sparse or len(matrix.shape) != 2 or matrix.shape[0] != matrix.shape[1]:
        raise GraphError("from_scipy: a square sparse matrix is needed.")
    entries = scipy.sparse.coo_array(matrix)
    if entries.data.dtype.kind not in "iufb":
        raise GraphError(f"from_scipy: entries must be real numbers, but got {entries.data.dtype}.")
    rows, columns = entries.coords
    kept = np.ones(len(rows), np.bool_)
    if not directed and _is_symmetric(entries):
        kept = rows <= columns
    weights = None if (entries.data == 1).all() else entries.data[kept]
    return SocialGraph.from_ties(
        rows[kept], columns[kept], matrix.shape[0], directed, weights=weights, source="sparse matrix"
    )


def _is_symmetric(matrix: scipy.sparse.coo_array) -> bool:
    numbers = matrix.astype(np.float64)
    return bool((numbers - numbers.T).count_nonzero() == 0)


def to_scipy(graph: SocialGraph) -> scipy.sparse.csr_array:
    """Sparse matrix n × n (float32): entry (v, u) is the weight of "v sees u", 1 without weights."""
    import scipy.sparse

    weights = np.ones(len(graph.indices), np.float32) if graph.weights is None else graph.weights
    return scipy.sparse.csr_array((weights, graph.indices, graph.indptr), shape=(graph.n, graph.n))
