"""YAML read strictly: plain data, the place of every value, and every mistake with its place.

Only what a scenario needs is allowed: mappings, lists, text, numbers, true, false, null. Names given twice,
anchors, tags and second documents are mistakes; nothing is ever made from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from infodemic_sim.mistakes import short
from infodemic_sim.scenario_file.scalars import resolve

DEEPEST = 40
"""Levels of nesting; a scenario has fewer than ten."""

LONGEST_SENTENCE = 600

NAMELESS = ""
"""Stands in paths for what has no valid name; no valid name is empty."""

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Line and column in a file, both from 1."""

    line: int
    column: int


class Mistake(NamedTuple):
    """One sentence about one place."""

    place: Place
    sentence: str


@dataclass
class Document:
    """What a file says, and where it says so."""

    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    names: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    spoilt: set[Path] = field(default_factory=set)

    def place(self, path: Path, *, name: bool = False) -> Place:
        """Where the value at a path stands, or its name; the nearest that holds it, if it is not there."""
        known = self.names if name and path in self.names else self.values
        while path and path not in known:
            path, known = path[:-1], self.values
        return known.get(path, Place(1, 1))

    def is_spoilt(self, path: Path) -> bool:
        """Whether a mistake within this value has been told already."""
        return any(path[: len(spoilt)] == spoilt for spoilt in self.spoilt)


class _Unreadable(Exception):
    """Nothing after this place can be read."""


def read_yaml(text: str) -> Document:
    """The document in a text; its mistakes are listed in it, and data is as good as it gets."""
    if odd := UNPRINTABLE.search(text):
        sentence = f"character U+{ord(odd.group()):04X} may not stand in a scenario file."
        return Document(mistakes=[Mistake(place_in(text, odd.start()), sentence)])
    builder = _Builder(text)
    try:
        builder.build()
    except yaml.YAMLError as error:
        builder.document.mistakes.append(_syntax(error))
    except _Unreadable:
        pass
    return builder.document


def place_in(text: str, position: int) -> Place:
    """Line and column of a character."""
    before = text[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _syntax(error: yaml.YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = [getattr(error, "context", None), getattr(error, "problem", None)]
    reason = ", ".join(part for part in said if part) or "it cannot be parsed"
    return Mistake(_place(mark), f"this is not YAML: {on_one_line(reason)}.")


def on_one_line(text: str) -> str:
    """Text without line breaks, of reasonable length."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SENTENCE else line[: LONGEST_SENTENCE - 1] + "…"


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class _Builder:
    """Turns the parser's events into data; never looks back, never calls anything by a name in the file."""

    def __init__(self, text: str) -> None:
        self.document = Document()
        self.events: Iterator[Any] = (
            event
            for event in yaml.parse(text, Loader=PARSER)
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentEndEvent | yaml.StreamEndEvent)
        )

    def build(self) -> None:
        """Read the one document there should be."""
        for number, start in enumerate(self.events):
            if number:
                self.mistake(start, (), "a file holds one scenario, but here a second document begins.")
                return
            self.document.data = self.node(next(self.events), ())

    def mistake(self, event: Any, path: Path, sentence: str) -> None:
        """Note a mistake, and that the value there is not to be judged further."""
        self.document.mistakes.append(Mistake(_place(event.start_mark), sentence))
        self.document.spoilt.add(path)

    def node(self, event: Any, path: Path) -> Any:
        """The value that begins with an event."""
        self.document.values[path] = _place(event.start_mark)
        if len(path) > DEEPEST:
            self.mistake(event, path, f"values may be nested {DEEPEST} levels deep at most.")
            raise _Unreadable
        if isinstance(event, yaml.AliasEvent):
            self.mistake(event, path, f"aliases (*{event.anchor}) are not used here: write the value out.")
            return None
        if event.anchor is not None:
            self.mistake(event, path, f"anchors (&{event.anchor}) are not used here: write the value out.")
        if event.tag is not None:
            self.mistake(event, path, f"tags ({short(event.tag)}) are not used here: leave it out.")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        return self.sequence(path) if isinstance(event, yaml.SequenceStartEvent) else self.scalar(event, path)

    def sequence(self, path: Path) -> list[Any]:
        """The items up to the end of a list."""
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        """The values up to the end of a mapping, by name; of a name given twice, the first stays."""
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            here = self.named(event, path, values)
            values[str(here[-1])] = self.node(next(self.events), here)
        values.pop(NAMELESS, None)
        return values

    def named(self, event: Any, path: Path, values: dict[str, Any]) -> Path:
        """The path of the value that follows a name; a wrong name leads nowhere."""
        nowhere = (*path, NAMELESS)
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag or not event.value:
            self.mistake(event, nowhere, "what stands before a colon must be a name.")
            self.node(event, nowhere)
        elif event.value in values:
            line = self.document.names[(*path, event.value)].line
            self.mistake(event, nowhere, f"'{event.value}' is given twice: it stands in line {line} already.")
        else:
            self.document.names[(*path, event.value)] = _place(event.start_mark)
            return (*path, event.value)
        return nowhere

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> Any:
        """Text, number, true, false or null."""
        text: str = event.value
        if not event.implicit[0]:
            return text
        try:
            return resolve(text)
        except ValueError as error:
            self.mistake(event, path, f"{error}, but got {short(text)}.")
            return None
