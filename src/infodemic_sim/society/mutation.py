"""Mutation: what is passed on in one's own words is not always what was read."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.mechanism import Mechanism
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World
from infodemic_sim.world.retelling import Retelling


class Mutation(Mechanism):
    """People retell what they read, and some of it changes: it becomes a message of their own.

    A message that is passed on changes with the probability ``chance``. What comes of it is a new message
    of the person who passes it on, a root of a cascade of its own: on the same topic, of the same kind and
    strength, without the labels, corrections and demotions of the old one. It goes where a new post goes,
    so it has not been forwarded yet. Its appeal is a' = a^h exp(s z - s^2 / 2). An accurate message turns
    false with the probability ``turns_false``, a false one accurate with ``turns_accurate``.

    With h = 1 a claim of great appeal would never die: whoever knows it reads it anew in each version, so
    the most appealing line of versions outgrows all others.
    """

    measures: ClassVar[frozenset[str]] = frozenset({"retold", "turned_false"})

    chance: float = param(
        0.107, ge=0, le=1, unit="share", doc="Messages passed on that change.", source="Adamic2016"
    )
    inherited: float = param(
        0.5, ge=0, le=1, doc="h: how much of the logarithm of appeal is inherited.", source=ASSUMED
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
        return Retelling(
            self.chance, self.inherited, self.appeal_spread, self.turns_false, self.turns_accurate
        )

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """It keeps nothing: what changed is in the messages."""
        return {}
