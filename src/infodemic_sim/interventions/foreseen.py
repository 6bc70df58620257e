"""What can be known of a plan before it runs: what does nothing by mistake, and what contradicts itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from infodemic_sim.errors import InfodemicError, ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.interventions.base import Intervention
from infodemic_sim.interventions.hours import WorkingHours
from infodemic_sim.interventions.ranking_change import RankingChange
from infodemic_sim.interventions.when import Always, Dated
from infodemic_sim.mistakes import refused
from infodemic_sim.platforms.base import Platform
from infodemic_sim.population.base import Population
from infodemic_sim.topics import Topic

MOST_LABELS = 8
PIECE = 4096
"""Steps that are looked at together."""


class Ground(NamedTuple):
    """Where a plan is to work."""

    population: Population
    topics: Sequence[Topic]
    platforms: Sequence[Platform]
    days: float
    hours_per_step: float

    @property
    def steps(self) -> int:
        """Steps of the run."""
        return round(self.days * 24.0 / self.hours_per_step)

    def day(self, step: Any) -> Any:
        """Day on which a step begins."""
        return step * self.hours_per_step / 24.0


def refuse_mistakes(plan: Sequence[Intervention], ground: Ground) -> None:
    """Raise the first thing that is certain to be a mistake, at its place in the scenario."""
    for k, part in enumerate(plan):
        for field, error in mistakes(part, ground):
            raise refused(("interventions", k, *field), error)


def mistakes(part: Intervention, ground: Ground) -> Iterator[tuple[tuple[str, ...], InfodemicError]]:
    """What is wrong with an intervention here: where in it, and why."""
    yield from _unknown_names(part, ground)
    yield from _nothing_to_do_there(part, ground)
    try:
        part.who.check(ground.population, ground.population.known_graph)
    except InfodemicError as error:
        yield ("who",), error
    if reason := _out_of_time(part, ground):
        yield ("when",), ParameterError(reason)


def _unknown_names(part: Intervention, ground: Ground) -> Iterator[tuple[tuple[str, ...], InfodemicError]]:
    known = {kind: [each.name for each in getattr(ground, f"{kind}s")] for kind in ("topic", "platform")}
    for field, owner in (((), part), (("who",), part.who), (("when",), part.when)):
        for kind, names in known.items():
            name = getattr(owner, kind, None)
            if isinstance(name, str) and name not in names:
                said = f"there is no {kind} '{name}'. {did_you_mean(name, names)}"
                yield (*field, kind), UnknownNameError(said)


def _nothing_to_do_there(
    part: Intervention, ground: Ground
) -> Iterator[tuple[tuple[str, ...], InfodemicError]]:
    """It works on groups, ties or forwarding, and the platform that is meant has none; or none has."""
    name = getattr(part, "platform", None)
    meant = ground.platforms[: 1 if part.on_the_first else None]
    meant = [each for each in ground.platforms if each.name == name] if name is not None else meant
    for wanted in part.works_on:
        if meant and not any(getattr(each, wanted) for each in meant):
            said = f"'{meant[0].name}' has no {wanted}" if len(meant) == 1 else f"no platform has {wanted}"
            remedy = f"give it '{wanted}', or leave {part.key} out"
            yield ("platform",), ParameterError(f"{said}, so that there is nothing to do: {remedy}.")


def _out_of_time(part: Intervention, ground: Ground) -> str:
    """Why an intervention is never in force, though it is meant to be; empty if it may be."""
    if not isinstance(part.when, Dated) or part.when.empty:
        return ""
    first = next(steps_in_force(part.when, ground), None)
    if first is None:
        run = f"a run of {ground.days:g} d in steps of {ground.hours_per_step:g} h"
        return f"{part.when!r} is never in force in {run}: give it other times, or never."
    when = Always() if part.gathers else part.when
    if next(steps_in_force(when, ground, part.hours, first), None) is None:
        return f"{part.when!r} and {part.hours!r} have no step of the run in common: change one of them."
    return ""


def steps_in_force(
    when: Dated, ground: Ground, hours: WorkingHours | None = None, first: int = 0
) -> Iterator[int]:
    """Steps from a first one on in which a schedule is in force, within working hours if there are any."""
    for start in range(first, ground.steps, PIECE):
        steps = np.arange(start, min(start + PIECE, ground.steps))
        days = ground.day(steps)
        with np.errstate(over="ignore", invalid="ignore"):  # intervals of next to nothing
            mine = when.in_force(days, ground.hours_per_step / 24.0)
        yield from steps[mine if hours is None else mine & hours.open(days)].tolist()


def zero(part: Intervention, days: float) -> str:
    """Which zero makes an intervention do nothing, whatever happens; empty if there is none."""
    reasons = {
        "its strength is zero": part.neutral,
        "its uptake is zero": part.uptake == 0.0,
        "its capacity is zero": part.capacity.zero,
        "its schedule has no time": part.when.empty,
        "its target is nobody": part.who.empty,
        "its delay outlasts the run": part.delay >= days,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def refuse_contradictions(plan: Sequence[Intervention], ground: Ground) -> None:
    """Refuse a plan of which two parts cannot both be in force.

    Raises
    ------
    ParameterError
        If two rankings are to order the feeds of one platform at once, as far as schedules depend on time
        alone, or if there are more kinds of label than a message has room for.
    """
    if sum("labels" in part.needs for part in plan) > MOST_LABELS:
        raise ParameterError(f"a plan can hold {MOST_LABELS} labelling interventions at most; leave one out.")
    taken: list[tuple[RankingChange, str, set[int]]] = []
    for part in plan:
        if isinstance(part, RankingChange) and isinstance(part.when, Dated) and not zero(part, ground.days):
            name, steps = part.platform or ground.platforms[0].name, set(_enacted(part, part.when, ground))
            for other, place, others in taken:
                if place == name and other.ranking != part.ranking and (both := steps & others):
                    said = f"{other.key} and {part.key} order the feeds of '{name}' in two ways"
                    remedy = "give them times that do not overlap, or plans of their own"
                    raise ParameterError(f"{said} on day {ground.day(min(both)):.3g}: {remedy}.")
            taken.append((part, name, steps))


def _enacted(part: RankingChange, when: Dated, ground: Ground) -> Iterator[int]:
    """Steps in which a rule of a platform holds."""
    wait = math.ceil(24.0 * part.delay / ground.hours_per_step - 1e-6)
    at_work = steps_in_force(when, ground, part.hours)
    return (step + wait for step in at_work if step + wait < ground.steps)
