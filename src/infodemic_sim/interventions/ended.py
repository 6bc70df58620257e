"""What a fork ended: interventions of a run's past, whose deeds and costs still count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from infodemic_sim.interventions.base import Intervention, in_order
from infodemic_sim.interventions.capacity import Cost

DEEDS = ("acts", "in_force", "concerned", "reached")
"""What is kept of the memory of one that has ended, and recorded of each, in the order of ``accounts``."""


NAME = re.compile(r".*\(until day [^()]*\)", re.DOTALL)
"""How those that have ended are called; no other intervention may be."""


class Ended(Intervention):
    """An intervention that a fork took out of the plan; it acts no more."""


def name_of_ended(key: str, day: float) -> str:
    """The name under which one that ended on a day keeps its account."""
    return f"{key} (until day {day:g})"


def accounts(plan: Sequence[Intervention], ended: Mapping[str, np.ndarray]) -> list[Intervention]:
    """All whose deeds are recorded: those at work in the order in which they act, then those that ended.

    Parameters
    ----------
    ended : staff minutes and money of one act, float64[2], by key.
    """
    over = [Ended(name=key, cost=Cost(minutes=float(of[0]), money=float(of[1]))) for key, of in ended.items()]
    return [*in_order(plan), *in_order(over)]
