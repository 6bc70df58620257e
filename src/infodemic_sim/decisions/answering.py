"""The advice in two plain sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from infodemic_sim.decisions.objectives import COST, Objective
from infodemic_sim.study.overall import Row, records
from infodemic_sim.study.plans import TODAY
from infodemic_sim.study.shown import change, digits_after_point, from_zero, number

if TYPE_CHECKING:
    from infodemic_sim.decisions.deciding import Advice

MOST_BEYOND = 3


def answer(advice: Advice) -> list[str]:
    """Two sentences: what to buy, and how sure that is; a third where buying nothing would risk less."""
    row = records(advice.judged[advice.judged["plan"] == advice.recommended])[0]
    return [_advised(row, advice), _sureness(advice), *_risk(advice)]


def _risk(advice: Advice) -> list[str]:
    """A sentence where the plan advised may turn out further below the best than today; else nothing."""
    criterion = str(advice.best["criterion"].iloc[0])
    rows = records(advice.best[advice.best["criterion"] == criterion])
    losses = {str(row["plan"]): float(row["expected_loss"]) for row in rows}
    mine, today = (losses.get(plan, math.nan) for plan in (advice.recommended, TODAY))
    if not mine > today:
        return []
    scale, unit = unit_of(advice, criterion)
    numbers = (number(scale * each, digits_after_point(scale * each, 2)) for each in (mine, today))
    text = " against ".join(numbers)
    return [
        f"Yet so few pairs leave much open: against the best plan it is expected to lose more than doing as "
        f"today ({text} {unit}".rstrip()
        + "): run more replicates before a decision."
    ]


def on_front(row: Row) -> str:
    """How sure it is that no plan beats this one in everything, and from how many pairs of runs.

    Fewer pairs than tell any difference from chance (``shown.from_zero``) make nothing sure.
    """
    pairs = int(row["pairs"])
    few = row["front"] == "surely" and not from_zero(1.0, 1.0, pairs)
    said = f"{'probably' if few else row['front']} ({share(float(row['probability_on_front']))}"
    return f"{said}, {pairs} pair{'s' * (pairs != 1)} of runs)"


def beyond(advice: Advice) -> list[str]:
    """A sentence about plans that would do better, if they are within the budget; none: nothing."""
    told = [f"“{row['plan']}” at {spent(row, 'cost')}" for row in records(advice.beyond)[:MOST_BEYOND]]
    return [f"Expected to do better, but not surely within the budget: {'; '.join(told)}."] if told else []


def _advised(row: Row, advice: Advice) -> str:
    """The plan to choose, what it changes, and what it spends."""
    decision = advice.decision
    within = f"Within the budget of {decision.budget.said()}"
    of = tried(advice)
    if row["plan"] == TODAY:
        return f"{within}, none of the {of} portfolios tried is expected to do better than buying nothing."
    told = [
        f"{each.shown.label.lower()} by {changed(row, each)}{_unit_beside(each)}"
        for each in decision.wanted
        if each.name != COST
    ]
    return (
        f"{within}, “{row['plan']}” is expected to do best of {of} portfolios tried: in the model it changes "
        f"{', '.join(told)}, at a cost of {spent(row, 'cost')} with {spent(row, 'staff_hours')} staff hours."
    )


def tried(advice: Advice) -> str:
    """How many portfolios were tried, and of how many unless of all."""
    return f"{advice.tried:,}" + ("" if advice.tried == advice.possible else f" of {advice.possible:,}")


def _unit_beside(objective: Objective) -> str:
    """The unit, where the label does not say what is counted."""
    return f" {objective.shown.unit_of_change}" if objective.shown.scale == 100.0 else ""


def changed(row: Row, objective: Objective) -> str:
    """What a plan changes about an objective, with its 95 % interval: −12 (−15 to −9)."""
    return _interval(row, objective.name, objective.shown.scale)


def spent(row: Row, resource: str) -> str:
    """What a plan spends, cost or staff_hours, with its 95 % interval."""
    return _interval(row, resource, 1.0)


def _interval(row: Row, name: str, scale: float) -> str:
    ends = {end: row[name + end] for end in ("", "_low", "_high")}
    return change({f"it{end}": value for end, value in ends.items()}, "it", scale)


def _sureness(advice: Advice) -> str:
    """How probable it is that no other plan is better, and what further runs would be worth."""
    first = advice.best.iloc[0]
    mine = advice.information[advice.information["criterion"] == first["criterion"]].iloc[0]
    within = int((advice.best["criterion"] == first["criterion"]).sum())
    new = "new " if advice.decision.confirm else ""
    drawn = ", every pair with parameters drawn anew" if advice.draws else ""
    said = (
        f"The probability that it is the best of the {within} plans judged, today among them, is "
        f"{share(float(first['probability_best']))} ({int(first['pairs'])} {new}pairs of runs each{drawn})"
        f"{_shared(int(first['equals']))}"
    )
    gain = float(mine["expected_gain"])
    if not math.isfinite(gain):
        return f"{said}, which is too few to say what more of them would be worth."
    scale, unit = unit_of(advice, str(first["criterion"]))
    return (
        f"{said}; {int(mine['further_replicates'])} more of each would be expected to improve the choice by "
        f"{number(scale * gain, digits_after_point(scale * gain, 2))} {unit}; and what the model assumes is "
        "a further doubt."
    )


def _shared(others: int) -> str:
    """That other plans do as well in every run, where there are any."""
    if not others:
        return ""
    who = "1 other that does" if others == 1 else f"{others} others that do"
    return f", a place that it shares with {who} as well in every run"


def unit_of(advice: Advice, criterion: str) -> tuple[float, str]:
    """By what a criterion is multiplied to be told, and its unit then."""
    leading = advice.decision.wanted[0]
    if criterion != leading.name:
        return 1.0, "currency units"
    return leading.shown.scale, leading.shown.unit_of_change


def share(probability: float) -> str:
    """A probability in per cent, never more certain than draws can tell."""
    if probability > 0.99:
        return "above 99 %"
    return "below 1 %" if probability < 0.01 else f"{100.0 * probability:.0f} %"
