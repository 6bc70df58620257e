"""Targets by what people are like at this moment."""

from __future__ import annotations

from typing import Literal

import numpy as np

from infodemic_sim.interventions.who.base import Who
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class AtRisk(Who):
    """People whom misinformation finds easily: isolated, of low literacy, or distrusting professionals."""

    isolated_above: float = param(
        0.6, ge=0, le=1, doc="Isolation from which people are at risk.", source=ASSUMED
    )
    literacy: Literal["none", "below_basic", "basic"] = param(
        "below_basic", doc="Highest literacy at which people are at risk; none: not counted."
    )
    trust_below: float = param(
        0.1, ge=0, le=1, doc="Trust in providers under which people are at risk.", source=ASSUMED
    )

    def mask(self, world: World) -> np.ndarray:
        """Whom it names at this moment, bool[n]."""
        people = world.people
        low = ("none", "below_basic", "basic").index(self.literacy)
        distrust = people.trust[:, TRUST.index("provider")] < self.trust_below
        return np.asarray((people.isolation > self.isolated_above) | (people.literacy < low) | distrust)


class Believers(Who):
    """People who, at this moment, lean to the false position."""

    topic: str | None = param(None, doc="Name of the topic; none: the first.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.asarray(world.belief(world.topic_index(self.topic)) < 0.0)
