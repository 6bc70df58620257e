"""Pajek files: *Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist and *Matrix."""

from __future__ import annotations

import re
from pathlib import Path

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import built
from infodemic_sim.graphs.edge_list_layout import is_number, is_whole
from infodemic_sim.graphs.files import Direction, label_fault, noting
from infodemic_sim.graphs.raw import as_text, check_declared, refused

ONE_WAY = ("arcs", "arcslist", "matrix")
BOTH_WAYS = ("edges", "edgeslist")
FIELD = re.compile(r'"([^"]*)"|(\S+)')


class PajekReader:
    """Collects people and ties of one file, line by line; each section has a method of its name."""

    def __init__(self, path: Path) -> None:
        self.path, self.line, self.section, self.row, self.people = path, 0, "", 0, 0
        self.names: dict[int, str] = {}
        self.taken: set[str] = set()
        self.declared = 0
        self.ties: list[tuple[int, int]] = []
        self.weights: list[float] = []
        self.friendly: list[bool] = []
        self.relations: dict[str, None] = {}

    def read(self, text: str) -> None:
        """Go through the lines."""
        for self.line, line in enumerate(text.splitlines(), start=1):
            fields = [quoted or bare for quoted, bare in FIELD.findall(line)]
            if not fields or line.lstrip().startswith("%"):
                continue
            if line.lstrip().startswith("*"):
                self.open_section(fields)
            elif not self.people:
                raise self.wrong("data before *Vertices.")
            else:
                getattr(self, self.section)(fields)
        if not self.people:
            raise self.wrong("there is no *Vertices section.")
        if self.section == "matrix" and self.row != self.people:
            raise self.wrong(f"the matrix has {self.row} rows where {self.people} were expected.")

    def open_section(self, fields: list[str]) -> None:
        """A line that begins with a star."""
        self.section = fields[0].lower().removeprefix("*")
        if self.section == "vertices":
            self.people, self.declared = self.number_of_people(fields), self.line
        elif self.section not in ("network", *ONE_WAY, *BOTH_WAYS):
            raise self.wrong(f"the section {fields[0][:30]!r} is not known.")
        elif self.section != "network" and not self.people:
            raise self.wrong("ties before *Vertices.")
        else:
            self.relations |= dict.fromkeys(field for field in fields[1:2] if field.startswith(":"))

    def number_of_people(self, fields: list[str]) -> int:
        """The number after *Vertices."""
        right = not self.people and len(fields) > 1 and is_whole(fields[1]) and len(fields[1]) < 11
        if not right or not 0 < int(fields[1]) < 2**31:
            raise self.wrong("*Vertices must stand once, with the number of people.")
        return int(fields[1])

    def network(self, fields: list[str]) -> None:
        """Text after *Network."""
        raise self.wrong("data before *Vertices.")

    def vertices(self, fields: list[str]) -> None:
        """A person's number and label; coordinates and the like are not read."""
        number = self.person(fields[0])
        if number in self.names:
            raise self.wrong(f"person {number + 1} stands here a second time.")
        name = fields[1] if len(fields) > 1 else fields[0]
        if name in self.taken:
            raise self.wrong("two people have the same label.")
        if fault := label_fault(name):
            raise self.wrong(f"a label {fault}.")
        self.names[number] = name
        self.taken.add(name)

    def arcs(self, fields: list[str]) -> None:
        """Two people and perhaps a weight."""
        if len(fields) < 2:
            raise self.wrong("a tie needs two people.")
        self.add(self.person(fields[0]), self.person(fields[1]), self.weight(fields[2:]))

    edges = arcs

    def arcslist(self, fields: list[str]) -> None:
        """A person and those they are tied to."""
        if len(fields) < 2:
            raise self.wrong("a list of ties needs two people or more.")
        for other in fields[1:]:
            self.add(self.person(fields[0]), self.person(other), 1.0)

    edgeslist = arcslist

    def matrix(self, fields: list[str]) -> None:
        """The weights of a person's ties to everybody, 0 for none."""
        if len(fields) != self.people or self.row >= self.people or not all(map(is_number, fields)):
            raise self.wrong(f"a row of the matrix must be {self.people} numbers, one row per person.")
        for other, weight in enumerate(map(float, fields)):
            if weight:
                self.add(self.row, other, weight)
        self.row += 1

    def add(self, source: int, target: int, weight: float) -> None:
        """Note a tie."""
        if not 0 <= weight < 3.4e38:
            raise self.wrong(f"{weight:g} is not a weight (a finite number ≥ 0).")
        self.ties.append((source, target))
        self.weights.append(weight)
        self.friendly.append(self.section in BOTH_WAYS)

    def weight(self, fields: list[str]) -> float:
        """The weight after two people; it is 1 where a line goes on with something else, such as a colour."""
        if fields and not is_number(fields[0]) and not fields[0][:1].isalpha():
            raise self.wrong(f"{fields[0][:30]!r} is not a weight (a finite number ≥ 0).")
        return float(fields[0]) if fields and is_number(fields[0]) else 1.0

    def person(self, text: str) -> int:
        """A person's number, from 0."""
        if not is_whole(text) or len(text) > 10 or not 1 <= int(text) <= self.people:
            raise self.wrong(f"{text[:30]!r} is not a person from 1 to {self.people}.")
        return int(text) - 1

    def wrong(self, reason: str) -> GraphFileError:
        """An error at this line."""
        return refused(self.path, reason, self.line)


def read_net(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A Pajek file: directed if it has arcs; edges among them hold both ways."""
    reader = PajekReader(path)
    reader.read(as_text(path, content))
    missing = reader.people - len(reader.names)
    if missing and reader.names:
        raise refused(
            path, f"{missing:,} of {reader.people:,} people are not listed under *Vertices.", reader.declared
        )
    check_declared(path, reader.people, content, reader.declared)
    names = [reader.names[number] for number in range(reader.people)] if reader.names else []
    one_way = not all(reader.friendly) if directed is None else directed
    ties, weights = reader.ties, reader.weights
    if one_way:
        both = [place for place, friendly in enumerate(reader.friendly) if friendly]
        ties, weights = (
            ties + [ties[place][::-1] for place in both],
            weights + [weights[place] for place in both],
        )
    given = weights if any(weight != 1 for weight in weights) else None
    graph = built(ties, given, _labels(names, reader.people), [], one_way, direction, path.name)
    told = f"Its {len(reader.relations)} relations ({', '.join(reader.relations)}) are read as one."
    return noting(graph, *[told] * (len(reader.relations) > 1))


def _labels(names: list[str], people: int) -> list[str] | list[int]:
    """Labels; numbers where labels are whole numbers or there are none."""
    if not names:
        return list(range(1, people + 1))
    plain = all(is_whole(name) and len(name) < 19 and str(int(name)) == name for name in names)
    return [int(name) for name in names] if plain else names
