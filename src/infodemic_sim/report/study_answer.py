"""What a study says of its designs, one by one: where plans are best, where they do harm, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from infodemic_sim.report.answer import listed
from infodemic_sim.study.overall import Row
from infodemic_sim.study.shown import digits_after_point, number, shown, stays, told, verdict


def by_design(rows: list[Row], baseline: str) -> list[str]:
    """Which plan is best most often, by how much; where none can be told from chance; where one did harm."""
    points: dict[int, list[Row]] = {}
    for row in rows:
        points.setdefault(row["point"], []).append(row)
    best = [min(mine, key=_badness) for mine in points.values() if any(map(is_known, mine))]
    good = [row for row in best if verdict(row) in ("better", "changed")]
    count = designs(len(points))
    if not good:
        said = f"Design by design, at none of {count} can any plan be told from “{baseline}” for the better."
        return [said, *_harm(points, baseline)]
    names = [row["plan"] for row in good]
    leader = max(dict.fromkeys(names), key=names.count)
    mine = [row for row in good if row["plan"] == leader]
    rest, alone = len(best) - len(good), sum(not stays(row) for row in mine)
    verb = "lowers" if mine[0]["difference"] < 0 else "raises"
    remark = f" ({alone} of them only taken alone, see †)" if alone else ""
    none = f"; at {rest} no plan can be told from “{baseline}” for the better" if rest else ""
    label, place = shown(mine[0]["measure"]).label.lower(), "best" if mine[0]["better"] else "lowest"
    return [
        f"Design by design, “{leader}” comes out {place} at {len(mine)} of {count}{remark}, where it {verb} "
        f"{label} by {_span(mine)}{none}.",
        *_harm(points, baseline),
    ]


def levels(rows: list[dict[str, Any]], measure: str, baseline: str) -> list[str]:
    """Between what the levels of the one plan of a study lie."""
    known = [row for row in rows if is_known(row)]
    if len(known) < 2:
        return []
    how = shown(measure)
    ends = [f(known, key=lambda row: row["difference"]) for f in (min, max)]
    low, high = (f"{number(row['difference'] * how.scale)} {how.unit} ({row['where']})" for row in ends)
    return [f"{how.label} under “{baseline}”: from {low} to {high}, as means of runs at one design."]


def is_known(row: Row) -> bool:
    """Whether any pair of runs has a value."""
    return bool(np.isfinite(row["difference"]))


def designs(count: int) -> str:
    """How many designs, in words."""
    return f"{count:,} design{'s' * (count != 1)}"


def _span(rows: list[Row]) -> str:
    """The smallest and the largest of some effects, without their sign."""
    how = shown(rows[0]["measure"])
    sizes = sorted(abs(row["difference"]) for row in rows)
    low, high = (size(value, how.scale) for value in (sizes[0], sizes[-1]))
    return f"{low if low == high else f'{low} to {high}'} {how.unit_of_change}".rstrip()


def _harm(points: Mapping[int, list[Row]], baseline: str) -> list[str]:
    """A sentence about plans that make it worse somewhere; none: nothing."""
    worse = [row for mine in points.values() for row in mine if verdict(row) == "worse"]
    said = []
    for plan in dict.fromkeys(row["plan"] for row in worse):
        mine = [row for row in worse if row["plan"] == plan]
        alone = sum(not stays(row) for row in mine)
        said.append(f"“{plan}” at {len(mine)} of {designs(len(points))}" + f" ({alone} †)" * (alone > 0))
    return [f"Worse than “{baseline}”: {listed(said)}."] if said else []


def _badness(row: Row) -> float:
    """The smaller, the better a plan is; where neither direction is, the more it lowers; failed: last."""
    sign = -1.0 if row["better"] == "higher" else 1.0
    return sign * float(row["difference"]) if is_known(row) else np.inf


def summary(plan: str, rows: list[Row]) -> dict[str, Any]:
    """At how many designs a plan is better, worse or unclear, and how large its effects are."""
    mine = [row for row in rows if row["plan"] == plan]
    how = shown(mine[0]["measure"])
    order = sorted((row["difference"] for row in mine if is_known(row)), key=abs)
    least, middle, most = (order[0], order[len(order) // 2], order[-1]) if order else (np.nan,) * 3
    return {
        "plan": plan,
        "better": _count(mine, "better", "changed"),
        "worse": _count(mine, "worse"),
        "unclear": _count(mine, "unclear", "none"),
        "lost": sum(not is_known(row) for row in mine),
        "least": size(least, how.scale),
        "middle": size(middle, how.scale),
        "most": size(most, how.scale),
    }


def _count(rows: list[Row], *readings: str) -> str:
    """How many effects read so, and how many of them only with the plan taken alone."""
    mine = [row for row in rows if is_known(row) and verdict(row) in readings]
    alone = sum(told(row) and not stays(row) for row in mine)
    return f"{len(mine)}" + f" ({alone} †)" * (alone > 0)


def size(value: float, scale: float) -> str:
    """A change, with two digits that matter."""
    places = digits_after_point(value * scale, 2)
    return number(value * scale, places if round(value * scale, places) else 0)
