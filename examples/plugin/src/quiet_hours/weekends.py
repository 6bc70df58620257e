"""When: on Saturdays and Sundays."""

from __future__ import annotations

from typing import Any

from infodemic_sim import param
from infodemic_sim.interventions.when import HALF_MINUTE, Dated


class Weekends(Dated):
    """The last two days of each week; day 0 is the ``first`` day of its week.

    As the day alone decides, a plan whose runs hold no weekend is refused before it runs.
    """

    first: int = param(0, ge=0, le=6, unit="d", doc="Weekday of day 0: 0 is Monday, 6 Sunday.")

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force in steps that begin on a day, or on each of several."""
        return (day + HALF_MINUTE + self.first) % 7.0 >= 5.0
