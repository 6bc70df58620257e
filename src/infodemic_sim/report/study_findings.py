"""What the page of a study tells: design by design, on average over designs, and at one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from infodemic_sim.report.answer import answer, doubt
from infodemic_sim.report.designs import (
    cells_of,
    large_parts,
    level_rows,
    part_rows,
    price_rows,
    spans,
    value_rows,
)
from infodemic_sim.report.one_design import reference
from infodemic_sim.report.page import change_figure, chart_figure, course_figure, findings, network_figure
from infodemic_sim.report.pictures import films
from infodemic_sim.report.study_answer import by_design, designs, levels, summary
from infodemic_sim.report.study_figures import study_figures
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.overall import records
from infodemic_sim.sweeps.compared import Block, comparison_of
from infodemic_sim.sweeps.results import Results

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 500
ENDS_ALONE = (
    "There is no course over time, because measures were taken at the beginning and at the end only: write "
    "“record: daily” into the study file, and run it into another folder."
)
UNEQUAL = "Designs end on different days, so means over them are those of their last days alone."
NO_NETWORK = (
    "There is no picture of the network: it takes a feed, at most 5,000 people, the same in all plans, and "
    "runs that can be made again from the study file, without parameters drawn in each replicate."
)

NO_PARTS = (
    "There are no effects by subgroup: no part of the people is told apart at every design, with ten or "
    "more members."
)


def design_by_design(results: Results, effects: pd.DataFrame | None) -> dict[str, Any]:
    """What is told of each design alone; of a single design that is nothing more than its means."""
    record, paths = results.record, results.parameters
    primary, (baseline, *others), many = str(record["primary"]), record["plans"], record["points"] > 1
    if effects is None:
        rows = level_rows(results)
        said = levels(rows, primary, baseline) if many else []
        cells = [row["cells"] for row in rows[:MOST_ROWS]]
        alone = {"answer": said, "every": cells, "all_rows": len(rows)}
        return {**alone, "paths": paths, "summary": [], "figures": []}
    every = records(effects)
    return {
        "answer": by_design(every, baseline) if many else [],
        "paths": paths,
        "summary": [summary(plan, every) for plan in others],
        "figures": study_figures(effects, paths, primary, baseline),
        "every": [cells_of(row, paths) for row in every[:MOST_ROWS]],
        "all_rows": len(every),
    }


def on_average(results: Results, block: Block, effects: pd.DataFrame | None) -> dict[str, Any]:
    """What plans did on average over the designs at which all have run, and at one of these."""
    if not block.points:
        return {"answer": [], "comparison": None}
    several = len(block.points) > 1
    average = comparison_of(results, block)
    over = designs(len(block.points)) if results.record["points"] > 1 else ""
    found, near = average.effects(), reference(results, block.points)
    said = findings(average, found)
    one = at_one(comparison_of(results, block.at(near.point), average.primary) if several else average)
    return {
        **said,
        "answer": answer(average, found, over),
        "doubt": doubt(average),
        "over": over,
        "chart": chart_figure(average, found, effects if several else None),
        "change": change_figure(average, found) if has_course(average) else Markup(""),
        "near": near,
        **one,
        **_ranges(results, block, said["subgroups"]),
        "missing": _missing(average, one, said["subgroups"]),
    }


def has_course(comparison: Comparison) -> bool:
    """Whether there is more than a beginning and an end."""
    return bool(comparison.runs["day"].nunique() > 2)


def at_one(comparison: Comparison) -> dict[str, Markup]:
    """The course and the network at one design, as far as there are any."""
    return {
        "course": course_figure(comparison) if has_course(comparison) else Markup(""),
        "network": network_figure(films(comparison, comparison.effects())),
    }


def _missing(average: Comparison, one: dict[str, Markup], subgroups: list[dict[str, Any]]) -> list[str]:
    """Why something is not on the page, and how it would be."""
    plans = len(average.names) > 1
    reasons = {
        ENDS_ALONE: not one["course"],
        UNEQUAL: bool(one["course"]) and not has_course(average),
        NO_NETWORK: plans and not one["network"],
        NO_PARTS: plans and not subgroups,
    }
    return [sentence for sentence, holds in reasons.items() if holds]


def _ranges(results: Results, block: Block, subgroups: list[dict[str, Any]]) -> dict[str, Any]:
    """How far benefits, costs and effects by subgroup reach from design to design."""
    plans, primary = block.plans[1:], str(results.record["primary"])
    if len(block.points) < 2 or not plans:
        return {"prices": [], "parts": [], "values": []}
    found, large = spans(results, primary), large_parts(results)
    kept = [row["subgroup"] for row in subgroups if row["subgroup"] in large]
    return {
        "prices": price_rows(found, plans, primary),
        "parts": part_rows(found, plans, primary, kept),
        "values": value_rows(results, block),
    }
