"""What stands above each parameter of a commented scenario: meaning, unit, bounds, source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from infodemic_sim.mistakes import parts_in
from infodemic_sim.params import ASSUMED, Part, declaration
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.kinds import Kind, kind_in
from infodemic_sim.scenario_file.strict_yaml import Path

HEAD = (
    "Every parameter with its meaning, unit, bounds and source; what is left out has the value shown here. "
    "Not so what must be given; and of interventions there are only those that are listed.\n"
    "ASSUMED: no published value exists. Times are days unless another unit is told.\n"
    "How sure numbers are is no part of a scenario: infodemic compare FILE --draws declared, or draws: "
    "declared in the file of a study or a decision, draws strengths anew in every replicate from what their "
    "sources leave open, and every interval then holds that, too.\n"
)


def notes_on(data: Mapping[str, Any]) -> dict[Path, str]:
    """Comments for the plain data of a scenario, by path."""
    notes = dict(_notes(Scenario, data, ()))
    first = next(iter(data))
    notes[(first,)] = f"{HEAD}\n{notes[(first,)]}"
    if "plans" in data:
        notes[("plans",)] = "What is compared: a name, and the interventions of that plan."
    return notes


def _notes(part: type[Part], data: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    for name, field in part.model_fields.items():
        if name in data:
            here = (*path, name)
            yield here, note(part, name)
            yield from _below(field, data[name], here)


def _below(field: FieldInfo, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Comments on what a parameter holds: a part, or a list of them."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _below(field, item, (*path, place))
    elif isinstance(value, Mapping):
        kind = kind_in(field.annotation)
        if kind is None:
            yield from _notes(next(_parts(field)), value, path)
        elif value.get("type") in kind.by_type():
            yield (*path, "type"), _choices(kind)
            yield from _notes(kind.by_type()[value["type"]], value, path)


def _parts(field: FieldInfo) -> Iterator[type[Part]]:
    return (part for part in parts_in(field.annotation) if issubclass(part, Part))


def _choices(kind: Kind) -> str:
    return f"One of {', '.join(sorted(kind.by_type()))}."


def note(part: type[Part], name: str) -> str:
    """One parameter in one line."""
    row = declaration(part, name)
    must = "must be given" if part.model_fields[name].is_required() else ""
    facts = [fact for fact in (must, row.unit, row.bounds, _source(row.source)) if fact]
    return row.doc + (f" [{'; '.join(facts)}]" if facts else "")


def _source(source: str) -> str:
    return source if source in ("", ASSUMED) else f"source {source}"
