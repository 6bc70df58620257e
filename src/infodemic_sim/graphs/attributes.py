"""What is known about the people of a graph, from a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from infodemic_sim.errors import GraphError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Column, as_number, categories, column
from infodemic_sim.graphs.convert import names_of
from infodemic_sim.graphs.edge_list_layout import guessed_delimiter
from infodemic_sim.graphs.files import noting
from infodemic_sim.graphs.raw import OBJECTS_LIMIT, as_text, read_bytes, refused

Unmatched = Literal["error", "report"]
Rows = list[tuple[int, list[str]]]
LEAVE_EMPTY = "say unmatched='report' to leave them empty."
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")


def read_attributes(
    graph: SocialGraph,
    path: str | Path,
    *,
    key: str | None = None,
    categorical: Sequence[str] = (),
    unmatched: Unmatched = "error",
    size_limit: int = OBJECTS_LIMIT,
) -> SocialGraph:
    """The graph with a column for each column of a CSV table (may be .gz) that has a header.

    Parameters
    ----------
    graph : its labels, or ids if it has none, are what the table names people by.
    key : the column that names the person; None: the first.
    categorical : columns that are categories though written as numbers.
    unmatched : what to do about rows that name nobody and people without a row: "error", or "report" to
        leave such rows out, leave such people's values empty, and count both in ``report``.
    size_limit : largest size of the file once unpacked, in bytes.

    Raises
    ------
    GraphFileError
        If the table is malformed, or names other people; with file and line.
    """
    path = Path(path)
    if unmatched not in ("error", "report"):
        raise GraphError(f"read_attributes: unmatched must be 'error' or 'report', but got {unmatched!r}.")
    if not isinstance(key, str | None):
        raise GraphError(f"read_attributes: key must be the name of a column or None, but got {key!r}.")
    names, rows = read_table(path, size_limit)
    place = _key_place(path, names, key)
    _check_names(path, names, categorical)
    people = {str(name): person for person, name in enumerate(names_of(graph))}
    row_of, strangers = _joined(path, rows, place, people)
    without = graph.n - len(row_of)
    if unmatched == "error" and strangers:
        remedy = _remedy(people, {row[place] for _, row in rows} - people.keys())
        told = f"{len(strangers):,} row(s) name nobody in the graph, this is the first; {remedy}"
        raise refused(path, told, strangers[0])
    if unmatched == "error" and without:
        headless = names[place] in people
        told = "if line 1 is a person's, put names of columns before it." if headless else LEAVE_EMPTY
        raise refused(path, f"{without:,} of {graph.n:,} people have no row; {told}")
    found = {
        name: _column([row_of[v][at] if v in row_of else "" for v in range(graph.n)], name in categorical)
        for at, name in enumerate(names)
        if at != place
    }
    told = f"{path.name}: {len(strangers):,} rows named nobody and {without:,} people had no row."
    odd = [
        _odd_one(path, name, at, rows)
        for at, name in enumerate(names)
        if at != place and name not in categorical
    ]
    return noting(
        graph.with_attributes(**found), *([told] if strangers or without else []), *filter(None, odd)
    )


def _odd_one(path: Path, name: str, at: int, rows: Rows) -> str:
    """A note of a value that makes categories of a column of which more than half is numbers; "": none."""
    known = [(line, row[at]) for line, row in rows if row[at]]
    odd = [(line, value) for line, value in known if as_number(value) is None]
    if not 0 < 2 * len(odd) < len(known):
        return ""
    return (
        f"{path.name}, line {odd[0][0]}: {odd[0][1][:30]!r} is no number, so all of the column {name!r} are "
        "categories; leave empty what is not known."
    )


def _remedy(people: dict[str, int], strangers: set[str]) -> str:
    """What to do about names that nobody in the graph has."""
    if any(name.isdigit() and (name.lstrip("0") or "0") in people for name in strangers):
        return (
            "names differ by zeros in front: write them alike, and read the graph with labels='text' if its "
            "file has them too."
        )
    return "say unmatched='report' to leave them out."


def _column(values: list[str], categorical: bool) -> Column:
    return categories(values) if categorical else column(values)


def read_table(path: Path, size_limit: int = OBJECTS_LIMIT) -> tuple[list[str], Rows]:
    """Names of the columns of a CSV table (may be .gz), and its rows with their line numbers."""
    rows = _rows(path, as_text(path, read_bytes(path, size_limit)))
    line, names = next(rows)
    if len(set(names)) < len(names) or "" in names:
        raise refused(path, "the header must give every column a name of its own.", line)
    return names, list(_equally_long(path, rows, len(names)))


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    mark = guessed_delimiter(text.lstrip().split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="," if mark == " " else mark, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                fields = [field.strip() for field in row]
                yield line, [_with_point(field) for field in fields] if mark == ";" else fields
            line = reader.line_num + 1  # where the next row begins, which a quoted field may make long
    except csv.Error as error:
        raise refused(path, f"{error}.", reader.line_num) from None


def _with_point(field: str) -> str:
    """A number with a decimal comma as one with a point: so numbers stand between semicolons."""
    return field.replace(",", ".") if DECIMAL_COMMA.fullmatch(field) else field


def _equally_long(
    path: Path, rows: Iterator[tuple[int, list[str]]], columns: int
) -> Iterator[tuple[int, list[str]]]:
    for line, row in rows:
        if len(row) != columns:
            raise refused(path, f"{len(row)} columns where the header has {columns}.", line)
        yield line, row


def _key_place(path: Path, names: list[str], key: str | None) -> int:
    if key is not None and key not in names:
        raise refused(path, f"there is no column '{key}'. {did_you_mean(key, names)}", 1)
    return 0 if key is None else names.index(key)


def _check_names(path: Path, names: list[str], categorical: Sequence[str]) -> None:
    for name in categorical:
        if name not in names:
            raise refused(path, f"there is no column '{name}'. {did_you_mean(name, names)}", 1)


def _joined(
    path: Path, rows: Rows, place: int, people: dict[str, int]
) -> tuple[dict[int, list[str]], list[int]]:
    """The row of each person, and the lines that name nobody."""
    row_of: dict[int, list[str]] = {}
    strangers = []
    for line, row in rows:
        person = people.get(row[place])
        if person is None:
            strangers.append(line)
        elif person in row_of:
            raise refused(path, "this person has a row already.", line)
        else:
            row_of[person] = row
    return row_of, strangers
