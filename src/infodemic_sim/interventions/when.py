"""When: small frozen schedules. Bare times are days from day 0."""

from __future__ import annotations

import math
from typing import Annotated, Any, Self

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny, model_validator

from infodemic_sim.params import Part, param
from infodemic_sim.plugins import Plugin, kind, make
from infodemic_sim.world import World

HALF_MINUTE = 1.0 / 2880.0
"""Days; times of steps are compared with this slack, so that rounding never moves a schedule."""


class When(Plugin, Part):
    """Base of all schedules."""

    @property
    def empty(self) -> bool:
        """Whether it has no time on purpose."""
        return False

    def share(self, world: World, memory: dict[str, np.ndarray]) -> float:
        """How far it is in force now: 0 not at all, 1 fully."""
        raise NotImplementedError


class Dated(When):
    """Base of schedules that depend on the day alone, so that one knows beforehand when they are in force."""

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force at all in steps that begin on a day, or on each of several (float64[m])."""
        raise NotImplementedError

    def share(self, world: World, memory: dict[str, np.ndarray]) -> float:
        """How far it is in force now."""
        return float(self.in_force(world.day, world.setting.hours_per_step / 24.0))


class Always(Dated):
    """From day 0 to the end."""

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force at all."""
        return day >= -HALF_MINUTE


class Never(When):
    """Not at all: for a comparison that must show no difference."""

    @property
    def empty(self) -> bool:
        """Whether it has no time on purpose."""
        return True

    def share(self, world: World, memory: dict[str, np.ndarray]) -> float:
        """How far it is in force now."""
        return 0.0


class Between(Dated):
    """From ``start`` up to, not including, ``stop``."""

    start: float = param(ge=0, unit="d", doc="First day.")
    stop: float = param(ge=0, unit="d", doc="Day on which it has ended.")

    def __init__(self, start: float | None = None, stop: float | None = None, /, **fields: Any) -> None:
        given = {"start": start, "stop": stop}
        super().__init__(**{key: value for key, value in given.items() if value is not None}, **fields)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.stop < self.start:
            raise ValueError(f"stop (d) must not be before start {self.start:g}")
        return self

    @property
    def empty(self) -> bool:
        """Whether it has no time on purpose."""
        return self.start == self.stop

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force at all."""
        return (day >= self.start - HALF_MINUTE) & (day < self.stop - HALF_MINUTE)


class Every(Dated):
    """At regular intervals, each time for one step: reminders, boosters."""

    days: float = param(gt=0, unit="d", doc="Interval.")
    start: float = param(0.0, ge=0, unit="d", doc="Day of the first time.")
    stop: float | None = param(None, ge=0, unit="d", doc="Day on which it has ended; none: never.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.stop is not None and self.stop < self.start:
            raise ValueError(f"stop (d) must not be before start {self.start:g}")
        return self

    @property
    def empty(self) -> bool:
        """Whether it has no time on purpose."""
        return self.start == self.stop

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force at all."""
        since = day - self.start + HALF_MINUTE
        stop = math.inf if self.stop is None else self.stop - HALF_MINUTE
        return (since // self.days > (since - step_days) // self.days) & (since >= 0.0) & (day < stop)


class Once(Dated):
    """One step, on one day."""

    day: float = param(0.0, ge=0, unit="d", doc="The day.")

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force at all."""
        return (day >= self.day - HALF_MINUTE) & (day < self.day - HALF_MINUTE + step_days)


class Ramp(Dated):
    """Grows in a straight line from nobody at ``start`` to everybody at ``full``, and stays."""

    start: float = param(ge=0, unit="d", doc="Day on which it begins.")
    full: float = param(ge=0, unit="d", doc="Day on which it is in full force.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.full < self.start:
            raise ValueError(f"full (d) must not be before start {self.start:g}")
        return self

    def in_force(self, day: Any, step_days: float) -> Any:
        """Whether it is in force at all."""
        return day >= self.start - HALF_MINUTE if self.full <= self.start else day > self.start

    def share(self, world: World, memory: dict[str, np.ndarray]) -> float:
        """How far it is in force now."""
        if self.full <= self.start:
            return super().share(world, memory)
        return min(1.0, max(0.0, (world.day - self.start) / (self.full - self.start)))


class WhenMisinformed(When):
    """From the moment the misinformed share first exceeds a level, to the end."""

    level: float = param(ge=0, le=1, unit="share", doc="Misinformed share that sets it off.")
    topic: str | None = param(None, doc="Name of the topic; none: the first.")

    def share(self, world: World, memory: dict[str, np.ndarray]) -> float:
        """How far it is in force now."""
        crossed = memory.setdefault("crossed", np.zeros(1, bool))
        belief = world.belief(world.topic_index(self.topic))
        crossed[0] |= np.count_nonzero(belief < 0.0) > self.level * world.n
        return float(crossed[0])


BUILT_IN = (Always, Never, Between, Every, Once, Ramp, WhenMisinformed)
GROUP = "infodemic_sim.schedules"
kind(When, lambda: BUILT_IN, GROUP)

WhenField = Annotated[SerializeAsAny[When], BeforeValidator(lambda value: make(value, BUILT_IN, GROUP, When))]
"""The type of a parameter that holds a schedule, such as a plug-in's own ``when`` with another default."""
