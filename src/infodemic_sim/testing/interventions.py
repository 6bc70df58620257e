"""What every intervention must be: within its levers, absent at zero, with a memory of arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from infodemic_sim.errors import MissingLeverError
from infodemic_sim.interventions import AccuracyPrompt, Capacity, Intervention, ProviderCorrection
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.interventions.when import Never
from infodemic_sim.interventions.who import Nobody
from infodemic_sim.levers import LEVERS
from infodemic_sim.simulation import Run
from infodemic_sim.spread.feed import FeedSpread
from infodemic_sim.testing.parts import PART_CHECKS, require, title
from infodemic_sim.testing.runs import RUN_CHECKS
from infodemic_sim.testing.small_runs import WITHOUT, differing, finished, same, small, stepped

OTHERS = (
    AccuracyPrompt(name="another_prompt"),
    ProviderCorrection(name="another_correction", published=1.0),
)


class _NoLevers(FeedSpread):
    """A spread rule on which nothing can be done."""

    levers: ClassVar[frozenset[str]] = frozenset()


def levers_are_known(part: Intervention) -> None:
    """Levers and effects that it names exist, and a spread rule without its levers is refused."""
    unknown = sorted(part.needs - set(LEVERS))
    require(not unknown, f"{title(part)} needs the unknown lever {unknown}: known are {sorted(LEVERS)}.")
    missing = sorted({name for names in part.strengths() for name in names} - set(type(part).model_fields))
    require(not missing, f"{title(part)} has effects that are not its parameters: {missing}.")
    if part.needs:
        try:
            small((part,), spread=_NoLevers(), **WITHOUT)
        except MissingLeverError:
            return
        raise AssertionError(f"{title(part)} is not refused by a spread rule without its levers.")


def levers_are_declared(part: Intervention) -> None:
    """It uses no lever that it does not need."""
    if isinstance(part, FunctionIntervention):
        return
    used: set[str] = set()
    for run in stepped(small((part,)), part):
        used |= levers_used(run)
    undeclared = sorted(used - part.needs)
    require(not undeclared, f"{title(part)} uses the lever {undeclared}, which its needs do not name.")


def zero_is_absence(part: Intervention) -> None:
    """Nobody, no uptake, no capacity, no time or no effect: every measure of every replicate as it was."""
    zeros: list[dict[str, Any]] = [
        {"who": Nobody()},
        {"uptake": 0.0},
        {"when": Never()},
        {"capacity": Capacity(total=0)},
        *({name: type(getattr(part, name))(0) for name in names} for names in part.strengths()),
    ]
    copies = [part.but(name=f"{part.key}_{k}", **zero) for k, zero in enumerate(zeros)]
    for replicate in range(2):
        today = finished(small(), part, replicate=replicate)
        if not differing(today, finished(small(copies), part, replicate=replicate)):
            continue  # all of them together changed nothing; else each is asked alone
        for zero in zeros:
            found = finished(small((part.but(**zero),)), part, replicate=replicate)
            (name, value), changed = next(iter(zero.items())), sorted(differing(today, found))
            require(
                not changed, f"{title(part)} with {name}={value!r} is not absence: it changes {changed[:3]}."
            )
        raise AssertionError(f"{title(part)} is not absence where several of it do nothing, each in its way.")


def memory_is_arrays(part: Intervention) -> None:
    """What it remembers is arrays of numbers, so that any run can be saved."""
    for run in stepped(small((part,)), part):
        for name, value in run.world.state.memories.get(part.key, {}).items():
            plain = isinstance(value, np.ndarray) and not value.dtype.hasobject
            require(plain, f"{title(part)} remembers {name}, which is not an array of numbers.")


def order_of_plan(part: Intervention) -> None:
    """The order in which interventions are listed does not matter."""
    plan = (part, *OTHERS)
    same(part, "order of interventions", finished(small(plan), part), finished(small(plan[::-1]), part))


def levers_used(run: Run) -> set[str]:
    """Levers that differ from their baselines in this step, or whose deeds were counted."""
    counts = run.world.state.counts
    done: dict[str, Any] = {
        "labels": counts["labels_given"].any(),
        "corrections": counts["corrections_made"].any(),
        "posts": counts["posts"][..., -1].any(),
        "support": counts["support_contacts"].any(),
        "hiding": counts["hidden"].any(),
        "telling": counts["told"].any(),
        "service": counts["resolved"].any(),
        "ranking": bool(run.world.rankings),
        "take_down": counts["taken_down"].any(),
        "forwarding": run.world.forwarding.moved,
    }
    return run.world.levers.used() | {name for name, was in done.items() if was}


INTERVENTION_CHECKS: tuple[Callable[[Any], None], ...] = (
    *PART_CHECKS,
    levers_are_known,
    levers_are_declared,
    zero_is_absence,
    memory_is_arrays,
    order_of_plan,
    *RUN_CHECKS,
)
