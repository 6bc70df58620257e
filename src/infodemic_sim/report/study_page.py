"""The report of a study of many designs: one HTML page that loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.report.answer import listed
from infodemic_sim.report.page import environment, numbers_of
from infodemic_sim.report.study_figures import study_figures
from infodemic_sim.scenario_file.emitting import yaml_text
from infodemic_sim.study.overall import Row, records
from infodemic_sim.study.shown import change, digits_after_point, number, shown, verdict
from infodemic_sim.study.store import write_text
from infodemic_sim.sweeps.folder import study_of
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.status import status

MOST_ROWS = 500


def write_study_report(results: Results, path: str | Path) -> Path:
    """Write the report of a study as one HTML file, at once or not at all."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, study_html(results))
    return path


def study_html(results: Results) -> str:
    """The report as text; whatever users named is escaped.

    Raises
    ------
    ParameterError
        If there is one plan only, so that nothing is compared.
    """
    record = results.record
    if len(record["plans"]) < 2:
        raise ParameterError("there is one plan only, so nothing that a report could compare.")
    primary = str(record["primary"])
    effects = results.effects()
    rows = records(effects)
    told, lost = study_of(record)
    unit = shown(primary).unit_of_change
    return environment().get_template("study.html").render(
        record=record,
        plans=record["plans"],
        primary=shown(primary),
        unit=f" ({unit})" if unit else "",
        points=effects["point"].nunique(),
        paths=results.parameters,
        question=question(record),
        answer=answer(rows, str(record["plans"][0])),
        warnings=warnings(results),
        summary=[summary(plan, rows) for plan in record["plans"][1:]],
        figures=study_figures(effects, results.parameters, primary, record["plans"][0]),
        rows=[_cells(row, results.parameters) for row in rows[:MOST_ROWS]],
        all_rows=len(rows),
        yaml="" if lost else yaml_text(record["study"]),
        lost=lost,
        **numbers_of([told.scenario] if told else []),
    )  # fmt: skip


def question(record: dict[str, Any]) -> str:
    """What was asked."""
    (baseline, *others), label = record["plans"], shown(record["primary"]).label.lower()
    what = f"What does “{others[0]}”" if len(others) == 1 else f"What do {len(others)} plans"
    return f"{what} change in {label}, compared with “{baseline}”, and where?"


def answer(rows: list[Row], baseline: str) -> list[str]:
    """Which plan is best most often, by how much; where none can be told from chance; where one did harm."""
    points: dict[int, list[Row]] = {}
    for row in rows:
        points.setdefault(row["point"], []).append(row)
    best = [min(mine, key=_badness) for mine in points.values()]
    told = [row for row in best if verdict(row) in ("better", "changed")]
    if not told:
        said = f"At none of the {len(points)} designs can any plan be told from “{baseline}” for the better."
        return [said, *_harm(points, baseline)]
    names = [row["plan"] for row in told]
    leader = max(dict.fromkeys(names), key=names.count)
    sizes = sorted(abs(row["difference"]) for row in told if row["plan"] == leader)
    how = shown(told[0]["measure"])
    verb = "lowers" if next(row for row in told if row["plan"] == leader)["difference"] < 0 else "raises"
    low, high = (_size(size, how.scale) for size in (sizes[0], sizes[-1]))
    by = low if low == high else f"{low} to {high}"
    rest = len(points) - len(told)
    return [
        f"In the model, “{leader}” {verb} {how.label.lower()} most at {names.count(leader)} of {len(points)} "
        f"designs, by {by} {how.unit_of_change}.".replace(" .", "."),
        *([f"At {rest} of them no plan can be told from “{baseline}” for the better."] if rest else []),
        *_harm(points, baseline),
    ]


def _harm(points: Mapping[int, list[Row]], baseline: str) -> list[str]:
    """A sentence about plans that make it worse somewhere; none: nothing."""
    worse = [row["plan"] for mine in points.values() for row in mine if verdict(row) == "worse"]
    said = [f"“{plan}” at {worse.count(plan)} of {len(points)}" for plan in dict.fromkeys(worse)]
    return [f"Worse than “{baseline}”: {listed(said)}."] if said else []


def _badness(row: Row) -> float:
    """The smaller, the better a plan is; where neither direction is, the more it lowers; failed: last."""
    sign = -1.0 if row["better"] == "higher" else 1.0
    return sign * float(row["difference"]) if np.isfinite(row["difference"]) else np.inf


def warnings(results: Results) -> list[str]:
    """What a reader must know before the answer: runs that failed, or are not there yet."""
    found = status(results.folder)
    said = []
    if found.left:
        said.append(
            f"{found.left:,} of {found.runs:,} runs are not there yet; everything rests on the others."
        )
    if found.failed:
        said.append(f"{found.failed:,} of {found.runs:,} runs failed and are left out with their pairs.")
    return said


def summary(plan: str, rows: list[Row]) -> dict[str, Any]:
    """At how many designs a plan is better, worse or unclear, and how large its effects are."""
    mine = [row for row in rows if row["plan"] == plan]
    readings = [verdict(row) for row in mine]
    how = shown(mine[0]["measure"])
    order = sorted((row["difference"] for row in mine if np.isfinite(row["difference"])), key=abs)
    least, middle, most = (order[0], order[len(order) // 2], order[-1]) if order else (np.nan,) * 3
    return {
        "plan": plan,
        "better": readings.count("better") + readings.count("changed"),
        "worse": readings.count("worse"),
        "unclear": readings.count("unclear") + readings.count("none"),
        "least": _size(least, how.scale),
        "middle": _size(middle, how.scale),
        "most": _size(most, how.scale),
    }


def _size(value: float, scale: float) -> str:
    return number(value * scale, digits_after_point(value * scale, 2))


def _cells(row: Row, paths: list[str]) -> dict[str, Any]:
    """One row of the long table."""
    scale, reading = shown(row["measure"]).scale, verdict(row)
    return {
        "at": [f"{row[path]:g}" if isinstance(row[path], float) else str(row[path]) for path in paths],
        "plan": row["plan"],
        "baseline": number(row["baseline"] * scale),
        "value": number(row["value"] * scale),
        "change": change(row),
        "kind": reading,
        "said": reading.replace("none", "no difference"),
    }
