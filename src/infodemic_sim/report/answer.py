"""The answer in two plain sentences, from the effects on the primary outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.overall import Row, by_plan, overall, ranking
from infodemic_sim.study.shown import (
    decimals_of_interval,
    digits_after_point,
    number,
    shown,
    stays,
    told,
    verdict,
)
from infodemic_sim.study.unknowns import DECLARED, used_again

if TYPE_CHECKING:
    import pandas as pd

CHANCE = "this is chance within the model, and what the model assumes is a further doubt (see Limits)"
DRAWN = "this holds chance and what is open of the parameters drawn, but no doubt about rules (see Limits)"


def question(comparison: Comparison) -> str:
    """What was asked."""
    label = shown(comparison.primary).label.lower()
    others = comparison.names[1:]
    what = f"What does “{others[0]}”" if len(others) == 1 else f"What do {len(others)} other plans"
    days = float(comparison.runs["day"].max())
    return f"{what} change in {label} within {days:g} days, compared with “{comparison.baseline}”?"


def answer(comparison: Comparison, effects: pd.DataFrame) -> list[str]:
    """Two sentences: what the best plan did, and how sure that is."""
    rows = overall(effects, comparison.primary)
    if rows.empty:
        return ["There is no second plan, so nothing is compared."]
    found = by_plan(rows)
    order = [found[plan] for plan in ranking(rows)]
    good = [row for row in order if verdict(row) in ("better", "changed")]
    return [
        _found(good[0], len(order)) if good else _nothing_found(order[0]),
        _sureness(good, order, DRAWN if comparison.draws else CHANCE),
    ]


def doubt(comparison: Comparison) -> str:
    """What intervals hold, and what they do not."""
    draws = comparison.draws
    if draws is None:
        return (
            "The intervals hold chance between runs only. They do not hold doubt about rules and numbers: "
            "vary those before a decision."
        )
    if draws["from"] == DECLARED:
        what = "what sources leave open of strengths, drawn anew in every replicate from their ranges"
    else:
        named = ", ".join(draws["parameters"])
        what = f"what the {draws['rows']} draws of {draws['from']} leave open of {named}"
    return (
        f"The intervals hold chance between runs, and {what}. They do not hold doubt about rules and the "
        "other numbers."
        f" {used_again(draws, len(comparison.finished))}".rstrip()
    )


def corrected(comparison: Comparison, effects: pd.DataFrame) -> str:
    """How many plans stay told from zero when it counts how many were compared; empty for fewer than two."""
    rows = list(by_plan(overall(effects, comparison.primary)).values())
    alone = [row for row in rows if told(row)]
    if len(rows) < 2:
        return ""
    if not alone:
        return f"None of the {len(rows)} plans compared can be told from no change, so none needs correction."
    lost = len(alone) - sum(map(stays, alone))
    kept = f"{len(alone) - lost} of the {len(alone)} plans told from no change"
    remark = "; those that do not are marked †" if lost else ""
    return f"Counting that {len(rows)} plans were compared (Holm’s correction), {kept} stay so{remark}."


def _found(row: Row, plans: int) -> str:
    """The best plan's effect with its interval."""
    how, fell = shown(row["measure"]), row["difference"] < 0
    verb = ("lowered" if fell else "raised") + f" {how.label.lower()}" + (" most" if plans > 1 else "")
    relative = abs(row["relative"]) * 100
    share = f", or {number(relative, 1)} %" if relative == relative else ""
    return (
        f"“{row['plan']}” {verb}: from {level(row, 'baseline')} to {level(row, 'value')}, "
        f"a {'fall' if fell else 'rise'} of {size(row)}{share}."
    )


def _nothing_found(row: Row) -> str:
    label = shown(row["measure"]).label.lower()
    if row["pairs"] < 2:
        return f"A single pair of runs cannot tell whether any plan changes {label}: run more replicates."
    return f"No plan moved {label} to the better by more than chance could explain."


def _sureness(good: list[Row], order: list[Row], source: str) -> str:
    """In how many pairs the best plan was better, and for how many plans the runs leave it open."""
    said = []
    if good and (share := good[0]["probability_of_benefit"]) == share:
        said.append(f"it came out better in {share * 100:.0f} % of {int(good[0]['pairs'])} paired runs")
    count = sum(verdict(row) in ("unclear", "none") for row in order)
    if count and good:
        said.append(f"{count} of the {len(order)} plans cannot be told from no change")
    text = "; ".join([", and ".join(said), source] if said else [source])
    return f"{text[0].upper()}{text[1:]}."


def size(row: Row) -> str:
    """How large a change is, with its unit and interval, without its sign."""
    how = shown(row["measure"])
    places = decimals_of_interval(row["low"] * how.scale, row["high"] * how.scale)
    middle, *ends = (number(abs(row[name]) * how.scale, places) for name in ("difference", "low", "high"))
    low, high = ends if row["difference"] > 0 else reversed(ends)
    return f"{middle} {how.unit_of_change} (95 % interval {low} to {high})"


def level(row: Row, column: str) -> str:
    """A mean in the unit in which it is shown, so fine that the change between two of them can be seen."""
    how = shown(row["measure"])
    places = digits_after_point(row["difference"] * how.scale, 2)
    return f"{number(row[column] * how.scale, places)} {how.unit}".strip()
