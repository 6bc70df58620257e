"""What rumours share in which ignorants, spreaders and stiflers meet one by one in continuous time."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.kernels.adopting import link
from infodemic_sim.kernels.compiled import unwritable
from infodemic_sim.kernels.rumour import (
    SPREADER,
    Habits,
    Luck,
    People,
    Scaled,
    gossip,
    wind_all,
)
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.contacts import contacts_by_key, ties
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.network_rule import NOTHING, Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import ClaimRule, Status


class RumourRule(ClaimRule):
    """Base of rumours: every spreader has a clock, and whenever it rings meets one of those who see them.

    Clocks are Poisson processes, so that a step may be of any length: halving it changes no result but by
    rounding. Each ring draws, at addresses made of the person and the number of the ring, whether the
    spreader forgets, whom they meet (uniformly), and whether the meeting has an effect. Meetings happen one
    by one in the order of time. A spreader whom nobody sees meets nobody, and stays one.

    Levers: sharing f multiplies the rate at which a person tells ignorants (not that of meetings which
    stifle); of a false rumour, inoculation I multiplies the rate at which a person is told by exp(-I).

    A run holds "status"; "failed" int32[n], failed contacts; "rung" int32[n], rings so far; "left"
    float64[n], time until the next one in units of its mean; "spreading" int32[m], whose clocks run;
    "contacts" int32[...], rows of the audience in order of identities (empty: they are so already);
    "latest" int32[n] and "number" int64[1], numbers of adoptions.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "inoculation"})
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("ignorant", "unaware", 0),
        Status("spreader", "spreading", 1),
        Status("stifler", "stopped", 1),
    )

    def habits(self) -> Habits:
        """The rule as its kernel takes it."""
        raise NotImplementedError

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Everybody is ignorant but those who start."""
        n, start = ground.n, self.people_who_start(ground)
        arrays: Arrays = {
            "status": np.zeros(n, np.int8),
            "failed": np.zeros(n, np.int32),
            "rung": np.zeros(n, np.int32),
            "left": np.zeros(n),
            "spreading": start,
            "contacts": contacts_by_key(ground.audience, ground.graph, ground.keys),
            "latest": np.full(n, -1, np.int32),
            "number": np.array([start.size]),
        }
        arrays["status"][start] = SPREADER
        arrays["latest"][start] = np.arange(start.size)
        wind_all(people(ground, arrays), start, ground.draws.base(Purpose.CLOCK))
        return arrays, adoptions(start, -1, 0.0)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """All meetings of one step."""
        scaled = Scaled(chances.sharing, NOTHING if self.accurate else chances.inoculation)
        told, tellers, when, arrays["spreading"] = gossip(
            ties(ground.audience, arrays["contacts"]),
            people(ground, arrays),
            self.habits(),
            scaled,
            luck(ground),
            arrays["spreading"],
            ground.days_per_step,
        )
        parents = link(told, tellers, arrays["latest"], arrays["number"][0])
        arrays["number"] += told.size
        return adoptions(told, parents, step * ground.days_per_step + when)

    def finished(self, arrays: Arrays) -> bool:
        """Whether no clock runs any more."""
        return arrays["spreading"].size == 0


def people(ground: Ground, arrays: Arrays) -> People:
    """The state of everybody as the kernel takes it."""
    return People(unwritable(ground.keys), *(arrays[name] for name in ("status", "failed", "rung", "left")))


def luck(ground: Ground) -> Luck:
    """Where draws begin; they do not name the step, as the number of a ring tells when it is."""
    purposes = (Purpose.CLOCK, Purpose.PARTNER, Purpose.TRANSMIT, Purpose.FORGET)
    return Luck(*(ground.draws.base(purpose) for purpose in purposes))
