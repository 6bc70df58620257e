"""``infodemic sweep``, ``status`` and ``cluster-script``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.estimate import Estimate, estimate
from infodemic_sim.cli.scenarios import readable
from infodemic_sim.cli.showing import show
from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.imported import graph_files, told_of
from infodemic_sim.study.overall import Row, records
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.study.shown import Shown, change, number, shown
from infodemic_sim.study.unknowns import used_again
from infodemic_sim.sweeps.agenda import Agenda, agenda_of
from infodemic_sim.sweeps.cluster import Jobs, dask_executor
from infodemic_sim.sweeps.drawing import drawn
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.running import sweep
from infodemic_sim.sweeps.status import status
from infodemic_sim.sweeps.study import Study, is_refusal
from infodemic_sim.sweeps.study_file import read_study

BYTES_PER_ROW = 3.0
"""Of a row on disk; 1.7 to 2.9 were measured on the bundled scenario."""
MOST_ROWS_SHOWN = 40
MOST_TRIED = 1_000
"""Points at which it is tried what a run will take."""


class Options(NamedTuple):
    """What was asked for beside the study and the folder."""

    workers: int | None
    dask: str | None
    shard: str | None
    retry_failed: bool
    quiet: bool
    as_json: bool = False


def run(name: Path, out: Path, options: Options) -> int:
    """Make what is left of a study; the exit code."""
    study = read_study(name)
    if not (options.quiet or options.as_json):
        announce(study)
    try:
        with (
            executor_of(options) as (executor, workers),
            shown_progress("runs", quiet=options.quiet) as progress,
        ):
            results = sweep(
                study,
                out,
                workers=workers,
                executor=executor,
                shard=shard_of(options.shard),
                retry_failed=options.retry_failed,
                progress=progress,
            )
    except KeyboardInterrupt:
        print(f"Stopped; the same command goes on from here: {told(out)}", file=sys.stderr)
        return INTERRUPTED
    if options.as_json:
        show_status(out, as_json=True)
    elif not options.quiet:
        report(results, out)
    return 0


def announce(study: Study) -> None:
    """Say before starting how many runs, rows and bytes there will be, and about how long it will take."""
    agenda = agenda_of(study)
    runs = len(agenda.runs())
    said = (
        f"{len(agenda.points):,} points x {len(agenda.plans)} plans x {study.replicates:,} replicates: "
        f"{runs:,} different runs"
    )
    if each := estimate_of(agenda):
        rows = runs * each.rows
        said += f", at most {rows:,} rows, about {in_bytes(rows * BYTES_PER_ROW)}; "
        said += f"about {readable(runs * each.seconds)} on one core"
    print(f"{said}.")
    for sentence in imports_at(agenda):
        print(f"Note: {sentence}")


def imports_at(agenda: Agenda) -> list[str]:
    """What reading the graph files of all points and draws left out; of what cannot be read runs say why."""
    found: list[str] = []
    for file in graph_files(_scenarios(agenda)):
        with suppress(InfodemicError):
            found += told_of([file])
    return found


def _scenarios(agenda: Agenda) -> Iterator[Scenario]:
    """The scenario at each point where it can be made; where graphs are drawn, that of each replicate."""
    drawing = agenda.drawing if agenda.drawing and agenda.drawing.changes_graphs else None
    for point in agenda.points:
        for replicate in range(agenda.study.replicates if drawing else 1):
            with suppress(InfodemicError):
                yield drawn(agenda.study.at(point), drawing, replicate)


def estimate_of(agenda: Agenda) -> Estimate | None:
    """What a run will take at the first point that can be made; None if many cannot: their rows say why.

    Raises
    ------
    InfodemicError
        If there is no such point.
    """
    mistakes: list[InfodemicError] = []
    for point in agenda.points[:MOST_TRIED]:
        try:
            return estimate(agenda.study.at(point))
        except InfodemicError as error:
            mistakes.append(error)
    if len(mistakes) == len(agenda.points):
        raise mistakes[0]
    return None


def in_bytes(size: float) -> str:
    """A size for people."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


@contextmanager
def executor_of(options: Options) -> Iterator[tuple[Executor | None, int]]:
    """Who is to do the work, and how much of it at once."""
    if options.dask is None:
        yield None, cores() if options.workers is None else options.workers
    elif options.workers is not None:
        raise ParameterError("sweep: say --workers or --dask, not both: a cluster has its own workers.")
    else:
        with dask_executor(options.dask) as found:
            yield found


def shard_of(text: str | None) -> tuple[int, int]:
    """3/8 as numbers; all of it if nothing was said."""
    if text is None:
        return 1, 1
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal()):
        raise ParameterError(f"--shard should look like 3/8, the third of eight, but got '{text}'.")
    return int(number), int(of)


def report(results: Results, out: Path) -> None:
    """Print where the study stands, and the primary effect of each plan at each point, if they are few."""
    show_status(out, as_json=False)
    if len(results.record["plans"]) > 1 and not status(out).left:
        effects, how = results.effects(), shown(str(results.record["primary"]))
        rows = [_effect(row, results, how) for row in records(effects.head(MOST_ROWS_SHOWN))]
        show(rows, title=f"{how.label} at the end")
        if len(effects) > MOST_ROWS_SHOWN:
            print(f"… and {len(effects) - MOST_ROWS_SHOWN:,} more.")
    if said := used_again(results.record.get("draws"), int(results.record["replicates"])):
        print(f"Note: {said}")
    print(f"Results are in {out}: in Python, ids.Results({str(out)!r}).")


def _effect(row: Row, results: Results, how: Shown) -> dict[str, object]:
    """What a plan changes at a point, beside the level under the first plan."""
    units = [f" ({unit})" if unit else "" for unit in (how.unit, how.unit_of_change)]
    return {
        "plan": row["plan"],
        **{path: row[path] for path in results.parameters},
        f"{results.record['plans'][0]}{units[0]}": number(how.scale * row["baseline"]),
        f"change{units[1]}, 95 % interval": change(row),
    }


def told(out: Path) -> str:
    """Where a study stands, in one sentence."""
    found = status(out)
    bad = f", of which {found.failed:,} failed" if found.failed else ""
    work = f"; {found.at_work} at work" if found.at_work else ""
    left = f", about {readable(found.seconds_left)} left" if found.seconds_left is not None else ""
    return f"{found.made:,} of {found.runs:,} runs are there{bad}{work}{left}."


def show_status(out: Path, *, as_json: bool) -> None:
    """Print where a study stands."""
    if as_json:
        print(json.dumps(status(out)._asdict(), indent=2))
        return
    print(told(out))
    if status(out).failed:
        results = Results(out)
        counts = results.failures()["error"].value_counts()
        for error, count in counts.head(5).items():
            print(f"  {count:,} times: {error}")
        if not all(is_refusal(error, results.parameters) for error in counts.index):
            print("Once the cause is mended, --retry-failed runs them again.")


def write_script(study: Path, out: Path, jobs: Jobs) -> None:
    """Print a job script; the study is read first, so that a mistake in it does not wait in a queue."""
    agenda_of(read_study(study))
    print(jobs.script(study.absolute(), out.absolute()), end="")
