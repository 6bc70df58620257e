"""Fork a run: what happened stays, and from this moment on another plan holds, with the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.interventions.base import Intervention
from infodemic_sim.interventions.ended import DEEDS, accounts, name_of_ended
from infodemic_sim.scenario import Scenario
from infodemic_sim.world import State

OF_THE_FUTURE = ("interventions", "days", "primary")
"""All that may differ between a run and what it is forked into; the rest would change its past."""


def refuse_another_past(
    past: Scenario, plan: Scenario, name: str = "the plan", whose: str = "this run"
) -> None:
    """Refuse a plan that no run of this past can be forked into.

    name : of the plan. whose : the past is, in an error.

    Raises
    ------
    ParameterError
        If they differ in more than interventions, days and primary outcome.
    """
    if what := apart(plan, past, but=OF_THE_FUTURE):
        raise ParameterError(
            f"{name} cannot have the past of {whose}, as it differs in {what}: change interventions alone."
        )


def apart(plan: Scenario, other: Scenario, but: Sequence[str]) -> str:
    """In what two scenarios differ beside some fields, in words; empty: in nothing else."""
    fields = [field for field in type(plan).model_fields if field not in but]
    differ = [field for field in fields if getattr(plan, field) != getattr(other, field)]
    return " and ".join(differ).replace("_", " ")


def branched(state: State, before: Sequence[Intervention], plan: Scenario) -> State:
    """A copy of a run's state from which a plan goes on.

    An intervention that is the same in both goes on as if nothing had been. One that is left out, or
    changed in any parameter, ends: what it still had to do and what it remembers is dropped, what it did
    and cost keeps its account. One that is new, or changed, starts from nothing at its first step.

    Parameters
    ----------
    before : what was done until now.
    """
    state = state.copy()
    if state.step <= plan.warm_up_steps:  # nothing has been done yet, so nothing ends
        state.memories, state.records, state.issuers = {}, {}, state.issuers[:0]
        return state
    day = (state.step - plan.warm_up_steps) * plan.hours_per_step / 24.0
    over = [part for part in before if part not in plan.interventions]
    if over or len(before) != len(plan.interventions):
        state.forks = np.append(state.forks, day)
    old = [part.key for part in accounts(before, state.ended)]
    names = {key: key for key in old} | {part.key: _end(state, part, day) for part in over}
    now = [part.key for part in accounts(plan.interventions, state.ended)]
    places = {k: now.index(name) for k, key in enumerate(old) if (name := names[key]) is not None}
    state.records |= {name: _moved(state.records[name], places, len(now)) for name in DEEDS}
    return state


def _end(state: State, part: Intervention, day: float) -> str | None:
    """Close the account of an intervention, under a name that says until when; None if it never began."""
    if part.key not in state.memories:  # it came in a fork at this very moment
        return None
    name, memory = name_of_ended(part.key, day), state.memories.pop(part.key)
    state.memories[name] = {deed: memory[deed] for deed in DEEDS}
    state.ended[name] = np.array([part.cost.minutes, part.cost.money])
    return name


def _moved(record: np.ndarray, places: Mapping[int, int], number: int) -> np.ndarray:
    """A record of each account, [t, accounts], with its columns in other places; new ones hold nothing."""
    moved = np.zeros((len(record), number), record.dtype)
    moved[:, list(places.values())] = record[:, list(places)]
    return moved
