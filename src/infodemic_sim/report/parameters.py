"""Every number of the plans with its meaning and source, and how many are assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from infodemic_sim.params import ASSUMED, Part, declarations
from infodemic_sim.scenario import Scenario
from infodemic_sim.sources import Source, keys_of, sources
from infodemic_sim.study.shown import MINUS

LONGEST = 80


class Row(NamedTuple):
    """One parameter as it was used."""

    where: str
    name: str
    value: str
    unit: str
    doc: str
    source: str
    assumed: bool


def parameter_rows(plans: Iterable[Scenario]) -> list[Row]:
    """Parameters of all parts of the plans, each once, in order of appearance."""
    found = dict.fromkeys(row for plan in plans for row in walk(plan, "scenario"))
    return list(found)


def references(rows: Iterable[Row]) -> list[Source]:
    """The publications that the parameters name, in the order of the bibliography."""
    named = {key for row in rows for key in keys_of(row.source)}
    return [source for key, source in sources().items() if key in named]


def walk(part: Part, where: str) -> Iterator[Row]:
    """The parameters of a part, then those of the parts within it."""
    inside: list[tuple[str, Part]] = []
    unused = {"topics", "platforms"} if isinstance(part, Scenario) and not part.spread.feed else set()
    for declared in declarations(type(part)):
        if declared.name in unused:  # a rule without a feed takes nothing from them
            continue
        value = getattr(part, declared.name)
        parts = parts_of(value)
        inside += [(f"{where} · {title(p, declared.name)}", p) for p in parts]
        if not parts and value != ():
            assumed = declared.source == ASSUMED and value is not None
            texts = (declared.unit, declared.doc, "" if assumed else declared.source)
            yield Row(where, declared.name, worded(value), *texts, assumed)
    for place, inner in inside:
        yield from walk(inner, place.removeprefix("scenario · "))


def parts_of(value: Any) -> list[Part]:
    """The parts that a value is or holds."""
    values = value if isinstance(value, tuple) else (value,)
    return [item for item in values if isinstance(item, Part)]


def title(part: Part, field: str) -> str:
    """What a part is called in the table."""
    name = getattr(part, "key", None) or getattr(part, "name", None)
    return f"{field.removesuffix('s')} {name}" if isinstance(name, str) else field


def worded(value: Any) -> str:
    """A value as a reader meets it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}".replace("-", MINUS)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
