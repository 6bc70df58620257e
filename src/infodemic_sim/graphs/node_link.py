"""Node-link JSON, as networkx and D3 write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infodemic_sim.errors import GraphFileError, is_number, is_whole
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import built
from infodemic_sim.graphs.files import Direction
from infodemic_sim.graphs.raw import as_text, refused


def read_json(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """{"directed": …, "nodes": [{"id": …}, …], "edges" or "links": [{"source": …, "target": …}, …]}."""
    document = _document(path, content)
    nodes = _objects(path, document, "nodes", ("id",))
    edges = _objects(path, document, "links" if "links" in document else "edges", ("source", "target"))
    number = _numbers(path, nodes)
    ends = [_ends(path, edge, place, number) for place, edge in enumerate(edges)]
    people = [{name: value for name, value in node.items() if name != "id"} for node in nodes]
    one_way = document.get("directed", False) if directed is None else directed
    if not isinstance(one_way, bool):
        raise refused(path, "'directed' must be true or false.")
    weights = [_weight(path, edge, place) for place, edge in enumerate(edges)]
    given = weights if any("weight" in edge for edge in edges) else None
    return built(ends, given, list(number), people, one_way, direction, path.name)


def _document(path: Path, content: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(as_text(path, content))
    except json.JSONDecodeError as error:
        raise refused(path, f"this is not JSON ({error.msg}).", error.lineno) from None
    except (RecursionError, ValueError):
        raise refused(path, "the JSON is nested too deeply or holds too long a number.") from None
    if not isinstance(document, dict):
        raise refused(path, "the outermost value must be an object with 'nodes' and 'edges'.")
    return document


def _objects(
    path: Path, document: Mapping[str, Any], name: str, keys: tuple[str, ...]
) -> list[dict[str, Any]]:
    """A list of objects that have all the keys."""
    items = document.get(name)
    if not isinstance(items, list):
        raise refused(path, f"a list '{name}' is needed.")
    for place, item in enumerate(items):
        if not isinstance(item, dict) or not all(key in item for key in keys):
            raise refused(path, f"{name}[{place}] must be an object with {' and '.join(map(repr, keys))}.")
    return items


def _numbers(path: Path, nodes: list[dict[str, Any]]) -> dict[Any, int]:
    number: dict[Any, int] = {}
    for place, node in enumerate(nodes):
        name = node["id"]
        if not (isinstance(name, str) or is_whole(name)) or name in number:
            raise refused(path, f"nodes[{place}].id must be a text or whole number of its own.")
        number[name] = place
    return number


def _ends(path: Path, edge: dict[str, Any], place: int, number: dict[Any, int]) -> tuple[int, int]:
    names = edge["source"], edge["target"]
    for name in names:
        if not (isinstance(name, str) or is_whole(name)) or name not in number:
            raise refused(path, f"edge {place} names somebody who is not among the nodes.")
    return number[names[0]], number[names[1]]


def _weight(path: Path, edge: dict[str, Any], place: int) -> float:
    weight = edge.get("weight", 1.0)
    if not is_number(weight) or not 0 <= weight < 3.4e38:
        raise GraphFileError(f"{path.name}: the weight of edge {place} must be a finite number ≥ 0.")
    return float(weight)
