"""Quiet hours: a platform asks people to leave it alone at night."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import ASSUMED, Intervention, param
from infodemic_sim.interventions import Indices, Memory
from infodemic_sim.world import World

HALF_MINUTE = 1.0 / 120.0
"""Hours; the clock is compared with this slack, however its sums are rounded."""


class QuietHours(Intervention):
    """People who take part visit platforms less often at night, until they are used to being asked.

    In steps that begin from ``begins`` to ``ends`` (hours of the day; past midnight if it ends earlier)
    visits of those who take part are multiplied by ``1 - effect``, each in as many nights as ``nights``.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"sessions"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)

    effect: float = param(0.5, ge=0, le=1, unit="share", doc="Visits given up.", source=ASSUMED)
    begins: float = param(22.0, ge=0, lt=24, unit="h", doc="Time of day at which it begins.", source=ASSUMED)
    ends: float = param(6.0, ge=0, lt=24, unit="h", doc="Time of day at which it ends.", source=ASSUMED)
    nights: int = param(30, ge=1, unit="nights", doc="Nights in which one takes notice.", source=ASSUMED)

    def start(self, world: World) -> Memory:
        """How many nights everybody has been asked in, and which was the last; the first is night -1."""
        return {"asked": np.zeros(world.n, np.int64), "last": np.full(world.n, -2, np.int64)}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Ask those who take part now; it is called at each step, by day with the same people."""
        if not self.at_night(world.hour):
            return
        tonight = int((world.hour + HALF_MINUTE - self.begins) // 24.0)
        new = people[memory["last"][people] < tonight]
        memory["asked"][new] += 1
        memory["last"][new] = tonight
        listening = people[memory["asked"][people] <= self.nights]
        world.levers.sessions.scale(listening, 1.0 - self.effect)

    def at_night(self, hour: float) -> bool:
        """Whether a step that begins so many hours after day 0 belongs to the night."""
        time = (hour + HALF_MINUTE) % 24.0
        if self.begins <= self.ends:
            return self.begins <= time < self.ends
        return time >= self.begins or time < self.ends
