"""The field type of parts that hold a graph: one made already, or a recipe for it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import GraphSource


def _graph(value: Any) -> Any:
    """A recipe from plain data with a ``type``, a path as a file; graphs pass through."""
    from infodemic_sim.graphs.registry import graph_source

    if isinstance(value, str):
        value = {"type": "file", "path": value}
    if not isinstance(value, dict):
        return value
    if "type" not in value:
        raise ParameterError("'type' is missing: say how the graph is made, such as file or scale_free.")
    fields = {key: item for key, item in value.items() if key != "type"}
    return graph_source(str(value["type"]))(**fields)


GraphLike = Annotated[SocialGraph | SerializeAsAny[GraphSource], BeforeValidator(_graph)]


def built(graph: SocialGraph | GraphSource) -> SocialGraph:
    """The graph itself, built where only a recipe was given."""
    return graph if isinstance(graph, SocialGraph) else graph.build()
