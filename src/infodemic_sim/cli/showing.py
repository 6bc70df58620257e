"""Tables on a terminal, plain lines in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any


def show(rows: Sequence[Mapping[str, Any]], *, title: str = "", as_json: bool = False) -> None:
    """Print rows that have the same columns: a table on a terminal, else a line each, tabs between."""
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
    from rich.table import Table

    table = Table(title=title or None, title_justify="left")
    for name in rows[0] if rows else ():
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(text(value) for value in row.values()))
    Console(markup=False, highlight=False).print(table)
