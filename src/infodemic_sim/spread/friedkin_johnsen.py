"""Mean opinions of those whom one sees, by people who never quite let go of their first opinion."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.params import param
from infodemic_sim.spread.degroot import DeGroot, listened
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.opinion_rule import PerPerson, moved_to


class FriedkinJohnsen(DeGroot):
    """As DeGroot, but everybody is drawn back to their opinion at the start [FriedkinJohnsen1990].

        x_i(t + 1) = l_i y_i(t) + (1 - l_i) x_i(0)

    where y_i(t) is the opinion that i would have at t + 1 by the rule of DeGroot, and l_i the susceptibility
    of i to others; all people change at once. With l_i < 1 for all, opinions settle at the only solution of
    x = L W x + (1 - L) x(0).
    """

    type_name: ClassVar[str] = "friedkin_johnsen"

    susceptibility: PerPerson = param(
        0.8, unit="share", doc="l: weight of what is heard; a number, one per person, or a column."
    )

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Also "first", the opinions at the start, and "susceptibility", float64[n] each."""
        arrays, nobody = super().begin(ground)
        susceptibility = self.for_each("susceptibility", ground.graph)
        return {**arrays, "first": arrays["opinion"].copy(), "susceptibility": susceptibility}, nobody

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One round of listening."""
        swayed = arrays["susceptibility"]
        new = swayed * listened(ground, arrays, chances) + (1.0 - swayed) * arrays["first"]
        return moved_to(arrays, new)
