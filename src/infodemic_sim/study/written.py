"""Tables and descriptions in folders of results, read without trust: of a bounded size, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS = 2**29
"""Rows times columns of a table; a packed file of a few bytes may claim any number."""
LONGEST_TEXT = 10_000
"""Bytes of one cell."""
NESTED = ("STRUCT", "MAP", "UNION", "BLOB")


def quoted(path: Path) -> str:
    """A path as a text in SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def parquet(*paths: Path) -> str:
    """Parquet files as a table in SQL; what would stand for several names (* ? [) is taken as it stands."""
    files = (quoted(Path(re.sub(r"[*?\[]", r"[\g<0>]", str(path)))) for path in paths)
    return f"read_parquet([{', '.join(files)}])"


def read_parquet(path: Path) -> pd.DataFrame:
    """A table that ``write_parquet`` wrote, its rows in their order.

    Raises
    ------
    duckdb.Error
        If the file is none.
    ValueError
        If it would take more room than any table of this package.
    """
    import duckdb

    with duckdb.connect(config={"threads": 1}) as database:
        _check_size(database, path)
        return database.execute(f"SELECT * FROM {parquet(path)}").df()


def _check_size(database: Any, path: Path) -> None:
    """Refuse a table whose cells or texts are too many or too long, by what can be asked for without them."""
    columns = database.execute(f"DESCRIBE SELECT * FROM {parquet(path)}").fetchall()
    rows = database.execute(f"SELECT count(*) FROM {parquet(path)}").fetchall()[0][0]
    if rows * len(columns) > MOST_CELLS:
        raise ValueError(f"{rows:,} rows of {len(columns)} columns")
    texts = ['"' + name.replace('"', '""') + '"' for name, kind, *_ in columns if kind == "VARCHAR"]
    lengths = ", ".join(f"max(strlen({name}))" for name in texts)
    if texts and any(
        (found or 0) > LONGEST_TEXT
        for found in database.execute(f"SELECT {lengths} FROM {parquet(path)}").fetchall()[0]
    ):
        raise ValueError(f"a text of more than {LONGEST_TEXT:,} bytes")
    if nested := [name for name, kind, *_ in columns if kind.startswith(NESTED) or kind.endswith("]")]:
        raise ValueError(f"the column {nested[0]} holds something else than numbers or texts")


def demand(said: Mapping[str, Any], kinds: Mapping[str, type | UnionType]) -> None:
    """Refuse, by a ValueError, a description in which something is missing or of another kind."""
    for name, kind in kinds.items():
        value = said.get(name)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"'{name}' is missing or of another kind")


def demand_names(values: Any, what: str) -> None:
    """Refuse, by a ValueError, what is no list of different texts, one at least."""
    right = isinstance(values, list) and values and all(isinstance(value, str) for value in values)
    if not right or len(set(values)) < len(values):
        raise ValueError(f"{what} must be different names")
