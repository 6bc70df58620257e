"""The past that forked plans share: the baseline's until a day, or that of saved runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.branching import refuse_another_past
from infodemic_sim.checkpoint import state_in
from infodemic_sim.errors import ParameterError, is_number
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import state_after
from infodemic_sim.study.plans import Plans
from infodemic_sim.world import State

if TYPE_CHECKING:
    from infodemic_sim.interventions.base import Intervention
    from infodemic_sim.study.comparison import Comparison


@dataclass(frozen=True)
class SharedPast:
    """Until when plans are one, and what was done until then.

    Parameters
    ----------
    steps : from the start of the warm-up.
    saved : the state of each replicate, or the file that holds it; empty: the baseline is run until then.
    before : what was done in saved runs; else it is what the baseline does.
    record : day and past as plain data, for provenance.
    """

    steps: int
    record: Mapping[str, Any]
    saved: Mapping[int, Path | State] = field(default_factory=dict)
    before: tuple[Intervention, ...] = ()

    def done(self, plans: Plans) -> Sequence[Intervention]:
        """Interventions of the past."""
        return self.before if self.saved else baseline_of(plans).interventions

    def state(self, plans: Plans, *, seed: int, replicate: int, threads: int) -> State:
        """Where all plans of a replicate go on from."""
        baseline = baseline_of(plans)
        if not self.saved:
            return state_after(self.steps, baseline, seed=seed, replicate=replicate, threads=threads)
        saved = self.saved[replicate]
        return saved if isinstance(saved, State) else state_in(baseline, saved)


def past_of(fork_at: float | None, plans: Plans) -> SharedPast | None:
    """The baseline until a day, as the past of all plans; None: no past is shared.

    Raises
    ------
    ParameterError
        If the day is none of the run's steps, or a plan differs in more than interventions.
    """
    if fork_at is None:
        return None
    first, baseline = next(iter(plans.items()))
    refuse_other_days(fork_at, baseline)
    refuse_other_pasts(baseline, plans, f"'{first}'")
    steps = baseline.warm_up_steps + round(fork_at * 24.0 / baseline.hours_per_step)
    return SharedPast(steps, {"day": float(fork_at), "past": first})


def refuse_other_days(day: float, plan: Scenario) -> None:
    """Refuse a day before day 0, from the last one on, or within a step."""
    if not is_number(day) or not math.isfinite(day):
        raise ParameterError(f"fork_at (d) must be a number, but got {day!r}.")
    if not 0.0 <= day < plan.days:
        raise ParameterError(
            f"fork_at (d) must be a day of the run, from 0 to less than {plan.days:g}, but got {day:g}."
        )
    steps = day * 24.0 / plan.hours_per_step
    if abs(steps - round(steps)) > 1e-6:
        raise ParameterError(
            f"fork_at (d) must be the start of a step of {plan.hours_per_step:g} h, but got {day:g}."
        )


def refuse_other_pasts(past: Scenario, plans: Plans, whose: str) -> None:
    """Refuse plans that cannot have this past."""
    for name, plan in plans.items():
        refuse_another_past(past, plan, f"plan '{name}'", whose)


def baseline_of(plans: Plans) -> Scenario:
    """The first plan."""
    return next(iter(plans.values()))


def fork_sentence(comparison: Comparison) -> str:
    """Until when all plans are one; empty if they have pasts of their own."""
    if comparison.fork is None:
        return ""
    day, past = comparison.fork["day"], comparison.fork["past"]
    whose = f"“{past}”" if isinstance(past, str) else "saved runs"
    return f"Until day {day:g} all plans are one, with the past of {whose}; what they do differs from then."
