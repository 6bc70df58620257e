"""What each plan pays for what it averts: staff hours and money per misinformed person and per exposure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from infodemic_sim.study.effects import last_values
from infodemic_sim.study.paired import student

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = {
    "misinformed": "misinformed person averted",
    "exposures_false": "exposure to misinformation averted",
}
"""What is averted, by the measure that tells it; a person is counted once for each topic."""
RESOURCES = {"staff hours": ("staff_minutes", 1.0 / 60.0), "money": ("money", 1.0)}
NOT_ESTIMABLE = "not estimable: the interval of what is averted includes zero"
HARM = "none is averted: there are more with the plan"
SINGLE = "not estimable: a single pair has no interval"
COLUMNS = [
    *("plan", "outcome", "averted", "averted_low", "averted_high"),
    *("resource", "spent", "per_averted", "low", "high", "pairs", "note"),
]


class Estimate(NamedTuple):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


def worth_table(runs: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Cost for each unit averted on the last day: one row per plan, outcome and resource.

    Columns: plan, outcome, ``averted`` (baseline minus plan, mean over pairs, with its 95 % interval
    ``averted_low`` and ``averted_high``), resource (staff hours, money), ``spent`` (plan minus baseline),
    ``per_averted`` (spent / averted) with ``low`` and ``high`` (95 %, Fieller), pairs and note.

    No ratio is given unless the interval of what is averted lies above zero: a ratio to what may be nothing
    has no finite interval.
    """
    import pandas as pd

    wide = last_values(runs)
    base = wide[names[0]]
    rows = [row for name in names[1:] for row in _rows(name, base, wide[name])]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(plan: str, base: pd.DataFrame, other: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows of one plan; an outcome that the spread rule does not measure has none."""
    shared = base.columns.intersection(other.columns)
    base, other = base[shared], other[shared]
    for measure, outcome in OUTCOMES.items():
        if (measure, "all", "all", "all") not in base.index:
            continue
        averted = _units(base, measure) - _units(other, measure)
        mean = interval(averted)
        for resource, (cost, unit) in RESOURCES.items():
            spent = unit * (_whole(other, cost) - _whole(base, cost))
            note = _note(mean, averted.size)
            ratio = Estimate(math.nan, math.nan, math.nan) if note else fieller(spent, averted)
            yield {
                "plan": plan, "outcome": outcome, "resource": resource, "spent": float(spent.mean()),
                **dict(zip(("averted", "averted_low", "averted_high"), mean, strict=True)),
                **dict(zip(("per_averted", "low", "high"), ratio, strict=True)),
                "pairs": averted.size, "note": note,
            }  # fmt: skip


def _whole(wide: pd.DataFrame, measure: str) -> np.ndarray:
    """Values over all platforms, topics and people, float64[replicates]."""
    place = list(wide.index).index((measure, "all", "all", "all"))
    return wide.to_numpy(float)[place]


def _units(wide: pd.DataFrame, measure: str) -> np.ndarray:
    """How many there are: a share counts people, once for each topic."""
    values = _whole(wide, measure)
    return values * _whole(wide, "people") if measure == "misinformed" else values


def _note(averted: Estimate, pairs: int) -> str:
    if pairs < 2:
        return SINGLE
    if averted.high < 0.0:
        return HARM
    return "" if averted.low > 0.0 else NOT_ESTIMABLE


def interval(values: np.ndarray) -> Estimate:
    """Mean of a number for each pair, with Student's interval."""
    mean = float(values.mean())
    reach = float(student(np.array([values.size]))[0]) * math.sqrt(_variance(values, values))
    return Estimate(mean, mean - reach, mean + reach)


def fieller(above: np.ndarray, below: np.ndarray) -> Estimate:
    """mean(above) / mean(below) over pairs, with Fieller's interval.

    It holds every R for which the mean of above - R below is within t standard errors of zero; with a mean of
    ``below`` that is more than t standard errors from zero, as is asked for here, these are the numbers
    between the two roots of a quadratic (Fieller 1954).
    """
    t2 = float(student(np.array([above.size]))[0]) ** 2
    a, c = float(below.mean()), float(above.mean())
    square = a * a - t2 * _variance(below, below)
    middle = (a * c - t2 * _variance(above, below)) / square
    rest = (c * c - t2 * _variance(above, above)) / square
    reach = math.sqrt(max(0.0, middle * middle - rest))
    return Estimate(c / a, middle - reach, middle + reach)


def _variance(x: np.ndarray, y: np.ndarray) -> float:
    """Covariance of two means over the same pairs; not a number for a single one."""
    if x.size < 2:
        return math.nan
    return float(((x - x.mean()) * (y - y.mean())).sum() / (x.size - 1) / x.size)
