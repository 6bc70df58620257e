"""Compare plans: the same people, the same chances, and only the plan differs."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim.comparing.keeping import kept, refuse_observed
from infodemic_sim.errors import of_executor, whole
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import ScenarioFile
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.plans import checked
from infodemic_sim.study.shared_past import past_of
from infodemic_sim.study.stopping import stopping_of
from infodemic_sim.study.unknowns import unknowns_of
from infodemic_sim.study.work import Progress, work_through

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table


def compare(
    plans: Mapping[str, Scenario] | ScenarioFile,
    *,
    replicates: int,
    seed: int,
    workers: int = 1,
    threads: int = 1,
    executor: Executor | None = None,
    out: str | Path | None = None,
    csv: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
    until: float | None = None,
    draws: str | Path | Table | None = None,
    fork_at: float | None = None,
    observed: str | Path | Table | None = None,
    observed_plan: str | None = None,
) -> Comparison:
    """Run all plans with common random numbers, so that their paired differences are due to the plans alone.

    Replicate r of every plan uses the draws of (seed, r). Plans that differ in nothing but their
    interventions share one warm-up. The result does not depend on ``workers``, ``threads`` or ``executor``.
    When it is interrupted (Ctrl-C), the finished replicates come back, and ``interrupted`` is true.
    ``infodemic compare`` is this function for a scenario file, and writes the same folder.

    Parameters
    ----------
    plans : scenarios by name, the first being the baseline; or what ``read_scenario`` gives.
    replicates : runs of each plan.
    seed : with the plans it fixes every draw.
    workers : processes on this machine that share the replicates.
    threads : threads of each run.
    executor : anything with ``submit`` that is to do the work instead; processes must share this
        machine's files. It stays open.
    out : folder for runs, effects, codebook, figure, report and provenance (see ``write_comparison``), also
        when not all replicates finish; it is refused before the work if it cannot be had.
    csv : in that folder, also the runs as CSV.
    overwrite : results in that folder may go.
    progress : called with (finished, all) after each replicate.
    until : wanted half width of the 95 % interval of every plan's effect on the primary outcome, in its
        unit. After 10, 15, 20 … replicates the study ends if it is reached, and at ``replicates`` anyway;
        the replicates are those of a study without it (see ``study.stopping``).
    draws : "declared": each replicate draws every strength at its default from the range its source leaves
        open; or a table with a column for each path of a parameter (a CSV or Parquet file, a data frame such
        as draws from a posterior, or the folder of a finished calibration), of which each replicate uses one
        row. All plans of a replicate have the same values, so every interval then holds chance and what is
        not known of them.
    fork_at : a day; until then all plans are the baseline, whose past they share, and on that day each
        begins: what if we had acted then? Interventions that a plan shares with the baseline go on, others
        of the baseline end, and those of a plan alone start then, or later if their schedule says so.
    observed, observed_plan : real series that the report sets beside the runs of a plan, the baseline if
        none is named (see ``Comparison.observed``); names that runs will not hold are refused before them.

    Raises
    ------
    ParameterError
        If plans, replicates, seed, workers, threads, until, draws, fork_at or what was observed cannot be
        used, or something is said of the folder where none is given.
    OutputExistsError
        If ``out`` holds results already, and ``overwrite`` is false.
    WorkerError
        If a worker died; its ``comparison`` holds the finished replicates, or None.
    """
    replicates, seed = whole("replicates", replicates, least=1), whole("seed", seed)
    workers, threads = whole("workers", workers, least=1), whole("threads", threads, least=1)
    of_executor(executor)
    plans = checked(plans)
    past = past_of(fork_at, plans)
    refuse_observed(observed, observed_plan, plans)
    work = partial(
        work_through, plans, range(replicates), seed,
        workers=workers, threads=threads, executor=executor, progress=progress,
        stopping=stopping_of(until, plans, replicates),
        unknowns=unknowns_of(draws, plans, seed=seed, replicates=replicates),
        past=past,
    )  # fmt: skip
    return kept(work, out, csv=csv, overwrite=overwrite, observed=observed, observed_plan=observed_plan)


__all__ = ["Comparison", "Progress", "compare"]
