"""What every mechanism beside the spread of information can do; a scenario names those that it simulates."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from infodemic_sim.observe import OWN
from infodemic_sim.params import Part
from infodemic_sim.population import ROLES
from infodemic_sim.world import World

SumPeople = Callable[[np.ndarray], np.ndarray]
"""Exact sums of a number of each person over everybody and each part: float64[n] to int64[G]."""


class Mechanism(Part):
    """Base of all mechanisms: what a scenario may switch on beside the spread of information.

    Its arrays live in ``world.state.health``; ties, and who is there, are the state's own. Left out of the
    scenario, it changes no bit of anything.
    """

    levers: ClassVar[frozenset[str]] = frozenset()
    """Levers that are there only where it is simulated."""
    measures: ClassVar[frozenset[str]] = frozenset()
    """Measures that mean something only where it is simulated."""

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """Its arrays at the start of the warm-up, by names that no other mechanism uses."""
        raise NotImplementedError

    def prepare(self, world: World) -> None:
        """What a step must know before anybody acts, once chances have returned; by default nothing."""

    def advance(self, world: World) -> None:
        """What happens by itself in one step, after people have read and posted; by default nothing."""

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """Exact sums at this moment, from which its measures follow; by default none."""
        return {}


def chance_within(per_day: float, hours: float) -> float:
    """Chance that something of a rate happens within some hours."""
    return -math.expm1(-per_day * hours / 24.0)


def publish_late(world: World, authors: np.ndarray, **message: Any) -> None:
    """Publish people's own posts once the feed has moved on; interventions see them with the step's."""
    slots = world.publish(authors, origin=OWN, **message)
    world.state.fresh = np.concatenate([world.state.fresh, slots])


def persons(world: World) -> np.ndarray:
    """Who is a human being, and no automated account: bool[n], not to be changed."""
    return world.kept(("persons",), lambda: world.people.role != ROLES.index("bot"))
