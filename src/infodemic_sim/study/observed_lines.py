"""The rows of a table of real series, each with its place, checked for themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.study.effects import KEYS
from infodemic_sim.study.frames import as_pandas

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table

NEEDED, OPTIONAL = ("day", "measure", "value"), ("platform", "topic", "subgroup")


class Line(NamedTuple):
    """One row of the observed table, and where it stands."""

    place: str
    cells: Mapping[str, Any]


def lines_of(table: str | Path | Table) -> Iterator[Line]:
    """Rows of the table with the cells that every row has, checked for themselves."""
    names, rows, name = _read(table)
    if missing := [column for column in NEEDED if column not in names]:
        raise ParameterError(f"{name}: the column '{missing[0]}' is missing; it needs {', '.join(NEEDED)}.")
    for column in names:
        if column not in NEEDED + OPTIONAL:
            raise ParameterError(
                f"{name}: there is no use for a column '{column}'. {did_you_mean(column, OPTIONAL)}"
            )
    if not rows:
        raise ParameterError(f"{name}: the table has no rows: give one for each observed point.")
    known: dict[tuple[Any, ...], str] = {}
    for place, row in rows:
        cells = dict(zip(names, row, strict=True))
        numbers = {column: _number(place, column, cells[column]) for column in ("day", "value")}
        parts = {column: str(cells.get(column) or "all") for column in OPTIONAL}
        line = Line(place, {"measure": _measure(place, str(cells["measure"])), **parts, **numbers})
        _refuse_again(line, known)
        yield line


def _refuse_again(line: Line, known: dict[tuple[Any, ...], str]) -> None:
    """Refuse a second value of a measure, day and part: coverage would count it as one more point."""
    key = tuple(line.cells[name] for name in ("day", *KEYS))
    if (first := known.setdefault(key, line.place)) is not line.place:
        raise ParameterError(
            f"{line.place}: {line.cells['measure']} on day {line.cells['day']:g} is there twice, first at "
            f"{first}: give one value for each day and part of the people."
        )


def _read(table: str | Path | Table) -> tuple[list[str], list[tuple[str, list[Any]]], str]:
    """Names of columns, rows with their places, and what the table is called."""
    if not isinstance(table, str | Path):
        table = as_pandas("observed", table)
        filled = table.astype(object).where(table.notna(), "")
        rows = [(f"observed, row {k}", list(row)) for k, row in enumerate(filled.to_numpy().tolist())]
        return [str(column) for column in table.columns], rows, "observed"
    from infodemic_sim.graphs.attributes import read_table

    names, lines = read_table(Path(table))
    name = Path(table).name
    return names, [(f"{name}, line {line}", list(row)) for line, row in lines], name


def _measure(place: str, name: str) -> str:
    try:
        return check_measure(name).name
    except UnknownNameError as error:
        raise UnknownNameError(f"{place}: {error}") from None


def _number(place: str, column: str, cell: Any) -> float:
    from infodemic_sim.graphs.columns import as_number

    number = as_number(str(cell))
    if number is None or not math.isfinite(number):
        raise ParameterError(f"{place}: {column} must be a number, but is '{cell}'.")
    return float(number)
