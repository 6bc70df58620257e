"""Tables behind the figures: one measure over time, with the interval of its mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.codebook import check_measure
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.paired import student

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table


def runs_of(source: Comparison | Table) -> pd.DataFrame:
    """The runs of a comparison, or the table itself."""
    return source.runs if isinstance(source, Comparison) else as_pandas("source", source, Comparison)


def by_day(
    runs: pd.DataFrame, measure: str, platform: str, topic: str, subgroup: str
) -> dict[str, pd.DataFrame]:
    """For each plan, the measure's values: a row per day, a column per replicate."""
    check_measure(measure)
    mine = (
        (runs["measure"] == measure)
        & (runs["platform"] == platform)
        & (runs["topic"] == topic)
        & (runs["subgroup"] == subgroup)
    )
    return {
        str(plan): rows.pivot(index="day", columns="replicate", values="value")
        for plan, rows in runs[mine].groupby("plan", observed=True, sort=False)
    }


def differences(values: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Each plan minus the first, pair by pair."""
    names = list(values)
    return {name: values[name] - values[names[0]] for name in names[1:]}


def interval(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean over replicates by day, and its 95 % interval (Student's t)."""
    n = table.notna().sum(axis=1).to_numpy()
    mean = table.mean(axis=1).to_numpy()
    error = table.std(axis=1, ddof=1).to_numpy() / np.sqrt(np.maximum(n, 1))
    reach = student(n) * error
    return mean, mean - reach, mean + reach
