"""A finished study as one HTML file in which its designs can be looked at, with no server and no network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.dashboard.bundle import PAGE, script, style
from infodemic_sim.dashboard.pictures import Told
from infodemic_sim.dashboard.stills import stills
from infodemic_sim.dashboard.telling import course, of_plan, told_of
from infodemic_sim.errors import InfodemicError, OutputExistsError, ParameterError
from infodemic_sim.parameter_paths import field_at
from infodemic_sim.report.answer import doubt
from infodemic_sim.report.page import numbers_of
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.overall import Row, by_plan, overall
from infodemic_sim.study.shown import ALONE, shown
from infodemic_sim.study.store import write_text
from infodemic_sim.sweeps.folder import study_of
from infodemic_sim.sweeps.results import Results

if TYPE_CHECKING:
    from infodemic_sim.scenario import Scenario

NO_COURSE: Told = {"days": [], "today": [], "plan": [], "unit": ""}
"""Studies of many runs are recorded at their end."""


def write_explorer(
    source: Comparison | Results, path: str | Path, *, pictures: bool = True, overwrite: bool = False
) -> Path:
    """Write a page on which plans and swept parameters are chosen, among those that were run.

    Nothing is interpolated: sliders stop at values that were run, and move to the nearest design.

    Parameters
    ----------
    pictures : also show the network of the first pair of runs at each design, where the scenarios can be run
        again and there is room for it (about ten megabytes).

    Raises
    ------
    OutputExistsError
        If the file is there already.
    ParameterError
        If there is one plan only.
    """
    path = Path(path)
    if path.exists() and not overwrite:
        raise OutputExistsError(f"{path} is there already: choose another name, or overwrite it.")
    write_text(path, explorer_html(source, pictures=pictures))
    return path


def explorer_html(source: Comparison | Results, *, pictures: bool = True) -> str:
    """The page as text."""
    told = of_comparison(source, pictures) if isinstance(source, Comparison) else of_results(source, pictures)
    code, look = script("still"), style()
    return (PAGE / "still.html").read_text("utf-8").format(
        title=escape(told["about"]), style=look, script=code, style_hash=_hash(look), script_hash=_hash(code),
        study=json.dumps(told, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c"),
    )  # fmt: skip


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def of_comparison(comparison: Comparison, pictures: bool) -> Told:
    """A comparison: one design, several plans."""
    effects, primary = comparison.effects(), comparison.primary
    baseline, *others = _at_least_two(comparison.names)
    rows = {name: by_plan(overall(effects, name)) for name in told_of(primary, effects["measure"])}
    found = {
        plan: {
            **of_plan(
                {name: table[plan] for name, table in rows.items() if plan in table}, primary, len(others)
            ),
            "course": course(comparison, plan),
        }
        for plan in others
    }
    pairs, replicate = len(comparison.finished), comparison.finished[0]
    shown_again = pictures and comparison.made_of_plans and set(comparison.names) == set(comparison.plans)
    scenarios = [dict(comparison.plans)] if shown_again else []
    return {
        "about": f"What plans change in {shown(primary).label.lower()}",
        **_remarks(pairs, [*limits(comparison.plans.values()), doubt(comparison)]),
        "pairs": pairs,
        "baseline": baseline,
        "plans": others,
        "parameters": [],
        "points": [[]],
        "found": [found],
        **stills(scenarios, comparison.seed, replicate),
    }


def of_results(results: Results, pictures: bool) -> Told:
    """A study: designs by points, and the plans at each."""
    record, paths = results.record, results.parameters
    baseline, *others = _at_least_two(record["plans"])
    study, _ = study_of(record)
    points = (
        results.design.groupby("point")[paths].first() if paths else results.design.groupby("point").size()
    )
    values = {path: sorted(set(points.loc[:, path])) for path in paths}
    scenarios = [study.plans_at(point) for point in study.points()] if study and pictures else []
    return {
        "about": f"What plans change in {shown(record['primary']).label.lower()}, at {len(points):,} designs",
        **_remarks(record["replicates"], limits([study.scenario] if study else [])),
        "pairs": record["replicates"],
        "baseline": baseline,
        "plans": others,
        "parameters": [_parameter(path, values[path], study.scenario if study else None) for path in paths],
        "points": [[values[path].index(points.at[point, path]) for path in paths] for point in points.index],
        "found": _found(results, others),
        **stills(scenarios, record["seed"], 0),
    }  # fmt: skip


def _remarks(pairs: int, sentences: list[str]) -> Told:
    """What holds of everything on the page."""
    runs = "1 pair" if pairs == 1 else f"{pairs} pairs"
    return {"shown": f"{runs} of runs on the same draws.", "note": ALONE, "limits": sentences}


def limits(scenarios: Iterable[Scenario]) -> list[str]:
    """What no interval holds, in the words of the report."""
    return [numbers_of(scenarios)["limit"]]


def _at_least_two(plans: Any) -> list[str]:
    names = list(plans)
    if len(names) < 2:
        raise ParameterError("there is one plan only, so nothing that a page could compare.")
    return names


def _found(results: Results, plans: list[str]) -> list[dict[str, Told]]:
    """What was found at each point, by plan."""
    primary = str(results.record["primary"])
    measured = results.query("SELECT DISTINCT measure FROM runs WHERE measure IS NOT NULL")["measure"]
    rows: dict[tuple[int, str], dict[str, Row]] = {}
    for name in told_of(primary, measured):
        for row in results.effects(name).to_dict("records"):
            mine = {str(key): value for key, value in row.items()}
            rows.setdefault((mine["point"], mine["plan"]), {})[name] = mine
    told = {
        place: {**of_plan(mine, primary, len(plans)), "course": NO_COURSE} for place, mine in rows.items()
    }
    return [{plan: told[point, plan] for plan in plans} for point in sorted({point for point, _ in rows})]


def _parameter(path: str, values: list[Any], scenario: Scenario | None) -> Told:
    """One slider: where it stops, and what it means."""
    words = path.split(".")[-1].replace("_", " ")
    owner = path.split(".")[-2].replace("_", " ") if "." in path else ""
    told = {"path": path, "label": f"{words} · {owner}".strip(" ·"), "values": [_plain(v) for v in values]}
    try:
        field = field_at(scenario, path) if scenario else None
    except InfodemicError:
        field = None
    extra = field.json_schema_extra if field and isinstance(field.json_schema_extra, Mapping) else {}
    return {**told, "doc": field.description if field else "", "unit": str(extra.get("unit", ""))}


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
