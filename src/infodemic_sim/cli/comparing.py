"""``infodemic compare``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.showing import show
from infodemic_sim.errors import InfodemicError, ParameterError, UnknownNameError, WorkerError, did_you_mean
from infodemic_sim.graphs.like import labelled
from infodemic_sim.platforms import Platform
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.study.compare import Comparison, compare
from infodemic_sim.study.observed import refuse_unforeseen
from infodemic_sim.study.overall import everywhere, records
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.study.shown import ALONE, change, judged, shown, times_better
from infodemic_sim.study.stopping import stopping_sentence
from infodemic_sim.study.store import demand_room, refuse_to_overwrite

if TYPE_CHECKING:
    import pandas as pd

DEMO, DEMO_SEED = "demo", 1


class Options(NamedTuple):
    """What was asked for beside the scenario and the folder."""

    replicates: int
    seed: int | None
    workers: int | None
    threads: int
    record: str | None
    csv: bool
    overwrite: bool
    keep_labels: bool
    quiet: bool
    as_json: bool = False
    until: float | None = None
    draws: str | None = None
    observed: Path | None = None
    observed_plan: str | None = None
    fork_at: float | None = None


def run(name: str, out: Path, options: Options) -> int:
    """Compare, write and report; the exit code."""
    refuse_to_overwrite(out, options.overwrite)
    seed = _seed(name, options.seed)
    file = read_scenario(name)
    plans = plans_of(adapted(file.scenario, options), file.plans)
    _refuse_observed(plans, options)
    demand_room(out)
    comparison, paths = _compared(plans, out, seed, options)
    if options.as_json:
        show(effect_rows(comparison.effects()), title="", as_json=True)
    elif not options.quiet:
        report(comparison, out, paths)
    return INTERRUPTED if comparison.interrupted else 0


def adapted(scenario: Scenario, options: Options) -> Scenario:
    """The scenario with what the command line says otherwise."""
    if options.record is not None:
        scenario = scenario.but(record=options.record)
    if not options.keep_labels:
        return scenario
    platforms = [_with_labels(platform) for platform in scenario.platforms]
    return scenario.but(population=_with_labels(scenario.population), platforms=platforms)


def _with_labels(part: Population | Platform) -> Population | Platform:
    return part.but(graph=labelled(part.graph)) if part.graph else part


def _refuse_observed(plans: Mapping[str, Scenario], options: Options) -> None:
    """Refuse observed series that cannot be read, or that runs will not hold, before hours of work."""
    plan = options.observed_plan
    if plan is not None and options.observed is None:
        raise ParameterError("compare: --observed-plan says what --observed is set beside: give both.")
    if plan is not None and plan not in plans:
        raise UnknownNameError(f"compare: '{plan}' is not a plan. {did_you_mean(plan, plans)}")
    if options.observed is not None:
        refuse_unforeseen(options.observed, plans[plan] if plan else next(iter(plans.values())))


def _seed(name: str, seed: int | None) -> int:
    if seed is None and name != DEMO:
        raise ParameterError("compare: --seed is required: it fixes every draw, so that others get the same.")
    return DEMO_SEED if seed is None else seed


def _compared(
    plans: Mapping[str, Scenario], out: Path, seed: int, options: Options
) -> tuple[Comparison, list[Path]]:
    """The comparison and its files; what is finished is written even if a worker died."""
    try:
        with shown_progress(quiet=options.quiet) as progress:
            comparison = compare(
                plans,
                replicates=options.replicates,
                seed=seed,
                workers=cores() if options.workers is None else options.workers,
                threads=options.threads,
                progress=progress,
                until=options.until,
                draws=options.draws,
                fork_at=options.fork_at,
            )
    except WorkerError as error:
        if finished := getattr(error, "comparison", None):
            _write(finished, out, options)
        raise
    return comparison, _write(comparison, out, options)


def _write(comparison: Comparison, out: Path, options: Options) -> list[Path]:
    """Write everything; where it is. Runs also where they hold nothing to set beside what was observed."""
    from infodemic_sim.report.output import write_comparison

    write = partial(write_comparison, comparison, out, csv=options.csv, overwrite=options.overwrite)
    path = options.observed
    try:
        points = None if path is None else comparison.observed(path, options.observed_plan)
    except InfodemicError:
        write()
        raise
    return write(observed=points)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def report(comparison: Comparison, out: Path, paths: Sequence[Path]) -> None:
    """Print the primary effect of each plan, and where the files are."""
    done = f"{len(comparison.finished)} of {comparison.replicates} replicates"
    title = f"{shown(comparison.primary).label} on the last day, against {comparison.baseline} ({done})"
    rows = primary_rows(comparison.effects())
    if sys.stdout.isatty():
        show(rows, title=title)
    else:
        print(title)
        for row in rows:
            print(_line(row))
    marked = [ALONE] if any(row["verdict"].endswith("†") for row in rows) else []
    for sentence in [*marked, *filter(None, [stopping_sentence(comparison)]), *comparison.notes()]:
        print(f"Note: {sentence}")
    print(f"\nWritten to {out}:")
    for path in sorted(paths):
        print(f"  {path}")


def effect_rows(effects: pd.DataFrame) -> list[dict[str, object]]:
    """Every number about every effect, over all platforms, topics and people; what is unknown is None."""
    mine = effects[everywhere(effects)].astype(object)
    return records(mine.where(mine.notna(), None))


def primary_rows(effects: pd.DataFrame) -> list[dict[str, str]]:
    """The primary effect of each plan, as a reader meets it."""
    rows = effects[effects["outcome"] == "primary"].to_dict("records")
    return [_row(row) for row in rows]


def _row(row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "plan": str(row["plan"]),
        "change (95 % interval)": f"{change(row)} {shown(row['measure']).unit_of_change}".strip(),
        "runs with benefit": times_better(row),
        "verdict": judged(row),
    }


def _line(row: Mapping[str, str]) -> str:
    plan, moved, benefit, reading = row.values()
    times, _, equal = benefit.partition(", ")
    return f"{plan}: {moved}; better in {times} runs{equal and f', {equal}'}; {reading}"
