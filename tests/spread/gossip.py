"""A spread rule as somebody else would write it: those who hold a claim tell one of their audience a step."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

import infodemic_sim as ids
from infodemic_sim.kernels.adopting import link
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import ClaimRule, Status


class Gossip(ClaimRule):
    """Everybody who holds the claim tells each of those who see them, with chance ``telling`` a step."""

    statuses: ClassVar[tuple[Status, ...]] = (Status("deaf", "unaware", 0), Status("gossip", "spreading", 1))
    levers: ClassVar[frozenset[str]] = frozenset({"sharing"})

    telling: float = ids.param(0.2, ge=0, le=1, unit="chance per tie and step", doc="Chance to tell.")

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        people = self.people_who_start(ground)
        arrays = {"status": np.zeros(ground.n, np.int8), "latest": np.full(ground.n, -1, np.int32)}
        arrays["count"] = np.zeros(1, np.int64)
        return arrays, self._take_up(arrays, people, np.full(people.size, -1, np.int32), 0.0)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        told: dict[int, tuple[float, int]] = {}
        for person in np.flatnonzero(arrays["status"]).tolist():
            audience = ground.audience.followees(person)
            factor = chances.sharing[person] if chances.sharing.size else 1.0
            words = (step, int(ground.keys[person]))
            luck = ground.draws.uniform(Purpose.CONTACT, ground.keys[audience], *words)
            for other, u in zip(audience.tolist(), luck.tolist(), strict=True):
                if u < factor * self.telling and not arrays["status"][other]:
                    told[other] = min(told.get(other, (2.0, -1)), (u, person))
        people = np.array(sorted(told), np.int32)
        sources = np.array([told[int(other)][1] for other in people], np.int32)
        return self._take_up(arrays, people, sources, step + 1.0)

    def finished(self, arrays: Arrays) -> bool:
        return bool(arrays["status"].all()) or not arrays["status"].any()

    endless: ClassVar[bool] = True

    def _take_up(self, arrays: Arrays, people: np.ndarray, sources: np.ndarray, time: float) -> np.ndarray:
        arrays["status"][people] = 1
        parents = link(people, sources, arrays["latest"], arrays["count"][0])
        arrays["count"] += people.size
        return adoptions(people, parents, time)
