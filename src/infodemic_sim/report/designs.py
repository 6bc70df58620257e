"""How what plans do hangs on the design: from the smallest to the largest, and value by value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from infodemic_sim.plots.sensitivity import readable as parameter
from infodemic_sim.plots.series import interval
from infodemic_sim.report.one_design import text
from infodemic_sim.report.study_answer import size
from infodemic_sim.report.study_figures import MOST_VALUES
from infodemic_sim.report.tables import COSTS, Cells, cells, readable
from infodemic_sim.study.effects import BETTER, LOST
from infodemic_sim.study.equity import FEWEST_TOLD
from infodemic_sim.study.overall import Row
from infodemic_sim.study.paired import paired_statistics
from infodemic_sim.study.shown import RANGE, change, shown, verdict

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from infodemic_sim.sweeps.compared import Block
    from infodemic_sim.sweeps.results import Results

VOICES = "voices_accurate"


def spans(results: Results, primary: str) -> pd.DataFrame:
    """The smallest and largest mean paired difference over points: plan, measure, subgroup, least, most.

    Of the primary outcome for each part of the people, and of costs and side effects for all.
    """
    measures = ", ".join(f"'{name}'" for name in (primary, *COSTS, VOICES))
    baseline = str(results.record["plans"][0]).replace("'", "''")
    return results.query(
        "WITH ended AS (SELECT point, plan, replicate, measure, subgroup, arg_max_null(value, day) AS value "
        "FROM design JOIN runs USING (run) WHERE platform = 'all' AND topic = 'all' "
        f"AND measure IN ({measures}) AND (subgroup = 'all' OR measure = '{primary}') GROUP BY ALL), "
        f"base AS (SELECT * FROM ended WHERE plan = '{baseline}'), "
        "moved AS (SELECT point, ended.plan, measure, subgroup, avg(ended.value - base.value) AS shift "
        "FROM ended JOIN base USING (point, replicate, measure, subgroup) "
        f"WHERE ended.plan <> '{baseline}' AND NOT isnan(ended.value - base.value) GROUP BY ALL) "
        "SELECT plan, measure, subgroup, min(shift) AS least, max(shift) AS most FROM moved GROUP BY ALL"
    )


def large_parts(results: Results) -> set[str]:
    """Parts of the people that may be told of design by design: of ten members or more at every design.

    Of topics together everybody is recorded once for each, so that the smallest number is that of people.
    """
    table = results.query(
        "SELECT subgroup, min(members) AS members FROM (SELECT point, topic, subgroup, avg(value) AS members "
        "FROM design JOIN runs USING (run) WHERE measure = 'people' AND platform = 'all' GROUP BY ALL) "
        "GROUP BY ALL"
    )
    return {readable(part) for part in table.loc[table["members"] >= FEWEST_TOLD, "subgroup"]}


def price_rows(found: pd.DataFrame, plans: list[str], primary: str) -> list[Cells]:
    """For each plan the ranges of its benefit, costs and side effects."""
    mine = found[found["subgroup"] == "all"]
    ranges = {(row["plan"], row["measure"]): (row["least"], row["most"]) for row in mine.to_dict("records")}
    ranges |= {(plan, LOST.name): (-b, -a) for (plan, name), (a, b) in ranges.items() if name == VOICES}
    return [
        {
            "plan": plan,
            "benefit": _range(ranges.get((plan, primary)), primary),
            **{name: _range(ranges.get((plan, name)), name) for name in COSTS},
        }
        for plan in plans
    ]


def part_rows(found: pd.DataFrame, plans: list[str], primary: str, kept: list[str]) -> list[Cells]:
    """For each of some parts of the people the range of what each plan changes in the primary outcome.

    Parameters
    ----------
    kept : parts that may be told of, as a reader meets their names.
    """
    mine = found[found["measure"] == primary].to_dict("records")
    reach = {(readable(row["subgroup"]), row["plan"]): (row["least"], row["most"]) for row in mine}
    return [
        {"subgroup": part, "entries": [_range(reach.get((part, plan)), primary) for plan in plans]}
        for part in kept
    ]


def _range(ends: tuple[float, float] | None, measure: str) -> str:
    if ends is None:
        return "–"
    low, high = (size(end, shown(measure).scale) for end in ends)
    return low if low == high else f"{low}{RANGE}{high}"


def value_rows(results: Results, block: Block) -> list[Cells]:
    """For each value of each parameter what plans change at it, as means over the designs that have it.

    Parameters of more values than a page has room for are left out, as is a single one of numbers, of which
    a figure tells, and one of several that has its own value at each: they would all say the same.
    """
    table = results.values(results.record["primary"])
    table = table[table["point"].isin(block.points) & table["replicate"].isin(block.replicates)]
    varied = [path for path in results.parameters if table[path].nunique() > 1]
    if len(varied) == 1 and table[varied[0]].dtype.kind in "iuf":
        return []
    most = min(MOST_VALUES, len(block.points) - (len(varied) > 1))
    few = [path for path in varied if table[path].nunique() <= most]
    return [row for path in few for row in _by_value(table, path, block.plans, results.record["primary"])]


def _by_value(table: pd.DataFrame, path: str, plans: list[str], primary: str) -> Iterator[Cells]:
    """Means over the designs with one value, replicate by replicate, as in ``sweeps.compared``."""
    numbers = table.groupby(["plan", path, "replicate"], sort=False)["value"]
    means = numbers.agg(lambda each: each.mean(skipna=False)).unstack("replicate")
    for value in sorted(table[path].unique()):
        before, *after = (means.loc[[(plan, value)]].to_numpy(float) for plan in plans)
        rows = [_row(before, each, primary) for each in after]
        entries = [{"text": change(row), "kind": verdict(row)} for row in rows]
        yield {"parameter": parameter(path), "value": text(value), "entries": entries}


def _row(before: np.ndarray, after: np.ndarray, primary: str) -> Row:
    found = paired_statistics(before, after)
    return {"measure": primary, "better": BETTER[primary], **{name: each[0] for name, each in found.items()}}


def cells_of(row: Row, paths: list[str]) -> Cells:
    """The effect of one plan at one design, as texts."""
    return {**cells(row), "at": [text(row[path]) for path in paths]}


def level_rows(results: Results) -> list[Cells]:
    """The mean of the one plan of a study at each design, with its interval, as numbers and as texts."""
    primary, paths = str(results.record["primary"]), results.parameters
    values = results.values(primary)
    wide = values.pivot(index="point", columns="replicate", values="value")
    points = values.drop_duplicates("point").set_index("point")
    found = []
    for point, *numbers in zip(wide.index, *interval(wide), strict=True):
        row = {"measure": primary, **dict(zip(("difference", "low", "high"), numbers, strict=True))}
        at = [text(points.loc[point, path]) for path in paths]
        where = ", ".join(f"{parameter(path)} {value}" for path, value in zip(paths, at, strict=True))
        found.append({**row, "where": where, "cells": {"at": at, "value": change(row)}})
    return found
