"""Suspension: accounts that keep posting misinformation are shut out for a while."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.finding import FindingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class Suspension(FindingIntervention):
    """Each found message is a strike for its author; so many strikes suspend the account for some days.

    A suspended account neither posts nor reshares, and what it posted is shown to nobody; then its strikes
    start anew. Accurate messages found by mistake are strikes too.
    """

    family: ClassVar[str] = "platform"
    needs: ClassVar[frozenset[str]] = frozenset({"posting", "sharing", "reach"})
    effects: ClassVar[tuple[str, ...]] = ("duration",)

    strikes: int = param(3, ge=1, unit="strikes", doc="How many suspend an account.", source=ASSUMED)
    duration: float = param(
        7.0, ge=0, unit="d", doc="How long a suspension lasts.", source=ASSUMED, plausible=(1.0, 30.0)
    )

    def start(self, world: World) -> Memory:
        """Strikes of each person, and the hour until which each is suspended."""
        return {"strikes": np.zeros(world.n, np.int32), "until": world.person_array(fill=-1.0)}

    def treat(self, world: World, slots: np.ndarray, people: Indices, memory: Memory) -> None:
        """Count strikes; shut out who has enough of them."""
        strikes, until = memory["strikes"], memory["until"]
        np.add.at(strikes, self.authors(world, slots), 1)
        now = np.flatnonzero(strikes >= self.strikes)
        strikes[now] = 0
        until[now] = world.hour + 24.0 * self.duration
        memory["reached"][now] = True
        out = np.flatnonzero(until > world.hour + 1e-6)
        if out.size:
            world.suspend(out, now.size, world.platform_or_all(self.platform))
