"""The answer in two plain sentences, and a third about harm, from the effects on the primary outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.leader import not_beaten
from infodemic_sim.study.overall import Row, by_plan, overall, ranking
from infodemic_sim.study.shown import (
    change,
    counted,
    decimals_of_interval,
    digits_after_point,
    number,
    shown,
    stays,
    times_better,
    told,
    verdict,
)
from infodemic_sim.study.unknowns import left_open, used_again

if TYPE_CHECKING:
    import pandas as pd

CHANCE = "this is chance within the model, and what the model assumes is a further doubt (see Limits)"
DRAWN = "this holds chance and what is open of the parameters drawn, but no doubt about rules (see Limits)"


def question(comparison: Comparison) -> str:
    """What was asked."""
    label = shown(comparison.primary).label.lower()
    others, days = comparison.names[1:], counted(float(comparison.runs["day"].max()), "day")
    if not others:
        return f"What becomes of {label} within {days} under “{comparison.baseline}”?"
    what = f"What does “{others[0]}”" if len(others) == 1 else f"What do {len(others)} other plans"
    return f"{what} change in {label} within {days}, compared with “{comparison.baseline}”?"


def answer(comparison: Comparison, effects: pd.DataFrame, over: str = "") -> list[str]:
    """What the best plan did, how sure that is and, if any did, which plans made it worse.

    Parameters
    ----------
    over : of what all numbers are means, beside replicates, such as "12 designs".
    """
    rows = overall(effects, comparison.primary)
    if rows.empty and len(comparison.names) > 1:
        return [
            f"In no pair of runs is there a value of {shown(comparison.primary).label.lower()} to compare."
        ]
    if rows.empty:
        return ["There is no second plan, so nothing is compared."]
    found = by_plan(rows)
    order = [found[plan] for plan in ranking(rows)]
    good = [row for row in order if verdict(row) in ("better", "changed")]
    good.sort(key=stays, reverse=True)
    near = not_beaten(comparison, good[0]["plan"]) if good else []
    return [
        _found(good[0], len(order), near, over) if good else _nothing_found(order[0], over),
        _sureness(good, order, near, DRAWN if comparison.draws else CHANCE),
        *_harm([row for row in order if verdict(row) == "worse"]),
    ]


def doubt(comparison: Comparison) -> str:
    """What intervals hold, and what they do not."""
    draws = comparison.draws
    if draws is None:
        return (
            "The intervals hold chance between runs only. They do not hold doubt about rules and numbers: "
            "vary those before a decision."
        )
    return (
        f"The intervals hold chance between runs, and {left_open(draws)}. They do not hold doubt about rules "
        "and the other numbers."
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
    stay = _stay(sum(map(stays, alone)), len(alone))
    return f"Counting that {len(rows)} plans were compared (Holm’s correction), {stay}."


def _stay(kept: int, alone: int) -> str:
    """How many of some plans that are told from no change, each taken alone, stay so."""
    if alone == 1:
        return f"the one told from no change {'stays so' if kept else 'does not stay so, and is marked †'}"
    if kept == alone:
        return f"all {alone} told from no change stay so"
    verb = "stay" if kept > 1 else "stays"
    return f"{kept or 'none'} of the {alone} told from no change {verb} so; those that do not are marked †"


def _found(row: Row, plans: int, near: list[str], over: str) -> str:
    """The best plan's effect with its interval; "most" only where it is told from every other plan."""
    how, fell = shown(row["measure"]), row["difference"] < 0
    verb = f"{'lowered' if fell else 'raised'} {how.label.lower()}" + " most" * (plans > 1 and not near)
    relative = abs(row["relative"]) * 100
    share = f", or {number(relative, 1)} %" if relative == relative else ""
    doubt = "" if stays(row) else f"; of {plans} plans compared, one may do so by chance"
    return (
        f"In the model{_on_average(over)}, “{row['plan']}” {verb}: from {level(row, 'baseline')} to "
        f"{level(row, 'value')}, a {'fall' if fell else 'rise'} of {size(row)}{share}{doubt}."
    )


def _on_average(over: str) -> str:
    return f", on average over {over}" if over else ""


def _nothing_found(row: Row, over: str) -> str:
    how = shown(row["measure"])
    label = how.label.lower()
    if row["pairs"] < 2:
        return f"A single pair of runs cannot tell whether any plan changes {label}: run more replicates."
    said = f"In the model{_on_average(over)}, no plan moved {label} to the better by more than chance could"
    said = f"{said} explain"
    if verdict(row) != "unclear":
        return f"{said}."
    by = f"{change(row)} {_unit(how.unit_of_change)}".strip()
    return f"{said}; the best, “{row['plan']}”, changed it by {by}."


def _sureness(good: list[Row], order: list[Row], near: list[str], source: str) -> str:
    """In how many pairs the best plan was better, and which plans it, or no change, is not told from."""
    said = []
    if good and (times := times_better(good[0])) != "–":
        better, _, equal = times.partition(", ")
        said.append(f"it came out better in {better} paired runs{equal and f' ({equal})'}")
    if beside := [f"“{row['plan']}”" for row in good[1:] if row["plan"] in near]:
        said.append(f"it is not told from {listed(beside)}")
    count = sum(verdict(row) in ("unclear", "none") for row in order)
    if count and good:
        said.append(f"{count} of the {len(order)} plans cannot be told from no change")
    text = "; ".join([", and ".join(said), source] if said else [source])
    return f"{text[0].upper()}{text[1:]}."


def _harm(worse: list[Row]) -> list[str]:
    """A sentence about the plans that made it worse; none: nothing."""
    told = [
        f"“{row['plan']}” by {change(row)} {_unit(shown(row['measure']).unit_of_change)}".rstrip()
        + ("" if stays(row) else " (taken alone)")
        for row in reversed(worse)
    ]
    return [f"It was made worse under {listed(told)}."] if told else []


def listed(names: Sequence[str], most: int = 3) -> str:
    """Some names in a sentence, the others by their number."""
    more = len(names) - most
    few = [*names[:most], f"{more} more"] if more > 0 else [*names]
    return " and ".join(filter(None, [", ".join(few[:-1]), few[-1]]))


def size(row: Row) -> str:
    """How large a change is, with its unit and interval, without its sign."""
    how = shown(row["measure"])
    places = decimals_of_interval(row["low"] * how.scale, row["high"] * how.scale)
    middle, *ends = (number(abs(row[name]) * how.scale, places) for name in ("difference", "low", "high"))
    low, high = ends if row["difference"] > 0 else reversed(ends)
    return f"{middle} {_unit(how.unit_of_change)} ".replace("  ", " ") + f"(95 % interval {low} to {high})"


def level(row: Row, column: str) -> str:
    """A mean in the unit in which it is shown, so fine that both means differ by the change that is told."""
    how = shown(row["measure"])
    before, after, by = (row[name] * how.scale for name in ("baseline", "value", "difference"))
    places = decimals_of_interval(row["low"] * how.scale, row["high"] * how.scale)
    places = max(digits_after_point(by, 2), places)
    places += round(round(after, places) - round(before, places), places) != round(by, places)
    return f"{number(row[column] * how.scale, places)} {_unit(how.unit)}".strip()


def _unit(unit: str) -> str:
    """A unit in a sentence, in which a score has none."""
    return "" if unit == "score" else unit
