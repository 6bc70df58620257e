"""Files named in a scenario, of graphs and of arrivals: their paths are those of the scenario's folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from infodemic_sim.graphs.graph_file import GraphFile

FIELDS = ("path", "attributes")


def with_paths(fields: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """A scenario's plain data with the path of each file changed; what is malformed stays as it is."""
    changed = dict(fields)
    if isinstance(population := fields.get("population"), dict):
        changed["population"] = _owner(population, change)
    if isinstance(epidemic := fields.get("epidemic"), dict):
        changed["epidemic"] = _owner(epidemic, change, "contacts")
    if isinstance(platforms := fields.get("platforms"), list):
        changed["platforms"] = [
            _owner(platform, change) if isinstance(platform, dict) else platform for platform in platforms
        ]
    if isinstance(arrivals := fields.get("arrivals"), dict) and isinstance(path := arrivals.get("path"), str):
        changed["arrivals"] = {**arrivals, "path": change(path)}
    return changed


def _owner(part: dict[str, Any], change: Callable[[str], str], field: str = "graph") -> dict[str, Any]:
    """What has a graph in a field, be it a graph made from another, with the paths of that graph changed."""
    graph = part.get(field)
    if isinstance(graph, str):
        return {**part, field: change(graph)}
    if not isinstance(graph, dict):
        return part
    if graph.get("type") != GraphFile.type_name:
        return {**part, field: _owner(graph, change)}
    given = {name: graph[name] for name in FIELDS if isinstance(graph.get(name), str)}
    return {**part, field: {**graph, **{name: change(path) for name, path in given.items()}}}
