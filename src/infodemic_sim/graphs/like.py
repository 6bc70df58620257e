"""The field type of parts that hold a graph: one made already, or a recipe for it."""

from __future__ import annotations

import os
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.plugins import kind, make

GROUP = "infodemic_sim.graphs"


def built_in() -> tuple[type[GraphSource], ...]:
    """All recipes there are, imported when one is named."""
    from infodemic_sim.graphs.registry import GRAPH_SOURCES

    return GRAPH_SOURCES


kind(GraphSource, built_in, GROUP)


def _graph(value: Any) -> Any:
    """A recipe from plain data with a ``type``, a path as a file; graphs pass through."""
    from infodemic_sim.graphs.graph_file import GraphFile

    if isinstance(value, SocialGraph):
        return value
    if isinstance(value, str):
        value = {"type": GraphFile.type_name, "path": value}
    return make(value, built_in(), GROUP, GraphSource)


GraphLike = Annotated[SocialGraph | SerializeAsAny[GraphSource], BeforeValidator(_graph)]


def built(graph: SocialGraph | GraphSource) -> SocialGraph:
    """The graph itself, built where only a recipe was given."""
    return graph if isinstance(graph, SocialGraph) else graph.build()


def files_of(graph: SocialGraph | GraphSource) -> tuple[str, ...]:
    """Paths of the files that a recipe reads, or that the graph is read from which it is made of."""
    from infodemic_sim.graphs.graph_file import GraphFile

    if isinstance(graph, GraphFile):
        return (graph.path,) if graph.attributes is None else (graph.path, graph.attributes)
    inner = getattr(graph, "graph", None)
    return files_of(inner) if isinstance(inner, GraphSource) else ()


def state_of(path: str) -> tuple[int, int] | None:
    """What changes once a file is written again: its time in ns and its size; none: there is no such file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def labelled(graph: SocialGraph | GraphSource) -> SocialGraph | GraphSource:
    """The recipe, but so that what people are called in its file is kept, whatever is made from that."""
    from infodemic_sim.graphs.graph_file import GraphFile

    if isinstance(graph, GraphFile):
        return graph.but(keep_labels=True)
    inner = getattr(graph, "graph", None)
    if isinstance(graph, GraphSource) and isinstance(inner, SocialGraph | GraphSource):
        return graph.but(graph=labelled(inner))
    return graph
