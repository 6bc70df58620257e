"""``infodemic compare``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.cli.showing import show
from infodemic_sim.comparing.compare import compare
from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.like import labelled
from infodemic_sim.platforms import Platform
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.overall import everywhere, records
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.study.shown import ALONE, change, judged, shown, times_better
from infodemic_sim.study.stopping import stopping_sentence
from infodemic_sim.study.store import FILES

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
    seed = _seed(name, options.seed)
    with meant_as("a scenario", name):
        file = read_scenario(name)
    with shown_progress(quiet=options.quiet) as progress:
        comparison = compare(
            plans_of(adapted(file.scenario, options), file.plans),
            replicates=options.replicates,
            seed=seed,
            workers=cores() if options.workers is None else options.workers,
            threads=options.threads,
            out=out,
            csv=options.csv,
            overwrite=options.overwrite,
            progress=progress,
            until=options.until,
            draws=options.draws,
            fork_at=options.fork_at,
            observed=options.observed,
            observed_plan=options.observed_plan,
        )
    if options.as_json:
        show(effect_rows(comparison.effects()), title="", as_json=True)
    elif not options.quiet:
        report(comparison, out)
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


def _seed(name: str, seed: int | None) -> int:
    if seed is None and name != DEMO:
        raise ParameterError("compare: --seed is required: it fixes every draw, so that others get the same.")
    return DEMO_SEED if seed is None else seed


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def report(comparison: Comparison, out: Path) -> None:
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
    for name in sorted(name for name in FILES if (out / name).exists()):
        print(f"  {out / name}")


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
