"""What a study says of its designs, one by one: where plans do good, where they do harm, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from infodemic_sim.report.answer import listed
from infodemic_sim.study.overall import Row
from infodemic_sim.study.shown import counted, digits_after_point, number, shown, stays, told, verdict


def by_design(rows: list[Row], baseline: str) -> list[str]:
    """Which plan is told from the baseline most often, by how much; where none is; where one did harm.

    It is not said to be better than other plans, which would need tests between them.
    """
    points: dict[int, list[Row]] = {}
    for row in rows:
        points.setdefault(row["point"], []).append(row)
    points = {point: mine for point, mine in points.items() if any(map(is_known, mine))}
    good = [row for row in rows if is_known(row) and verdict(row) in ("better", "changed")]
    count, for_the_better = designs(len(points)), " for the better" * all(row["better"] for row in rows)
    if not good:
        said = f"Design by design, at none of {count} can any plan be told from “{baseline}”{for_the_better}."
        return [said, *_harm(points, baseline)]
    names = [row["plan"] for row in good]
    often = [plan for plan in dict.fromkeys(names) if names.count(plan) == max(map(names.count, names))]
    mine = [row for row in good if row["plan"] == often[0]]
    rest, alone = len(points) - len({row["point"] for row in good}), sum(not stays(row) for row in mine)
    remark = f" ({alone} of them only taken alone, see †)" if alone else ""
    none = f"; at {rest} no plan can" if rest else ""
    others = f"; as often as {listed([f'“{plan}”' for plan in often[1:]])}" if often[1:] else ""
    return [
        f"Design by design, “{often[0]}” can be told from “{baseline}”{for_the_better} at {len(mine)} of "
        f"{count}{remark}, where it {_moves(mine)}{others}{none}.",
        *_harm(points, baseline),
    ]


def _moves(rows: list[Row]) -> str:
    """Which way, and between what, the effects of one plan that are told from none."""
    up, down = ([row for row in rows if (row["difference"] > 0) == way] for way in (True, False))
    label = shown(rows[0]["measure"]).label.lower()
    return " and ".join(
        f"{verb} {label} by {_span(mine)}" for verb, mine in (("lowers", down), ("raises", up)) if mine
    )


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
    return counted(count, "design")


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


def summary(plan: str, rows: list[Row]) -> dict[str, Any]:
    """At how many designs a plan is better, worse or unclear, and how large its effects are."""
    mine = [row for row in rows if row["plan"] == plan]
    how = shown(mine[0]["measure"])
    order = sorted((row["difference"] for row in mine if is_known(row)), key=abs)
    least, most = (order[0], order[-1]) if order else (np.nan, np.nan)
    return {
        "plan": plan,
        "better": _count(mine, "better", "changed"),
        "worse": _count(mine, "worse"),
        "unclear": _count(mine, "unclear", "none"),
        "lost": sum(not is_known(row) for row in mine),
        "least": size(least, how.scale),
        "middle": size(float(np.median(order or [np.nan])), how.scale),
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
