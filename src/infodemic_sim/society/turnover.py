"""Turnover: people join and leave social media."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np

from infodemic_sim.mechanism import Mechanism, SumPeople
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.population.traits import People
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.world import World


class Turnover(Mechanism):
    """Some people are not there from the start, some leave, and some come back.

    All people that ever take part are given at the start. Who is away joins, and who is there leaves, in
    each step with the probability 1 - exp(-rate dt). Who is away reads and posts nothing, is nobody's
    audience, follows nobody new, and takes no part in interventions; what they posted stands till the
    horizon, and their ties and beliefs stay. The health service meets them all the same.
    """

    measures: ClassVar[frozenset[str]] = frozenset({"present"})

    present_at_start: float = param(
        0.9, ge=0, le=1, unit="share", doc="People who are there at the start of the warm-up.", source=ASSUMED
    )
    joining_per_day: float = param(
        0.01, ge=0, le=24, unit="1/day", doc="Rate at which somebody who is away joins.", source=ASSUMED
    )
    leaving_per_day: float = param(
        0.001, ge=0, le=24, unit="1/day", doc="Rate at which somebody who is there leaves.", source=ASSUMED
    )

    def at_start(self, people: People, draws: Draws) -> np.ndarray:
        """Who is there at the start, bool[n]."""
        return np.asarray(draws.uniform(Purpose.PRESENT, people.key) < self.present_at_start)

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """It keeps nothing but ``state.present``."""
        return {}

    def advance(self, world: World) -> None:
        """Some join, some leave."""
        present = world.state.present
        days = world.setting.hours_per_step / 24.0
        joins, leaves = (-math.expm1(-rate * days) for rate in (self.joining_per_day, self.leaving_per_day))
        luck = world.draws.uniform(Purpose.TURNOVER, world.people.key, world.step)
        present ^= luck < np.where(present, leaves, joins)

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """People who are there, int64[G] in fixed point."""
        return {"present": sum_people(world.state.present.astype(float))}
