"""Compare plans: the same people, the same chances, and only the plan differs."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, whole
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import ScenarioFile
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.plans import Plans, plans_of, refuse_what_cannot_be_run
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
    progress: Progress | None = None,
    until: float | None = None,
    draws: str | Path | Table | None = None,
    fork_at: float | None = None,
) -> Comparison:
    """Run all plans with common random numbers, so that their paired differences are due to the plans alone.

    Replicate r of every plan uses the draws of (seed, r). Plans that differ in nothing but their
    interventions share one warm-up. The result does not depend on ``workers``, ``threads`` or ``executor``.
    When it is interrupted (Ctrl-C), the finished replicates come back, and ``interrupted`` is true.

    Parameters
    ----------
    plans : scenarios by name, the first being the baseline; or what ``read_scenario`` gives.
    replicates : runs of each plan.
    seed : with the plans it fixes every draw.
    workers : processes on this machine that share the replicates.
    threads : threads of each run.
    executor : anything with ``submit`` that is to do the work instead; processes must share this
        machine's files. It stays open.
    out : folder for runs, effects, codebook and provenance, also when not all replicates finish.
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

    Raises
    ------
    ParameterError
        If plans, replicates, seed, workers, threads, until, draws or fork_at cannot be used.
    OutputExistsError
        If ``out`` holds results already.
    WorkerError
        If a worker died; its ``comparison`` holds the finished replicates, or None.
    """
    replicates, seed = whole("replicates", replicates, least=1), whole("seed", seed)
    workers, threads = whole("workers", workers, least=1), whole("threads", threads, least=1)
    plans = checked(plans)
    past = past_of(fork_at, plans)
    return work_through(
        plans, range(replicates), seed,
        workers=workers, threads=threads, executor=executor, out=out, progress=progress,
        stopping=stopping_of(until, plans, replicates),
        unknowns=unknowns_of(draws, plans, seed=seed, replicates=replicates),
        past=past,
    )  # fmt: skip


def checked(plans: Plans | ScenarioFile) -> dict[str, Scenario]:
    """The plans, if they can be compared.

    Raises
    ------
    ParameterError
        With the first reason why not.
    """
    if isinstance(plans, ScenarioFile):
        plans = plans_of(plans.scenario, plans.plans)
    if not isinstance(plans, Mapping):
        raise ParameterError(f"plans must be scenarios by name, but got a {type(plans).__name__}.")
    for name, plan in plans.items():
        if not isinstance(name, str) or not name or not isinstance(plan, Scenario):
            file = " (of a file: give its .scenario)" if isinstance(plan, ScenarioFile) else ""
            raise ParameterError(
                f"plans must be scenarios by name, but got {name!r}: {type(plan).__name__}{file}."
            )
    refuse_what_cannot_be_run(plans)
    return _alike(dict(plans))


def _alike(plans: dict[str, Scenario]) -> dict[str, Scenario]:
    """Plans are compared on their last day, so all must end on the same one."""
    first, baseline = next(iter(plans.items()))
    check_measure(baseline.primary)
    for name, plan in plans.items():
        if plan.primary != baseline.primary:
            raise ParameterError(
                f"plans must have the same primary outcome, but '{first}' has {baseline.primary} and "
                f"'{name}' {plan.primary}."
            )
        if plan.days != baseline.days:
            raise ParameterError(
                f"plans must end on the same day, but '{first}' has {baseline.days:g} days and "
                f"'{name}' {plan.days:g}."
            )
    return plans


__all__ = ["Comparison", "Progress", "compare"]
