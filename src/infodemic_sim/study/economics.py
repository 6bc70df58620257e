"""Is it worth its price? What plans avert, what they cost, and how sure one can be.

An effect is what the baseline has more of than the plan (cases, harmful choices), on the last day, in pairs
with the same draws. Staff time and money stand apart; only a wage makes one cost of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, of_kind
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import BETTER, SIGNS, last_values, whole
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.paired import paired_statistics, ratio_interval

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

MINUTES, MONEY = "staff_minutes", "money"


class Increments(NamedTuple):
    """What one plan adds to the baseline, in each pair: float64[pairs] each."""

    effect: np.ndarray  # better is positive, in the unit of the measure
    hours: np.ndarray  # of staff
    money: np.ndarray

    def cost(self, wage: float | None) -> np.ndarray:
        """Money, and staff time at its wage if one is given."""
        return self.money if wage is None else self.money + wage * self.hours


def increments(comparison: Comparison, measure: str) -> dict[str, Increments]:
    """Effect, staff time and money of each plan against the baseline, pair by pair.

    Raises
    ------
    ParameterError
        If neither direction of the measure is better, or it was not measured.
    """
    check_measure(measure)
    sign = SIGNS[BETTER[measure]]
    if sign == 0:
        raise ParameterError(f"'{measure}' is neither better high nor low: name an outcome that is.")
    values = last_values(comparison.runs)
    rows = {
        name: {what: _row(wide, what) for what in (measure, MINUTES, MONEY)} for name, wide in values.items()
    }
    base = rows[comparison.baseline]

    def added(name: str, what: str) -> np.ndarray:
        return np.asarray(rows[name][what] - base[what])

    return {
        name: Increments(sign * added(name, measure), added(name, MINUTES) / 60.0, added(name, MONEY))
        for name in comparison.names[1:]
    }


def _row(wide: pd.DataFrame, measure: str) -> np.ndarray:
    key = (measure, "all", "all", "all")
    if key not in wide.index:
        raise ParameterError(f"'{measure}' was not measured here: simulate what it belongs to.")
    return whole(wide, measure)


def cost_effectiveness(
    comparison: Comparison, measure: str = "cases", *, wage: float | None = None
) -> pd.DataFrame:
    """What each plan averts, costs, and costs per unit averted, against the baseline.

    Parameters
    ----------
    measure : the outcome; what is averted is baseline - plan where lower is better, else plan - baseline.
    wage : money for an hour of staff; none: staff time is not turned into money.

    Returns
    -------
    DataFrame
        A row for each plan: ``averted``, ``staff_hours``, ``money`` and ``cost`` (money, and staff time at
        its wage if one is given), each with its paired 95 % interval (``…_low``, ``…_high``);
        ``hours_per_averted``; ``icer``, the cost per unit averted, with Fieller's interval [Fieller1954],
        without bounds where the effect's own interval holds 0; ``standing``: dearer, as dear, cheaper or of
        unclear cost, where the interval holds 0, and better, as good, worse or of unclear effect; or no
        difference; ``pairs``; ``measure``.
    """
    import pandas as pd

    of_kind("comparison", comparison, Comparison)
    rows = [{"plan": name, **_about(found, wage)} for name, found in increments(comparison, measure).items()]
    return pd.DataFrame(rows).assign(measure=measure)


def _about(found: Increments, wage: float | None) -> dict[str, float | int | str]:
    cost = found.cost(wage)
    stacked = np.stack([found.effect, found.hours, found.money, cost])
    stated = paired_statistics(np.zeros_like(stacked), stacked)
    row: dict[str, float | int | str] = {}
    for place, name in enumerate(("averted", "staff_hours", "money", "cost")):
        for end, what in (("", "difference"), ("_low", "low"), ("_high", "high")):
            row[name + end] = float(stated[what][place])
    averted = float(stated["difference"][0])
    row["hours_per_averted"] = float(row["staff_hours"]) / averted if averted else np.nan
    row["icer"] = float(row["cost"]) / averted if averted else np.nan
    row["icer_low"], row["icer_high"] = fieller(cost, found.effect)
    row["standing"] = standing(row)
    row["pairs"] = int(stated["pairs"][0])
    return row


def standing(row: Mapping[str, float | int | str]) -> str:
    """Where a plan lies on the plane of cost and effect, as far as its 95 % intervals tell."""
    price = _side(row, "cost", ("cheaper", "as dear", "dearer", "of unclear cost"))
    worth = _side(row, "averted", ("worse", "as good", "better", "of unclear effect"))
    return "no difference" if (price, worth) == ("as dear", "as good") else f"{price} and {worth}"


def _side(row: Mapping[str, float | int | str], name: str, said: tuple[str, str, str, str]) -> str:
    """On which side of 0 an interval lies: below, nothing but 0, above, or neither."""
    low, high = float(row[f"{name}_low"]), float(row[f"{name}_high"])
    below, nothing, above, unclear = said
    return above if low > 0.0 else below if high < 0.0 else nothing if low == high == 0.0 else unclear


def fieller(above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of mean(above) / mean(below) over pairs, ``paired.ratio_interval``."""
    pairs = np.ones((1, above.size), bool)
    low, high = ratio_interval(above[None], below[None], pairs, np.array([above.size]))
    return float(low[0]), float(high[0])


def frontier(table: Table) -> pd.DataFrame:
    """Plans worth choosing at some price, from ``cost_effectiveness``, with the cost of each further unit.

    The baseline (no effect, no cost) and the plans that no other, and no mix of two others, beats in
    effect at lower or equal cost, by rising effect; ``icer`` is that against the plan before.
    """
    import pandas as pd

    table = as_pandas("table", table)
    points = [("baseline", 0.0, 0.0), *table[["plan", "averted", "cost"]].itertuples(index=False, name=None)]
    points.sort(key=lambda point: (point[2], -point[1]))
    kept: list[tuple[str, float, float]] = []
    for point in points:
        if kept and point[1] <= kept[-1][1]:
            continue  # dearer, and no better
        while len(kept) > 1 and _price(kept[-1], point) <= _price(kept[-2], kept[-1]):
            kept.pop()  # a mix of its neighbours does better
        kept.append(point)
    prices = [np.nan, *(_price(one, other) for one, other in pairwise(kept))]
    found = pd.DataFrame(kept, columns=["plan", "averted", "cost"])
    return found.assign(icer=prices)


def _price(one: tuple[str, float, float], other: tuple[str, float, float]) -> float:
    return (other[2] - one[2]) / (other[1] - one[1])


def acceptability(
    comparison: Comparison,
    measure: str = "cases",
    *,
    worth: Sequence[float],
    wage: float | None = None,
) -> pd.DataFrame:
    """How sure a plan is worth its cost, by what a unit averted is worth [VanHout1994].

    The net benefit of a plan in a pair is worth × effect - cost [StinnettMullahy1998]. Pairs differ by the
    chance of one replicate, and by what is unknown of parameters only if ``draws`` were drawn in each: the
    curve tells no more than they do.

    Parameters
    ----------
    worth : money that averting one unit may cost, ≥ 0; one row for each and each plan.
    wage : money for an hour of staff; none: staff time counts nothing.

    Returns
    -------
    DataFrame
        Columns worth, plan, ``net_benefit`` (mean), ``probability`` (share of pairs in which it is above 0, a
        tie counting half), ``best`` (share of pairs in which no other plan, nor the baseline, has more; ties
        shared), ``measure``.
    """
    import pandas as pd

    if any(not value >= 0.0 for value in worth):
        raise ParameterError("worth must hold numbers of 0 or more.")
    found = increments(comparison, measure)
    rows = []
    for value in worth:
        benefits = np.stack([value * each.effect - each.cost(wage) for each in found.values()])
        for name, net, best in zip(found, benefits, best_shares(benefits), strict=True):
            surely = float(np.mean((1.0 + np.sign(net)) / 2.0))
            rows.append((float(value), name, float(net.mean()), surely, best))
    table = pd.DataFrame(rows, columns=["worth", "plan", "net_benefit", "probability", "best"])
    return table.assign(measure=measure)


def best_shares(benefits: np.ndarray) -> list[float]:
    """Share of pairs in which each plan is best, the baseline (benefit 0) being one of them."""
    all_plans = np.vstack([np.zeros(benefits.shape[1]), benefits])
    best = all_plans == all_plans.max(axis=0)
    return [float(share) for share in (best / best.sum(axis=0)).mean(axis=1)[1:]]
