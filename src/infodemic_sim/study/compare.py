"""Compare plans: the same people, the same chances, and only the plan differs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, WorkerError
from infodemic_sim.interruption import ctrl_c_heard, stop_if_asked
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison, stacked
from infodemic_sim.study.plans import refuse_what_cannot_be_run
from infodemic_sim.study.replicate import Plans, Tables, run_replicate
from infodemic_sim.study.stopping import Stopping, stopping_of
from infodemic_sim.study.unknowns import Unknowns, unknowns_of
from infodemic_sim.study.workers import in_executor, in_own_workers

if TYPE_CHECKING:
    import pandas as pd

LOG = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Called with the number of finished replicates, and of all."""


def compare(
    plans: Mapping[str, Scenario],
    *,
    replicates: int,
    seed: int,
    workers: int = 1,
    threads: int = 1,
    executor: Executor | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
    until: float | None = None,
    draws: str | Path | pd.DataFrame | None = None,
) -> Comparison:
    """Run all plans with common random numbers, so that their paired differences are due to the plans alone.

    Replicate r of every plan uses the draws of (seed, r). Plans that differ in nothing but their
    interventions share one warm-up. The result does not depend on ``workers``, ``threads`` or ``executor``.
    When it is interrupted (Ctrl-C), the finished replicates come back, and ``interrupted`` is true.

    Parameters
    ----------
    plans : scenarios by name; the first is the baseline.
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
        open; or a table with a column for each path of a parameter (a CSV or Parquet file, or a data frame,
        such as draws from a posterior), of which each replicate uses one row. All plans of a replicate have
        the same values, so every interval then holds chance and what is not known of them.

    Raises
    ------
    ParameterError
        If plans, replicates, seed, workers, threads, until or draws cannot be used.
    OutputExistsError
        If ``out`` holds results already.
    WorkerError
        If a worker died; its ``comparison`` holds the finished replicates, or None.
    """
    from infodemic_sim.study.store import refuse_to_overwrite, write_tables

    plans = checked(plans, replicates=replicates, seed=seed, workers=workers, threads=threads)
    if out is not None:
        refuse_to_overwrite(Path(out))
    stopping = stopping_of(until, plans, replicates)
    unknowns = unknowns_of(draws, plans, seed=seed, replicates=replicates)
    tables: dict[int, Tables] = {}
    work = _work(plans, replicates, seed, workers, threads, executor, unknowns)
    failure = collect(tables, work, replicates, progress, stopping)
    comparison = gathered(plans, seed, replicates, tables) if tables else None
    if comparison is not None:
        enough = stopping is not None and stopping.reached
        comparison = replace(
            comparison, until=until, reached=enough, draws=unknowns.record if unknowns else None
        )
    if out is not None and comparison is not None:
        write_tables(comparison, Path(out))
    if isinstance(failure, WorkerError):
        failure.__dict__["comparison"] = comparison
        raise failure
    if comparison is None:
        raise failure or KeyboardInterrupt
    return comparison


def collect(
    tables: dict[int, Tables],
    work: Iterator[tuple[int, Tables]],
    replicates: int,
    progress: Progress | None,
    stopping: Stopping | None = None,
) -> KeyboardInterrupt | WorkerError | None:
    """Put finished replicates into ``tables``; what cut the work short, if anything did.

    Where the work ends early by rule, what was made beyond that number is dropped.
    """
    try:
        with ctrl_c_heard(), closing(work):  # type: ignore[type-var]
            for replicate, found in work:
                stop_if_asked()
                tables[replicate] = found
                LOG.info("replicate %d is there", replicate)
                if progress is not None:
                    progress(len(tables), replicates)
                if stopping is not None and (enough := stopping.enough(tables)) is not None:
                    for beyond in [r for r in tables if r >= enough]:
                        del tables[beyond]
                    break
    except (KeyboardInterrupt, WorkerError) as failure:
        return failure
    return None


def gathered(plans: Plans, seed: int, replicates: int, tables: Mapping[int, Tables]) -> Comparison:
    """The comparison of the replicates that finished, in order of plan, then replicate."""
    finished = tuple(sorted(tables))
    runs = stacked({(name, replicate): tables[replicate][name] for name in plans for replicate in finished})
    primary = next(iter(plans.values())).primary
    return Comparison(tuple(plans), dict(plans), seed, replicates, finished, primary, runs)


def checked(plans: Plans, **counts: int) -> dict[str, Scenario]:
    """The plans, if they can be compared.

    Raises
    ------
    ParameterError
        With the first reason why not.
    """
    for name, least in {"replicates": 1, "seed": 0, "workers": 1, "threads": 1}.items():
        count = counts[name]
        if isinstance(count, bool) or not isinstance(count, int) or count < least:
            raise ParameterError(f"{name} must be a whole number of at least {least}, but got {count!r}.")
    if not plans:
        raise ParameterError("plans must hold at least one scenario, the baseline.")
    for name, plan in plans.items():
        if not isinstance(name, str) or not name or not isinstance(plan, Scenario):
            raise ParameterError(f"plans must be scenarios by name, but got {name!r}: {type(plan).__name__}.")
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


def _work(
    plans: Plans,
    replicates: int,
    seed: int,
    workers: int,
    threads: int,
    executor: Executor | None,
    unknowns: Unknowns | None,
) -> Iterator[tuple[int, Tables]]:
    """Replicates with their tables, from wherever the work is done."""
    numbers = range(replicates)
    if executor is not None:
        return in_executor(executor, plans, numbers, seed=seed, threads=threads, unknowns=unknowns)
    if workers > 1:
        return in_own_workers(workers, plans, numbers, seed=seed, threads=threads, unknowns=unknowns)
    run = partial(run_replicate, plans, seed=seed, threads=threads, unknowns=unknowns)
    return ((r, run(replicate=r)) for r in numbers)


__all__ = ["Comparison", "Progress", "compare"]
