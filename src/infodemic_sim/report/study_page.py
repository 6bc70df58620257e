"""The report of a study of many designs: one HTML page that loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infodemic_sim.report.answer import listed
from infodemic_sim.report.page import environment, numbers_of
from infodemic_sim.report.study_answer import designs
from infodemic_sim.report.study_findings import design_by_design, on_average
from infodemic_sim.scenario_file.emitting import yaml_text
from infodemic_sim.study.shown import ALONE, paired_runs, shown
from infodemic_sim.study.store import write_text
from infodemic_sim.sweeps.compared import Block, whole
from infodemic_sim.sweeps.folder import study_of
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.status import status

BOTS = "population.bots"
NOT_TOGETHER = "At no design has every plan run in one replicate, so there are no means over designs."


def write_study_report(results: Results, path: str | Path) -> Path:
    """Write the report of a study as one HTML file, at once or not at all."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, study_html(results))
    return path


def study_html(results: Results) -> str:
    """The report as text; whatever users named is escaped."""
    record, (study, lost) = results.record, study_of(results.record)
    block = whole(results, results.design["point"].unique().tolist())
    effects = results.effects() if len(record["plans"]) > 1 else None
    alone, mean = design_by_design(results, effects), on_average(results, block, effects)
    return environment().get_template("study.html").render(
        record=record,
        designs=designs(record["points"]),
        pairs=paired_runs(record["replicates"]),
        many=record["points"] > 1,
        question=question(record),
        warnings=warnings(results, block),
        **{
            "primary": shown(record["primary"]),
            "alone": ALONE,
            **alone,
            **mean,
            "answer": [*mean["answer"], *alone["answer"]],
        },
        yaml="" if lost else yaml_text(record["study"]),
        lost=lost,
        **numbers_of([study.scenario] if study else [], automated=automated(results)),
    )  # fmt: skip


def question(record: Mapping[str, Any]) -> str:
    """What was asked."""
    (baseline, *others), label = record["plans"], shown(record["primary"]).label.lower()
    if not others:
        return f"Under “{baseline}”, what becomes of {label}, and where?"
    what = f"What does “{others[0]}”" if len(others) == 1 else f"What do {len(others)} plans"
    return f"{what} change in {label}, compared with “{baseline}”, and where?"


def automated(results: Results) -> bool:
    """Whether a design gives automated accounts to a scenario that may have none of its own."""
    return BOTS in results.parameters and bool((results.design[BOTS] > 0).any())


def warnings(results: Results, block: Block) -> list[str]:
    """What a reader must know before the answer: which runs are missing, and what that does."""
    found, record = status(results.folder), results.record
    said = []
    if found.left:
        said.append(
            f"{found.left:,} of {found.runs:,} runs are not there yet; everything rests on the others."
        )
    if found.failed:
        said.append(
            f"{found.failed:,} of {found.runs:,} runs failed and are left out with their pairs; most often: "
            f"{results.failures()['error'].mode().iloc[0]}"
        )
    if not block.points:
        return [*said, NOT_TOGETHER]
    if absent := [f"“{plan}”" for plan in record["plans"] if plan not in block.plans]:
        said.append(f"No run of {listed(absent)} has one of “{block.plans[0]}” beside it: nothing is told.")
    if len(block.points) < record["points"] or len(block.replicates) < record["replicates"]:
        said.append(
            f"Means over designs rest on {len(block.points):,} of {designs(record['points'])} and on "
            f"{len(block.replicates):,} of {record['replicates']:,} replicates: where all plans have run."
        )
    return said
