"""Tables on a terminal, plain lines in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

PROSE = 24
"""Letters in a line from which on prose can be read; longer words may be broken."""
BETWEEN = 3
"""Letters between two columns."""


def show(rows: Sequence[Mapping[str, Any]], *, title: str = "", as_json: bool = False) -> None:
    """Print rows that have the same columns: a table on a terminal, else a line each, tabs between.

    A terminal too narrow for the columns has a block for each row.
    """
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False))
    elif sys.stdout.isatty():
        _table(rows, title)
    elif rows:
        print("\t".join(rows[0]))
        for row in rows:
            print("\t".join(text(value) for value in row.values()))


def text(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, list):
        return ", ".join(map(text, value))
    return "" if value is None else " ".join(str(value).split())


def _table(rows: Sequence[Mapping[str, Any]], title: str) -> None:
    from rich.console import Console

    console = Console(markup=False, highlight=False)
    cells = [{name.replace("_", " "): text(value) for name, value in row.items()} for row in rows]
    heads = list(cells[0]) if cells else []
    room = sum(_needed([head, *(row[head] for row in cells)]) + BETWEEN for head in heads)
    (_as_blocks if room > console.width else _as_table)(console, cells, title)


def _needed(texts: Sequence[str]) -> int:
    """Letters that a column takes to be read: its words in one piece, several where it is prose."""
    longest = max((len(word) for each in texts for word in each.split()), default=0)
    return min(PROSE, max(longest, PROSE if max(map(len, texts)) > 2 * PROSE else 0))


def _as_table(console: Console, rows: Sequence[Mapping[str, str]], title: str) -> None:
    from rich.table import Table

    table = Table(title=title or None, title_justify="left")
    for head in rows[0] if rows else ():
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row.values())
    console.print(table)


def _as_blocks(console: Console, rows: Sequence[Mapping[str, str]], title: str) -> None:
    """A block for each row, for a terminal that is too narrow for its columns; what is empty is left out."""
    if title:
        console.print(title, style="italic")
    for row in rows:
        first, *rest = row.items()
        console.print(first[1], style="bold")
        for head, told in rest:
            if told:
                line = f"{head}: {told}"
                console.print(fill(line, console.width, initial_indent="  ", subsequent_indent="    "))
