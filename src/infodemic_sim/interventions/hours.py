"""Working hours: when in the week staff are at work."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.interventions.when import HALF_MINUTE
from infodemic_sim.params import ASSUMED, Part, Several, param

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEK: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WorkingHours(Part):
    """Staff act from ``start`` up to, not including, ``stop`` on these weekdays; day 0 begins at midnight.

    A step belongs to working hours if it begins in them. What comes up outside waits until work begins, and
    so do acts whose delay is over by then.
    """

    start: float = param(9.0, ge=0, lt=24, unit="h", doc="Time of day at which work begins.", source=ASSUMED)
    stop: float = param(17.0, gt=0, le=24, unit="h", doc="Time of day at which it ends.", source=ASSUMED)
    weekdays: Several[Weekday] = param(WEEK[:5], doc="Days on which there is work.")
    day_0: Weekday = param("monday", doc="Weekday of day 0.")

    @model_validator(mode="after")
    def _leave_time_to_work(self) -> Self:
        if self.stop <= self.start:
            raise ValueError(f"stop (h) must be after start {self.start:g}: staff without hours do nothing")
        if not self.weekdays:
            raise ValueError("weekdays must name a day at least: staff without hours do nothing")
        return self

    def open(self, days: float | np.ndarray) -> np.ndarray:
        """Whether moments, in days since day 0, are within working hours: bool of the same shape."""
        late = np.asarray(days) + HALF_MINUTE
        weekday = (np.floor(late).astype(np.int64) + WEEK.index(self.day_0)) % 7
        hour = 24.0 * (late % 1.0)
        at_work = np.isin(weekday, [WEEK.index(name) for name in self.weekdays])
        return at_work & (self.start <= hour) & (hour < self.stop)

    def share(self, hours_per_step: float) -> float:
        """Share of the steps of a week, from day 0 on, that are within working hours."""
        steps = np.arange(max(1, round(7 * 24.0 / hours_per_step)))
        return float(np.mean(self.open(steps * hours_per_step / 24.0)))
