"""What if we had acted on day 20: saved runs go on under several plans, with the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from infodemic_sim.checkpoint import Moment, moment_of
from infodemic_sim.comparing.keeping import kept
from infodemic_sim.errors import CheckpointError, ParameterError, of_executor, whole
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run, refuse_guests
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.plans import checked
from infodemic_sim.study.provenance import scenario_record
from infodemic_sim.study.shared_past import SharedPast, refuse_other_pasts
from infodemic_sim.study.work import Progress, work_through
from infodemic_sim.world import State

Saved = str | Path | Run


def fork(
    past: Scenario,
    saved: Saved | Sequence[Saved],
    plans: Mapping[str, Scenario],
    *,
    workers: int = 1,
    threads: int = 1,
    executor: Executor | None = None,
    out: str | Path | None = None,
    csv: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Comparison:
    """Go on from saved runs under several plans, so that they have one past and the same draws.

    What happened until then stays as it was. An intervention that a plan has unchanged goes on; one that it
    has not, or changes, ends, and its account is kept; a new one starts (see ``branching``). A run that is
    forked into its own plan ends in the bits of the run that went on.

    Parameters
    ----------
    past : the scenario of the saved runs.
    saved : files that ``save`` wrote, or runs in progress, one for each replicate, all of one seed and at
        one step.
    plans : scenarios by name; the first is the baseline. They may differ from the past in interventions,
        days and primary outcome.
    workers, threads, executor, out, csv, overwrite, progress : as in ``compare``.

    Raises
    ------
    CheckpointError
        If a file is damaged, was saved from another scenario or by another version, or the runs do not
        belong together.
    ParameterError
        If a plan would change the past, or nothing is left to be run.
    """
    sources = [saved] if isinstance(saved, str | Path | Run) else list(saved)
    if not sources:
        raise ParameterError("saved must hold at least one saved run.")
    moments = [moment_of_run(past, one) if isinstance(one, Run) else moment_of(past, one) for one in sources]
    refuse_strangers(moments)
    seed, _, step = moments[0]
    replicates = [moment.replicate for moment in moments]
    workers, threads = whole("workers", workers, least=1), whole("threads", threads, least=1)
    of_executor(executor)
    plans = checked(plans)
    shared = SharedPast(
        step,
        {"day": day_of(past, step), "past": scenario_record(past)},
        {k: state_of(one) for k, one in zip(replicates, sources, strict=True)},
        past.interventions,
    )
    refuse_other_pasts(past, plans, "the saved run")
    refuse_what_is_over(shared, plans)
    work = partial(
        work_through, plans, replicates, seed,
        workers=workers, threads=threads, executor=executor, progress=progress, past=shared,
    )  # fmt: skip
    return kept(work, out, csv=csv, overwrite=overwrite)


def moment_of_run(past: Scenario, run: Run) -> Moment:
    """Which moment a run in progress stands at."""
    if run.scenario != past:
        raise CheckpointError("a run is one of another scenario: fork it with the one it came from.")
    refuse_guests(run, "forked")
    return Moment(run.seed, run.replicate, run.world.step)


def refuse_strangers(moments: Sequence[Moment]) -> None:
    """Refuse runs that are no replicates of each other."""
    for what, found in (("seed", {m.seed for m in moments}), ("step", {m.step for m in moments})):
        if len(found) > 1:
            raise CheckpointError(
                f"saved runs must have one {what}, but these have {sorted(found)}: fork them apart."
            )
    if len({moment.replicate for moment in moments}) < len(moments):
        raise CheckpointError("two saved runs are of one replicate: give one of each.")


def refuse_what_is_over(past: SharedPast, plans: Mapping[str, Scenario]) -> None:
    """Refuse plans that end before the fork, or with it."""
    day, days = past.record["day"], next(iter(plans.values())).days
    if day >= days:
        raise ParameterError(
            f"plans of {days:g} days have nothing left to run from day {day:g}: give them more days."
        )


def day_of(past: Scenario, step: int) -> float:
    """Days from day 0; negative in the warm-up."""
    return (step - past.warm_up_steps) * past.hours_per_step / 24.0


def state_of(saved: Saved) -> Path | State:
    """The file, or a copy of a run's state."""
    return saved.world.state.copy() if isinstance(saved, Run) else Path(saved)
