"""Debunking: publish what is wrong with the claims that spread most."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.rapid_response import RapidResponse
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class Debunking(RapidResponse):
    """Fact-checkers explain in posts of their own why a claim that spreads is false.

    Messages are noticed as a rapid response does; nothing is attached to them, so a debunk reaches those who
    follow its author or to whom it is reshared, as far as they trust its author's role.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"posts"})

    capacity: Capacity = param(Capacity(per_day=5), doc="How many debunks are possible.")
    delay: float = param(1.0, ge=0, unit="d", doc="Time from notice to publication.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=120.0), doc="What one debunk costs.")
    visibility: float = param(
        2.0, ge=0, le=100, unit="factor", doc="Pull of these posts in feeds.", source=ASSUMED
    )

    def answer(self, world: World, actors: np.ndarray, slots: np.ndarray) -> None:
        """Publish a debunk of each message."""
        self.publish(world, actors, slots, visibility=self.visibility)
