"""Real series beside the runs: how many observed points lie where the runs say that nine in ten should."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.simulation import running
from infodemic_sim.study.effects import KEYS
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.observed_lines import Line, lines_of

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.scenario import Scenario
    from infodemic_sim.study.comparison import Comparison
    from infodemic_sim.study.frames import Table

PREDICTED = 0.90
"""Share of runs within the predictive interval."""
COLUMNS = ["plan", "day", *KEYS, "observed", "median", "low", "high", "inside", "replicates"]


def observed_table(
    comparison: Comparison, table: str | Path | Table, plan: str | None = None
) -> pd.DataFrame:
    """Each observed point beside what the runs of a plan predict for it.

    Columns: plan, day, measure, platform, topic, subgroup, ``observed``, ``median``, and the 90 % predictive
    interval of one further run, ``low`` to ``high``: the quantiles 0.05 and 0.95 over replicates, at the
    places k / (n + 1) of n sorted values, so that a further run of the same plan falls between them in 90 %
    of cases if n is at least 19 (fewer promise less: see ``coverage_table``); ``inside``; ``replicates`` with
    a value.

    Parameters
    ----------
    table : a CSV file or data frame with columns day, measure, value and, where they are not "all", platform,
        topic, subgroup. A day is one that was recorded.
    plan : whose runs predict; none: those of the baseline.

    Raises
    ------
    GraphFileError, ParameterError
        If the table is malformed or names what the runs do not hold; with file and line.
    """
    import pandas as pd

    plan = comparison.baseline if plan is None else plan
    if plan not in comparison.names:
        raise UnknownNameError(
            f"'{plan}' is not a plan of this comparison. {did_you_mean(plan, comparison.names)}"
        )
    runs = comparison.runs[comparison.runs["plan"] == plan]
    series = dict(iter(runs.groupby(KEYS, observed=True, sort=False)))
    return pd.DataFrame([{"plan": plan, **_point(line, series)} for line in lines_of(table)], columns=COLUMNS)


def refuse_unforeseen(table: str | Path | Table, plan: Scenario) -> None:
    """Refuse an observed table that names what runs of a plan will not hold, before they are made.

    Raises
    ------
    GraphFileError, ParameterError
        As ``observed_table``.
    """
    import pandas as pd

    lines = list(lines_of(table))
    with running(plan.but(warm_up=0.0), seed=0) as run:
        first, every = run.rows().frame(), run.recorder.every[plan.record]
    days = np.append(np.arange(0, plan.steps, every), plan.steps) * plan.hours_per_step / 24.0
    recorded = pd.DataFrame({"day": days, "value": 0.0})
    series = dict.fromkeys(first[KEYS].itertuples(index=False, name=None), recorded)
    for line in lines:
        _point(line, series)


def coverage_table(points: Table) -> pd.DataFrame:
    """The share of observed points inside the predictive interval, by measure.

    Columns: measure, points, inside, share, and ``promised``, the share to expect if the model were right:
    0.9, or (n - 1) / (n + 1) with fewer than 19 replicates.
    """
    found = as_pandas("points", points).groupby("measure", sort=False, observed=True)
    table = found.agg(points=("inside", "size"), inside=("inside", "sum"), least=("replicates", "min"))
    held = [promised(least) for least in table.pop("least")]
    return table.assign(share=table["inside"] / table["points"], promised=held).reset_index()


def promised(replicates: int) -> float:
    """Chance that one further run lies within the interval of so many: 0.9, or less of fewer than 19."""
    return min(PREDICTED, (replicates - 1.0) / (replicates + 1.0))


def interval_of(replicates: int) -> str:
    """What the predictive interval of so many runs is, in words."""
    share = f"{100.0 * promised(replicates):.0f} % predictive interval"
    if promised(replicates) == PREDICTED:
        return share
    return f"{share}: lowest to highest of {replicates} runs" if replicates > 1 else "one run"


def predicted(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Median, low and high end of the predictive interval of each row, float64[rows, replicates]."""
    tail = (1.0 - PREDICTED) / 2.0
    low, median, high = np.nanquantile(values, [tail, 0.5, 1.0 - tail], axis=1, method="weibull")
    return median, low, high


def _point(line: Line, series: Mapping[tuple[Any, ...], pd.DataFrame]) -> dict[str, Any]:
    """One observed point with its prediction."""
    key = tuple(line.cells[name] for name in KEYS)
    part = _part(line, key, series)
    days = part["day"].to_numpy()
    day, value = line.cells["day"], line.cells["value"]
    values = part["value"].to_numpy(float)[np.isclose(days, day, rtol=0.0, atol=1e-6)]
    values = values[np.isfinite(values)]
    if values.size == 0:
        known = np.unique(days)
        raise ParameterError(
            f"{line.place}: {line.cells['measure']} has no value on day {day:g}; days {known[0]:g} to "
            f"{known[-1]:g} are recorded, {known.size} of them: give one of those, or record more often."
        )
    median, low, high = (float(end[0]) for end in predicted(values[None]))
    known_cells = {name: line.cells[name] for name in ("day", *KEYS)}
    found = {"observed": value, "median": median, "low": low, "high": high}
    return {**known_cells, **found, "inside": low <= value <= high, "replicates": values.size}


def _part(line: Line, key: tuple[Any, ...], series: Mapping[tuple[Any, ...], pd.DataFrame]) -> pd.DataFrame:
    """The runs of a measure and part of the people, or the first name that they do not hold."""
    if key in series:
        return series[key]
    left = list(series)
    for place, name in enumerate(KEYS):
        fitting = [known for known in left if known[place] == key[place]]
        if not fitting:
            near = did_you_mean(key[place], {str(other[place]) for other in left})
            raise UnknownNameError(f"{line.place}: the runs have no {name} '{key[place]}' there. {near}")
        left = fitting
    raise AssertionError(key)
