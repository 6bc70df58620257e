"""Node-link JSON, as networkx and D3 write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from infodemic_sim.errors import GraphFileError, is_number, is_whole
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import built, unread
from infodemic_sim.graphs.files import Direction, label_fault, noting
from infodemic_sim.graphs.json_lines import line_of
from infodemic_sim.graphs.raw import as_text, refused


def read_json(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """{"directed": …, "nodes": [{"id": …}, …], "edges" or "links": [{"source": …, "target": …}, …]}."""
    reader = JsonReader(path, as_text(path, content))
    one_way = reader.one_way if directed is None else directed
    number, ends, weights = reader.number, reader.ends(), reader.weights()
    people = [{name: value for name, value in node.items() if name != "id"} for node in reader.nodes]
    graph = built(ends, weights, list(number), people, one_way, direction, path.name)
    return noting(graph, *unread(reader.edges))


class JsonReader:
    """One document, checked part by part; what is wrong is told with its line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.document = self._document()
        self.tie = "links" if "links" in self.document else "edges"
        if {"links", "edges"} <= self.document.keys():
            raise self.wrong(
                "ties stand under 'links' and under 'edges': put all under one of them.", "links"
            )
        self.nodes = self._objects("nodes", "id")
        self.edges = self._objects(self.tie, "source", "target")
        self.number = self._numbers()

    def wrong(self, reason: str, *steps: str | int) -> GraphFileError:
        """An error at the value that some steps lead to."""
        return refused(self.path, reason, line_of(self.text, *steps))

    @property
    def one_way(self) -> bool:
        """Whether it says that ties are directed."""
        said = self.document.get("directed", False)
        if not isinstance(said, bool):
            raise self.wrong("'directed' must be true or false.", "directed")
        return said

    def ends(self) -> list[tuple[int, int]]:
        """Who is tied to whom, by number."""
        return [(self._end(k, "source"), self._end(k, "target")) for k in range(len(self.edges))]

    def weights(self) -> list[float] | None:
        """A weight for each tie, 1 where none is given; None if none has one."""
        if not any("weight" in edge for edge in self.edges):
            return None
        return [self._weight(k, edge.get("weight", 1.0)) for k, edge in enumerate(self.edges)]

    def _document(self) -> dict[str, Any]:
        try:
            document = json.loads(self.text)
        except json.JSONDecodeError as error:
            raise refused(self.path, f"this is not JSON ({error.msg}).", error.lineno) from None
        except (RecursionError, ValueError):
            raise refused(self.path, "the JSON is nested too deeply or holds too long a number.") from None
        if not isinstance(document, dict):
            raise self.wrong("the outermost value must be an object with 'nodes' and 'edges'.")
        return document

    def _objects(self, name: str, *keys: str) -> list[dict[str, Any]]:
        """A list of objects that have all the keys."""
        items = self.document.get(name)
        if not isinstance(items, list):
            raise self.wrong(f"a list '{name}' is needed.", name)
        for place, item in enumerate(items):
            if not isinstance(item, dict) or not all(key in item for key in keys):
                needed = " and ".join(map(repr, keys))
                raise self.wrong(f"{name}[{place}] must be an object with {needed}.", name, place)
        return items

    def _numbers(self) -> dict[Any, int]:
        """The place of each person, by id; those that would be written alike are refused: 1 and "1"."""
        number: dict[Any, int] = {}
        texts: set[str] = set()
        for place, node in enumerate(self.nodes):
            name = node["id"]
            if not _is_name(name) or str(name) in texts:
                reason = f"nodes[{place}].id must be a text or whole number of its own."
                raise self.wrong(reason, "nodes", place, "id")
            if fault := label_fault(str(name)):
                raise self.wrong(f"nodes[{place}].id {fault}.", "nodes", place, "id")
            texts.add(str(name))
            number[name] = place
        return number

    def _end(self, place: int, key: str) -> int:
        name = self.edges[place][key]
        if not _is_name(name) or name not in self.number:
            reason = f"{self.tie}[{place}].{key} names somebody who is not among the nodes."
            raise self.wrong(reason, self.tie, place, key)
        return self.number[name]

    def _weight(self, place: int, weight: Any) -> float:
        if not is_number(weight) or not 0 <= weight < 3.4e38:
            reason = f"{self.tie}[{place}].weight must be a finite number ≥ 0."
            raise self.wrong(reason, self.tie, place, "weight")
        return float(weight)


def _is_name(name: object) -> bool:
    return isinstance(name, str) or is_whole(name)
