"""Effects on one measure over all platforms, topics and people: rows by plan, and their ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.study.frames import as_pandas

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

Row = dict[str, Any]
"""One row of a table, by column."""


def overall(effects: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Effects on a measure over all platforms, topics and people."""
    return effects[everywhere(effects) & (effects["measure"] == measure)]


def about(effects: Table, measure: str, *columns: str) -> pd.DataFrame:
    """Effects on a measure, which the table must hold, as it must these columns.

    Raises
    ------
    ParameterError
        If it is no table of effects, or there are none on this measure.
    """
    effects = as_pandas("effects", effects)
    for name in ("measure", "difference", *columns):
        if name not in effects:
            known = did_you_mean(name, map(str, effects.columns))
            raise UnknownNameError(f"the table of effects has no column '{name}'. {known}")
    mine = effects[effects["measure"] == measure]
    if mine.empty:
        known = did_you_mean(measure, map(str, effects["measure"].unique()))
        raise UnknownNameError(f"there are no effects on '{measure}'. {known}")
    return mine


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
