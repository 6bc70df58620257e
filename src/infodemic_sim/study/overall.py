"""Effects on one measure over all platforms, topics and people: rows by plan, and their ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
"""One row of a table, by column."""


def overall(effects: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Effects on a measure over all platforms, topics and people."""
    return effects[everywhere(effects) & (effects["measure"] == measure)]


def everywhere(table: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are about all platforms, topics and people."""
    return (table["platform"] == "all") & (table["topic"] == "all") & (table["subgroup"] == "all")


def ranking(rows: pd.DataFrame) -> list[str]:
    """Plans from the best to the worst; where neither direction is better, from the largest fall."""
    sign = np.where(rows["better"] == "higher", -1.0, 1.0)
    return list(rows.assign(rank=rows["difference"] * sign).sort_values("rank", kind="stable")["plan"])


def by_plan(rows: pd.DataFrame) -> dict[str, Row]:
    """Rows of an effects table that holds one for each plan."""
    return {str(row["plan"]): row for row in records(rows)}


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of any table, each by column."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
