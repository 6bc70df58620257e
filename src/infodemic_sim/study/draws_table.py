"""Tables of draws: joint values of parameters, a row a draw, from memory or a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.randomness import name_key
from infodemic_sim.study.frames import as_pandas

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

DRAWS = "draws.csv"
"""What a calibration calls its table of draws."""
WEIGHTED = {"weight", "misfit"}
"""Columns of points that are not drawn yet."""


@dataclass(frozen=True)
class Row:
    """One joint draw: a value for each path of a parameter, and where it stands in the table.

    Parameters
    ----------
    known_by : what the table says, where values have been changed since; empty: the values.
    """

    values: Mapping[str, Any]
    place: str
    known_by: str = ""

    @property
    def text(self) -> str:
        """The values in one order, by which the row is known."""
        return self.known_by or repr(sorted(self.values.items()))


def keys_of(rows: Sequence[Row]) -> np.ndarray:
    """What each row is known by, uint64[rows]: what it holds, and how many equal ones came before it.

    Tables of draws repeat points that weigh much; with keys of their own these do not stand side by side.
    """
    before: Counter[str] = Counter()
    keys = []
    for row in rows:
        keys.append(name_key(f"{row.text} {before[row.text]}"))
        before[row.text] += 1
    return np.array(keys, np.uint64)


def rows_of(draws: str | Path | Table) -> Sequence[Row]:
    """The rows of a table of draws: a data frame, a Parquet file, CSV, or the folder of a calibration.

    Raises
    ------
    ParameterError
        If a folder holds no draws, a file is no Parquet, or points have weights, which draws have not.
    """
    rows = _rows(draws)
    if rows and WEIGHTED <= set(rows[0].values):
        raise ParameterError(
            f"{rows[0].place}: these are points with weights, and draws have none: give {DRAWS}, which "
            "stands beside them, or what posterior.draws gives."
        )
    return rows


def _rows(draws: str | Path | Table) -> Sequence[Row]:
    if not isinstance(draws, str | Path):
        rows = as_pandas("draws", draws).to_dict("records")
        return [Row(_named(row), f"draws, row {k}") for k, row in enumerate(rows)]
    path = table_of(draws)
    if path.suffix.lower() in (".parquet", ".pq"):
        rows = _parquet(path).to_dict("records")
        return [Row(_named(row), f"{path.name}, row {k}") for k, row in enumerate(rows)]
    from infodemic_sim.graphs.attributes import read_table
    from infodemic_sim.scenario_file.scalars import resolve

    names, lines = read_table(path)
    return [
        Row({name: resolve(text) for name, text in zip(names, row, strict=True)}, f"{path.name}, line {line}")
        for line, row in lines
    ]


def table_of(draws: str | Path) -> Path:
    """The table itself, where a path names the folder of a calibration."""
    path = Path(draws)
    if not path.is_dir():
        return path
    if not (path / DRAWS).is_file():
        raise ParameterError(f"{path}: the folder holds no {DRAWS}, as that of a finished calibration does.")
    return path / DRAWS


def _parquet(path: Path) -> pd.DataFrame:
    import duckdb

    from infodemic_sim.study.written import read_parquet

    try:
        return read_parquet(path)
    except (duckdb.Error, ValueError) as error:
        raise ParameterError(
            f"{path}: the file cannot be read as Parquet ({type(error).__name__})."
        ) from None


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
