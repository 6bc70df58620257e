"""The work of a comparison: replicates are made and gathered, whoever makes them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

from infodemic_sim.errors import WorkerError
from infodemic_sim.interruption import ctrl_c_heard, obeyed, stop_if_asked
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison, stacked
from infodemic_sim.study.imported import imports_of
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.replicate import Tables, run_replicate
from infodemic_sim.study.shared_past import SharedPast
from infodemic_sim.study.stopping import Stopping
from infodemic_sim.study.unknowns import Unknowns
from infodemic_sim.study.workers import in_executor, in_own_workers

LOG = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Called with the number of finished replicates, and of all."""
Work = Iterator[tuple[int, Tables]]
"""Replicates with their tables, in order of completion."""


def work_through(
    plans: Plans,
    numbers: Sequence[int],
    seed: int,
    *,
    workers: int,
    threads: int,
    executor: Executor | None,
    progress: Progress | None,
    stopping: Stopping | None = None,
    unknowns: Unknowns | None = None,
    past: SharedPast | None = None,
) -> Comparison:
    """Make these replicates of all plans; see ``compare``.

    Raises
    ------
    WorkerError
        If a worker died; its ``comparison`` holds the finished replicates, or None.
    """
    imports = imports_of(each_plan(plans, unknowns, numbers))  # before the runs: the graphs are kept for them
    tables: dict[int, Tables] = {}
    words = {"seed": seed, "threads": threads, "unknowns": unknowns, "past": past}
    failure = collect(
        tables, begun(plans, numbers, workers, executor, words), len(numbers), progress, stopping
    )
    comparison = gathered(plans, seed, len(numbers), tables) if tables else None
    if comparison is not None:
        comparison = replace(
            comparison,
            until=stopping.until if stopping else None,
            reached=stopping is not None and stopping.reached,
            draws=unknowns.record if unknowns else None,
            fork=past.record if past else None,
            imports=imports,
        )
    if isinstance(failure, WorkerError):
        failure.__dict__["comparison"] = comparison
        raise failure
    if comparison is None:
        raise failure or KeyboardInterrupt
    return comparison


def each_plan(plans: Plans, unknowns: Unknowns | None, numbers: Sequence[int]) -> Iterator[Scenario]:
    """The plans; where graphs are drawn, those of each replicate."""
    if unknowns is None or not unknowns.changes_graphs:
        yield from plans.values()
        return
    for number in numbers:
        yield from unknowns.at(plans, number).values()


def begun(
    plans: Plans, numbers: Sequence[int], workers: int, executor: Executor | None, words: dict[str, Any]
) -> Work:
    """Replicates with their tables, from wherever the work is done."""
    if executor is not None:
        return in_executor(executor, plans, numbers, **words)
    if workers > 1:
        return in_own_workers(workers, plans, numbers, **words)
    run = partial(run_replicate, plans, **words)
    return ((r, run(replicate=r)) for r in numbers)


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
    except KeyboardInterrupt as interrupt:
        obeyed()
        return interrupt
    except WorkerError as failure:
        return failure
    return None


def gathered(plans: Plans, seed: int, replicates: int, tables: Mapping[int, Tables]) -> Comparison:
    """The comparison of the replicates that finished, in order of plan, then replicate."""
    finished = tuple(sorted(tables))
    runs = stacked({(name, replicate): tables[replicate][name] for name in plans for replicate in finished})
    primary = next(iter(plans.values())).primary
    return Comparison(tuple(plans), dict(plans), seed, replicates, finished, primary, runs)
