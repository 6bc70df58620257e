"""Plans of a table by benefit and cost, and which of them no other beats."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.study.effects import BETTER, SIGNS
from infodemic_sim.study.shown import shown

if TYPE_CHECKING:
    import pandas as pd

AVERTED = "averted"


class Plane(NamedTuple):
    """Where plans stand.

    Parameters
    ----------
    points : columns plan, benefit and cost, these with ``_low`` and ``_high``, and front: no plan beats it.
    gain : what the benefit is, for the axis.
    """

    points: pd.DataFrame
    gain: str


def plane_of(table: pd.DataFrame, measure: str) -> Plane:
    """Plans of ``cost_effectiveness``, and the baseline; or of a table that ``optimise`` wrote.

    Raises
    ------
    UnknownNameError
        If the table has no such columns.
    """
    if not measure and AVERTED in table:
        name, sign = AVERTED, 1
        measure = next(iter(table.get("measure", [])), "")
    else:
        name, sign = measure, SIGNS[BETTER.get(measure, "lower")]
    if not name:
        raise ParameterError("pareto_front: measure must name the column of the table that tells the gain.")
    for column in ("plan", name, "cost"):
        if column not in table:
            known = did_you_mean(column, map(str, table.columns))
            raise UnknownNameError(f"pareto_front: the table has no column '{column}'. {known}")
    if sign == 0:
        raise ParameterError(f"'{measure}' is neither better high nor low: name an outcome that is.")
    points = _points(table, name, sign * shown(measure).scale)
    if name == AVERTED:
        points.loc[len(points)] = ["baseline", *np.zeros(6), False]
    return Plane(points.assign(front=_unbeaten(points)), _said(measure))


def _points(table: pd.DataFrame, name: str, factor: float) -> pd.DataFrame:
    """Columns as a plane has them; where less is better, the ends of an interval change places."""
    import pandas as pd

    ends = ("", "_low", "_high") if factor > 0 else ("", "_high", "_low")
    benefit = {
        f"benefit{to}": factor * table[name + end]
        for to, end in zip(("", "_low", "_high"), ends, strict=True)
    }
    cost = {f"cost{end}": table[f"cost{end}"] for end in ("", "_low", "_high")}
    return (
        pd.DataFrame({"plan": table["plan"], **benefit, **cost, "front": False})
        .dropna(subset=["benefit", "cost"])
        .reset_index(drop=True)
    )


def _unbeaten(points: pd.DataFrame) -> np.ndarray:
    """Whether no other plan has as much benefit at no more cost, and more or less of one: bool[plans]."""
    gain, cost = points["benefit"].to_numpy(float), points["cost"].to_numpy(float)
    as_good = (gain[:, None] >= gain) & (cost[:, None] <= cost)
    better = (gain[:, None] > gain) | (cost[:, None] < cost)
    return np.logical_not(np.any(as_good & better, axis=0))


def _said(measure: str) -> str:
    if not measure:
        return "Averted, better ↑"
    how = shown(measure)
    fewer = "gained" if how.better == "higher" else "averted"
    unit = f" ({how.unit_of_change})" if how.unit_of_change else ""
    return f"{how.label} {fewer}{unit}, better ↑"
