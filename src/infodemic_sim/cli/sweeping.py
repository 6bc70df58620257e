"""``infodemic sweep``, ``status`` and ``cluster-script``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.announcing import announce
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.cli.scenarios import readable
from infodemic_sim.cli.showing import show
from infodemic_sim.errors import ParameterError
from infodemic_sim.study.overall import Row, records
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.study.shown import Shown, change, number, shown
from infodemic_sim.study.unknowns import used_again
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.cluster import Jobs, dask_executor
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.running import sweep
from infodemic_sim.sweeps.status import status
from infodemic_sim.sweeps.study import is_refusal
from infodemic_sim.sweeps.study_file import read_study

MOST_ROWS_SHOWN = 40


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
    with meant_as("a study", name):
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
    with meant_as("a study", study):
        agenda_of(read_study(study))
    print(jobs.script(study.absolute(), out.absolute()), end="")
