"""A table of messages that arrive at known times, read strictly: who, when, on what, for which side."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from infodemic_sim.errors import did_you_mean
from infodemic_sim.graphs.attributes import read_table
from infodemic_sim.graphs.columns import as_number
from infodemic_sim.graphs.raw import refused
from infodemic_sim.world import LONGEST_RUN, World

ARRIVAL = np.dtype(
    [
        ("step", np.int64),  # in which it is published
        ("author", np.int64),
        ("topic", np.int64),
        ("platform", np.int64),
        ("side", np.int8),
        ("appeal", np.float64),  # NaN: drawn, as that of other messages
        ("number", np.int64),  # among messages of the same author, step, topic and platform
    ]
)
SIDES = {"accurate": 1, "false": -1, "neither": 0}
NEEDED, OPTIONAL = ("day", "author", "topic", "side"), ("platform", "appeal")


def read_arrivals(path: Path, world: World) -> np.ndarray:
    """The messages of a CSV table for one world: ARRIVAL[m], in an order that the table's does not change.

    Columns ``day`` (from day 0; negative in the warm-up), ``author`` (identity), ``topic`` (name) and
    ``side`` (accurate, false or neither); ``platform`` (name; left out or empty: the first) and ``appeal``
    (above 0; left out or empty: drawn) need not be there.

    Raises
    ------
    GraphFileError
        If the table is malformed or names what is not there; with file and line.
    """
    names, rows = read_table(path)
    for name in names:
        if name not in NEEDED + OPTIONAL:
            raise refused(path, f"there is no use for a column '{name}'. {did_you_mean(name, OPTIONAL)}", 1)
    if missing := [name for name in NEEDED if name not in names]:
        raise refused(path, f"the column '{missing[0]}' is missing; it needs {', '.join(NEEDED)}.", 1)
    cells = _cells(world)
    found = np.zeros(len(rows), ARRIVAL)
    for k, (line, row) in enumerate(rows):
        for name, text in zip(names, row, strict=True):
            try:
                field, value = cells[name](text)
            except ValueError as error:
                raise refused(path, f"{name} {error}", line) from None
            found[field][k] = value
        if "appeal" not in names:
            found["appeal"][k] = math.nan
        if not world.has_account(int(found["platform"][k]))[found["author"][k]]:
            raise refused(path, "this author has no account on that platform.", line)
    return _numbered(np.sort(found, order=["step", "author", "topic", "platform", "side", "appeal"]))


def _cells(world: World) -> dict[str, Callable[[str], tuple[str, Any]]]:
    """How to read a cell of each column: the field it fills, and its value; ValueError says what is wrong."""
    people = {int(key): person for person, key in enumerate(world.people.key)}
    topics = {topic.name: k for k, topic in enumerate(world.setting.topics)}
    platforms = {platform.name: p for p, platform in enumerate(world.setting.platforms)} | {"": 0}
    known = {
        "topic": lambda text: ("topic", _named(text, topics)),
        "platform": lambda text: ("platform", _named(text, platforms)),
        "side": lambda text: ("side", _named(text, SIDES)),
        "appeal": lambda text: ("appeal", _appeal(text)),
        "day": lambda text: ("step", _step(text, world)),
        "author": lambda text: ("author", _author(text, people)),
    }
    return known


def _named(text: str, known: dict[str, int]) -> int:
    if text not in known:
        raise ValueError(f"'{text}' is not known. {did_you_mean(text, [name for name in known if name])}")
    return known[text]


def _number(text: str) -> float:
    number = as_number(text)
    if number is None or math.isnan(number):
        raise ValueError(f"must be a number, but is '{text}'.")
    return number


def _appeal(text: str) -> float:
    number = _number(text) if text else math.nan
    if number <= 0.0:
        raise ValueError(f"must be above 0, but is '{text}'.")
    return number


def _step(text: str, world: World) -> int:
    setting, day = world.setting, _number(text)
    if day > LONGEST_RUN:
        raise ValueError(f"must be {LONGEST_RUN:g} at most, as long as a run can last, but is '{text}'.")
    step = setting.warm_up_steps + math.floor(day * 24.0 / setting.hours_per_step + 1e-6)
    if step < 0:
        first = setting.warm_up_steps * setting.hours_per_step / 24.0
        raise ValueError(f"must not be before the start of the warm-up, -{first:g}, but is '{text}'.")
    return step


def _author(text: str, people: dict[int, int]) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) not in people:
        raise ValueError(f"'{text}' is nobody's identity: give a whole number from the graph.")
    return people[int(text)]


def _numbered(found: np.ndarray) -> np.ndarray:
    """Tell messages apart that have the same author, step, topic and platform; the rows are sorted."""
    groups: Iterable[tuple[Any, ...]] = found[["step", "author", "topic", "platform"]].tolist()
    before: tuple[Any, ...] | None = None
    number = 0
    for k, group in enumerate(groups):
        number = number + 1 if group == before else 0
        found["number"][k], before = number, group
    return found
