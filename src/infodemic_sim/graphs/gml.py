"""GML files: the nodes and edges of one graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from infodemic_sim.errors import is_number
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import built, unread
from infodemic_sim.graphs.files import Direction, label_fault, noting
from infodemic_sim.graphs.gml_lists import GmlLists, Pair
from infodemic_sim.graphs.raw import as_text


def read_gml(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A GML file; people are called by their labels, or by ids if not all have one."""
    reader = GmlReader(path, as_text(path, content))
    one_way = reader.one_way if directed is None else directed
    called, names = reader.names()
    people = [reader.known(node, called) for node in reader.nodes]
    graph = built(reader.ends(), reader.weights(), names, people, one_way, direction, path.name)
    partly = called == "id" and "label" in graph.attributes
    notes = ["Not all have a label: people are called by their ids."] * partly
    return noting(graph, *notes, *unread([pair.key for pair in edge.value] for edge in reader.edges))


class GmlReader(GmlLists):
    """One graph, checked part by part; what is wrong is told with its line."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(path, text)
        graphs = [pair for pair in self.open[0].value if pair.key == "graph"]
        if len(graphs) != 1:
            reason = f"one 'graph [ … ]' is needed, but there are {len(graphs)}."
            raise self.wrong(reason, graphs[1].place if graphs else 0)
        self.graph = graphs[0]
        self.nodes, self.edges = self.lists("node"), self.lists("edge")
        self.number: dict[str, int] = {}
        for person, node in enumerate(self.nodes):
            name, place = self.name(node, "id")
            if self.number.setdefault(str(name), person) != person:
                raise self.wrong(f"an earlier node has the id {str(name)[:30]!r}, too.", place)

    @property
    def one_way(self) -> bool:
        """Whether it says that ties are directed."""
        said = self.only(self.graph, "directed")
        if said and said.value not in (0, 1):
            raise self.wrong("'directed' must be 0 or 1.", said.place)
        return bool(said and said.value)

    def ends(self) -> list[tuple[int, int]]:
        """Who is tied to whom, by number."""
        return [(self.end(edge, "source"), self.end(edge, "target")) for edge in self.edges]

    def end(self, edge: Pair, key: str) -> int:
        """One of the two whom an edge joins."""
        name, place = self.name(edge, key)
        if str(name) not in self.number:
            raise self.wrong(f"the {key} {str(name)[:30]!r} of an edge is not the id of a node.", place)
        return self.number[str(name)]

    def weights(self) -> list[float] | None:
        """A weight for each tie, 1 where none is given; None if none has one."""
        found = [self.only(edge, "weight") for edge in self.edges]
        for pair in filter(None, found):
            if not is_number(pair.value) or not 0.0 <= pair.value < 3.4e38:
                told = repr(pair.value)[:30] if not isinstance(pair.value, list) else "a list"
                raise self.wrong(f"{told} is not a weight (a finite number ≥ 0).", pair.place)
        return [float(pair.value) if pair else 1.0 for pair in found] if any(found) else None

    def names(self) -> tuple[str, list[str | int | float]]:
        """Under which key people have names, and the names."""
        labels = [self.only(node, "label") for node in self.nodes]
        key = "label" if all(pair and pair.value != "" for pair in labels) else "id"
        names, taken = [], set()
        for node in self.nodes:
            name, place = self.name(node, key)
            if str(name) in taken:
                raise self.wrong(f"an earlier node has the label {str(name)[:30]!r}, too.", place)
            if fault := label_fault(str(name)):
                raise self.wrong(f"the {key} of a node {fault}.", place)
            names.append(name)
            taken.add(str(name))
        return key, names

    def known(self, node: Pair, called: str) -> dict[str, Any]:
        """What a node tells beside its name; a key that stands twice has a list of values."""
        told: dict[str, list[Any]] = {}
        for pair in node.value:
            if pair.key not in ("id", called):
                told.setdefault(pair.key, []).append(pair.value)
        return {key: values[0] if len(values) == 1 else values for key, values in told.items()}

    def lists(self, kind: str) -> list[Pair]:
        """The nodes, or the edges, of the graph."""
        found = [pair for pair in self.inside(self.graph) if pair.key == kind]
        for pair in found:
            self.inside(pair)
        return found

    def inside(self, pair: Pair) -> list[Pair]:
        """What a list holds."""
        if not isinstance(pair.value, list):
            raise self.wrong(f"'{pair.key}' must be a list in square brackets.", pair.place)
        return pair.value

    def only(self, within: Pair, key: str) -> Pair | None:
        """What is said under a key that may stand once."""
        found = [pair for pair in within.value if pair.key == key]
        if len(found) > 1:
            raise self.wrong(f"'{key}' stands here a second time in one {within.key}.", found[1].place)
        return found[0] if found else None

    def name(self, within: Pair, key: str) -> tuple[str | int | float, int]:
        """A name of a person, and its place in the text."""
        found = self.only(within, key)
        if found is None:
            raise self.wrong(f"the {within.key} has no {key}.", within.place)
        if isinstance(found.value, list) or (key != "label" and isinstance(found.value, float)):
            raise self.wrong(f"the {key} must be a whole number or a text.", found.place)
        return found.value, found.place
