"""Tables of observations: CSV files, refused in one sentence where they lack something."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.attributes import read_table

LARGEST = 200_000_000
"""Bytes of a table, unpacked."""


def observations(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """A CSV table (may be .gz) as texts; it must have some columns.

    Raises
    ------
    GraphFileError
        If the file is no table.
    ParameterError
        If it is not there, lacks a column, or has no rows.
    """
    if not path.is_file():
        raise ParameterError(
            f"{path}: there is no such file: say where it is, or set INFODEMIC_DATA to the folder of data."
        )
    names, rows = read_table(path, LARGEST)
    if missing := [name for name in columns if name not in names]:
        raise ParameterError(f"{path}: there is no column '{missing[0]}', but {', '.join(names)}.")
    table = pd.DataFrame([row for _, row in rows], columns=names)
    if table.empty:
        raise ParameterError(f"{path}: there are no rows.")
    return table


def numbers(table: pd.DataFrame, column: str, path: Path) -> pd.Series:
    """A column as float64; every row must hold a number."""
    found = pd.to_numeric(table[column], errors="coerce")
    if found.isna().any():
        row = int(found.isna().to_numpy().argmax())
        raise ParameterError(
            f"{path}: row {row + 1} has '{table[column].iloc[row]}' as {column}, which is no number."
        )
    return found.astype(float)


def data_folder(given: str | None) -> Path:
    """The folder of real data: as given, else what INFODEMIC_DATA names, else ../shared/data."""
    return Path(given or os.environ.get("INFODEMIC_DATA") or Path("..") / "shared" / "data")
