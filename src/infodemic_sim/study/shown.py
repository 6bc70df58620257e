"""How numbers of a measure are shown to people: shares as per cent, minutes as hours, few digits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from infodemic_sim.study.effects import FULL_CODEBOOK
from infodemic_sim.study.paired import LEVEL, sign_test

BY_NAME = {measure.name: measure for measure in FULL_CODEBOOK}
CURRENCY = "in the currency of the costs given"
ALONE = (
    "†: told from no change when the plan is taken alone, but not when it counts how many plans were "
    "compared."
)
MINUS, RANGE = "−", " to "


class Shown(NamedTuple):
    """A measure as a reader meets it: shown value = value × scale."""

    label: str
    better: str
    scale: float
    unit: str
    unit_of_change: str


def shown(measure: str) -> Shown:
    """How a measure is shown; one that is not in the codebook stands for itself."""
    known = BY_NAME.get(measure)
    if known is None:
        return Shown(measure.replace("_", " "), "", 1.0, "", "")
    if known.unit == "share":
        return Shown(known.label, known.better, 100.0, "%", "percentage points")
    if known.unit == "min":
        return Shown(known.label, known.better, 1 / 60, "hours", "hours")
    unit = CURRENCY if known.name == "money" else known.unit
    return Shown(known.label, known.better, 1.0, unit, unit)


def number(value: float, decimals: int | None = None) -> str:
    """A number with thousands apart and a true minus sign; three digits that matter unless told."""
    if not math.isfinite(value):
        return "–"
    places = digits_after_point(value, 3) if decimals is None else decimals
    text = f"{abs(value):,.{places}f}"
    return MINUS + text if value < 0 and float(text.replace(",", "")) != 0 else text


def digits_after_point(value: float, significant: int) -> int:
    """Decimals with which a value shows this many digits that matter."""
    if value == 0 or not math.isfinite(value):
        return 0
    return min(6, max(0, significant - 1 - math.floor(math.log10(abs(value)))))


def change(row: Mapping[str, Any], column: str = "difference", scale: float | None = None) -> str:
    """An estimate with its interval, such as −0.36 (−0.61 to −0.11)."""
    low, high = ("low", "high") if column == "difference" else (f"{column}_low", f"{column}_high")
    factor = shown(row["measure"]).scale if scale is None else scale
    middle, below, above = (float(row[name]) * factor for name in (column, low, high))
    if middle == below == above == 0:
        return "0"
    if not below < above:
        return number(middle)
    decimals = decimals_of_interval(below, above)
    return f"{number(middle, decimals)} ({number(below, decimals)}{RANGE}{number(above, decimals)})"


def decimals_of_interval(low: float, high: float) -> int:
    """Two digits of the half width, and enough to see on which side of zero an interval ends."""
    nearest = min(abs(low), abs(high)) if low * high > 0 else 0.0
    return max(digits_after_point((high - low) / 2, 2), digits_after_point(nearest, 1))


def from_zero(low: float, high: float, pairs: int) -> bool:
    """Whether an interval tells an effect from zero; one without width does if so many pairs are alike.

    See ``paired.p_value``: up to five pairs may all differ by the same by chance.
    """
    return (low > 0 or high < 0) and (low < high or bool(sign_test(pairs) < 1.0 - LEVEL))


def verdict(row: Mapping[str, Any]) -> str:
    """none, unclear, better, worse, or changed where neither direction is better."""
    if row["difference"] == 0 and row["low"] == row["high"] == 0:
        return "none"
    if not from_zero(row["low"], row["high"], row["pairs"]):
        return "unclear"
    if not row["better"]:
        return "changed"
    return "better" if (row["difference"] > 0) == (row["better"] == "higher") else "worse"


def judged(row: Mapping[str, Any]) -> str:
    """The verdict, marked where it does not hold when it counts how many plans were compared."""
    return verdict(row) + dagger(row)


def dagger(row: Mapping[str, Any]) -> str:
    """The mark of what ``ALONE`` says, or nothing."""
    return " †" if told(row) and not stays(row) else ""


def times_better(row: Mapping[str, Any]) -> str:
    """In how many pairs a plan came out better, such as "8 of 10, 2 equal"; – where neither way is."""
    share, pairs, equal = row["probability_of_benefit"], int(row["pairs"]), int(row["pairs_equal"])
    if not math.isfinite(share):
        return "–"
    return f"{round(share * pairs - equal / 2)} of {pairs}" + (f", {equal} equal" if equal else "")


def told(row: Mapping[str, Any]) -> bool:
    """Whether an effect can be told from zero, the plan taken alone."""
    return verdict(row) not in ("none", "unclear")


def stays(row: Mapping[str, Any]) -> bool:
    """Whether it still can when it counts how many plans were compared (Holm)."""
    return told(row) and bool(row["p_adjusted"] < 1.0 - LEVEL)


def counted(count: float, what: str) -> str:
    """A number with what it counts, such as "1 day" and "1,000 days"."""
    return f"{round(count, 6):,} {what}".replace(".0 ", " ") + "s" * (count != 1)


def paired_runs(count: int) -> str:
    """How many pairs of runs, in words."""
    return counted(count, "paired run")
