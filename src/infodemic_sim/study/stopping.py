"""When enough replicates are made: the interval of every plan's effect is as narrow as wanted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.errors import ParameterError, is_number
from infodemic_sim.study.overall import overall
from infodemic_sim.study.paired import paired_statistics
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.replicate import Tables
from infodemic_sim.study.shown import number, shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.comparison import Comparison

MINIMUM = 10
"""Fewest replicates after which a study may stop early.

Stopping at the first time at which an estimated width is small enough picks times at which the spread was
estimated too small, so the interval holds the truth less often than it says; the lack goes away as the width
does [ChowRobbins1965], and is greatest where the minimum is just about enough. For normal differences, looked
at after 10, 15, 20 … pairs, the stopped 95 % interval covers in at least 93.6 % of studies, whatever the
width; from a minimum of 5 it would be 92.5 %, and 94.2 % from 20. Where several plans have to be narrow, all
but the last to become so lie nearer to 95 %. A plan with the same difference in every pair, such as none, has
a width of zero.
"""
PORTION = 5
"""Replicates between two looks."""


@dataclass
class Stopping:
    """Looks at replicates 0 to k - 1, for fixed k, as soon as all of them are there, whoever made them.

    Parameters
    ----------
    plans : the first is the baseline. until : wanted half width, in the unit of the primary outcome.
    replicates : the most that are made.
    """

    plans: Plans
    until: float
    replicates: int
    looked: int = field(default=0, init=False)
    """Looks that did not end the study."""
    reached: bool = field(default=False, init=False)
    """Whether one did."""

    def enough(self, tables: Mapping[int, Tables]) -> int | None:
        """The number of replicates with which the study ends; None while there must be more."""
        looks = looks_of(self.replicates)
        while self.looked < len(looks) and all(r in tables for r in range(looks[self.looked])):
            count = looks[self.looked]
            if narrow(*self._values(tables, count), self.until).all():
                self.reached = True
                return count
            self.looked += 1
        return None

    def _values(self, tables: Mapping[int, Tables], count: int) -> tuple[np.ndarray, np.ndarray]:
        """The primary outcome of the baseline and of each other plan, float64[plans, replicates]."""
        baseline, *others = self.plans
        primary = self.plans[baseline].primary
        of = {name: [primary_value(tables[r][name], primary) for r in range(count)] for name in self.plans}
        after = np.array([of[name] for name in others])
        return np.broadcast_to(np.array(of[baseline]), after.shape), after


def looks_of(replicates: int) -> list[int]:
    """Numbers of replicates after which the widths are looked at."""
    return [*range(MINIMUM, replicates, PORTION), replicates]


def narrow(before: np.ndarray, after: np.ndarray, until: float) -> np.ndarray:
    """Whether the 95 % interval of each row's mean difference has at most the wanted half width."""
    found = paired_statistics(before, after)
    return (found["high"] - found["low"]) / 2.0 <= until


def primary_value(table: pd.DataFrame, primary: str) -> float:
    """The primary outcome on the last day over all platforms, topics and people; not a number if missing."""
    value = overall(table[table["day"] == table["day"].max()], primary)["value"]
    return float(value.iloc[0]) if len(value) else math.nan


def stopping_of(until: float | None, plans: Plans, replicates: int) -> Stopping | None:
    """The rule by which a study ends, if it has one.

    Raises
    ------
    ParameterError
        If the width is no number above 0, or there is no plan beside the baseline.
    """
    if until is None:
        return None
    if not is_number(until) or not 0.0 < until < math.inf:
        raise ParameterError(f"until must be a half width above 0, in the outcome's unit, but got {until!r}.")
    if len(plans) < 2:
        raise ParameterError("until needs a plan beside the baseline: without one there is no effect.")
    return Stopping(plans, float(until), replicates)


def stopping_sentence(comparison: Comparison) -> str:
    """Why the study ended when it did; empty where no width was asked for."""
    if comparison.until is None:
        return ""
    how, made = shown(comparison.primary), len(comparison.finished)
    width = f"± {number(comparison.until * how.scale)} {how.unit_of_change}".strip()
    aim = f"95 % intervals of {width} or less for every plan’s effect on {how.label.lower()}"
    if not comparison.reached:
        return f"Not reached with {made} replicates: {aim}."
    when = (
        f"Stopped early after {made} of at most {comparison.replicates} replicates"
        if made < (comparison.replicates)
        else f"Reached with all {made} replicates"
    )
    return f"{when}: {aim}."
