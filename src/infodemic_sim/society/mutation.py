"""Mutation: what is passed on in one's own words is not always what was read."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.health.base import Mechanism
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World
from infodemic_sim.world.retelling import Retelling


class Mutation(Mechanism):
    """People retell what they read, and some of it changes: it becomes a message of their own.

    A message that is passed on changes with the probability ``chance``. What comes of it is a new message
    of the person who passes it on, a root of a cascade of its own: on the same topic, of the same kind and
    strength, with the appeal a' = a exp(s z - s^2 / 2), without the labels, corrections and demotions of
    the old one. An accurate message turns false with the probability ``turns_false``, a false one accurate
    with ``turns_accurate``. It goes where a new post goes, so it has not been forwarded yet.
    """

    measures: ClassVar[frozenset[str]] = frozenset({"retold", "turned_false"})

    chance: float = param(
        0.1, ge=0, le=1, unit="share", doc="Messages passed on that change.", source=ASSUMED
    )
    appeal_spread: float = param(
        0.3, ge=0, le=3, doc="s: spread of the log-normal factor on appeal, whose mean is 1.", source=ASSUMED
    )
    turns_false: float = param(
        0.1, ge=0, le=1, unit="share", doc="Accurate messages that change which turn false.", source=ASSUMED
    )
    turns_accurate: float = param(
        0.0, ge=0, le=1, unit="share", doc="False messages that change which turn accurate.", source=ASSUMED
    )

    def retelling(self) -> Retelling:
        """As the world takes it."""
        return Retelling(self.chance, self.appeal_spread, self.turns_false, self.turns_accurate)

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """It keeps nothing: what changed is in the messages."""
        return {}
