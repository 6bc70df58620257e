"""Behaviour: what people intend, decide and do about their health, given what they believe."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.mechanism import Mechanism, SumPeople, chance_within, persons
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.world import World


class Behaviour(Mechanism):
    """People act on what they believe: they take up what is recommended or refuse it, and protect themselves.

    On each topic a person intends to follow the accurate position with probability i = sigma(b + leaning),
    b in log-odds. From day 0 on the undecided decide at a rate; who decides takes it up if u < i, else
    refuses: an adverse choice. u is drawn once for a person and topic, and stands for all else that matters
    to them: so another decision, where refusers decide again, differs only if the belief has moved. Who took
    something up keeps to it. Protective behaviour p, from 0 to 1, follows intention: p' = (i - p) / lag.
    Automated accounts decide nothing.
    """

    measures: ClassVar[frozenset[str]] = frozenset({"intention", "uptake", "adverse_choices", "protection"})

    leaning: float = param(
        0.0,
        ge=-10,
        le=10,
        unit="log-odds",
        doc="How much more willing people are than they are sure of the accurate position.",
        source=ASSUMED,
    )
    decisions: float = param(
        0.02,
        ge=0,
        le=24,
        unit="decisions/day",
        doc="Rate at which somebody undecided decides on a topic.",
        source=ASSUMED,
    )
    second_thoughts: float = param(
        0.0,
        ge=0,
        le=24,
        unit="decisions/day",
        doc="Rate at which somebody who refused decides again; 0: a refusal is final.",
        source=ASSUMED,
    )
    lag: float = param(
        3.0,
        gt=0,
        le=3660,
        unit="d",
        doc="Time in which protective behaviour follows intention.",
        source=ASSUMED,
    )

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """Decisions int8[topics, n] (+1 taken up, 0 undecided, -1 refused); protection float64[topics, n]."""
        topics = range(len(world.setting.topics))
        protection = np.stack([self.intention(world, k) for k in topics])
        return {"choice": np.zeros((len(topics), world.n), np.int8), "protection": protection}

    def advance(self, world: World) -> None:
        """Some decide; behaviour follows intention."""
        for topic in range(len(world.setting.topics)):
            self._advance(world, topic)

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """By topic and part, int64[K, G] in fixed point, and people of each part, int64[G]."""
        choice, protection = (world.state.health[name] for name in ("choice", "protection"))
        topics = range(len(world.setting.topics))
        found = {
            "intention": np.stack([sum_people(self.intention(world, k)) for k in topics]),
            "uptake": np.stack([sum_people((choice[k] > 0).astype(float)) for k in topics]),
            "adverse_choices": np.stack([sum_people((choice[k] < 0).astype(float)) for k in topics]),
            "protection": np.stack([sum_people(protection[k]) for k in topics]),
        }
        return {"persons": sum_people(persons(world).astype(float)), **found}

    def intention(self, world: World, topic: int) -> np.ndarray:
        """How likely each person is to follow the accurate position, float64[n]; 0 for automated accounts."""
        out = np.empty(world.n)
        kernels.deciding.intentions(world.state.lines, topic, self.leaning, persons(world), out)
        return out

    def _advance(self, world: World, topic: int) -> None:
        health, draws = world.state.health, world.draws
        hours = world.setting.hours_per_step
        intention = self.intention(world, topic)
        if world.hour >= 0.0:
            kernels.deciding.decide(
                intention,
                world.people.key,
                persons(world),
                chance_within(self.decisions, hours),
                chance_within(self.second_thoughts, hours),
                draws.base(Purpose.DECIDE, world.step, topic),
                draws.base(Purpose.INCLINE, topic),
                health["choice"][topic],
            )
        kernels.slow.approach(health["protection"][topic], intention, chance_within(1.0 / self.lag, hours))
