"""Every parameter of every built-in part as a row of texts, for lists and manuals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infodemic_sim.params import Declaration, declarations
from infodemic_sim.platforms.presets import PRESETS, declarations_of
from infodemic_sim.scenario_file.kinds import all_parts

Row = dict[str, Any]


def all_declarations() -> Iterator[Declaration]:
    """Those of all parts that a scenario can hold, and of the presets of platforms."""
    for part in all_parts():
        yield from declarations(part)
    for name in PRESETS:
        yield from declarations_of(name)


def parameter_row(row: Declaration) -> Row:
    """One parameter: part, parameter, default, unit, bounds, plausible, meaning, source."""
    facts = {"part": row.owner, "parameter": row.name, "default": _default(row), "unit": row.unit}
    plausible = "" if row.plausible is None else f"{row.plausible[0]:g} to {row.plausible[1]:g}"
    return {
        **facts,
        "bounds": row.bounds,
        "plausible": plausible,
        "meaning": row.doc,
        "source": row.source,
    }


def _default(row: Declaration) -> Any:
    if type(row.default).__name__ == "PydanticUndefinedType":
        return "required"
    return row.default if row.default is None or isinstance(row.default, float | str) else str(row.default)
