"""The Bass model: some adopt of themselves, others because they see adopters."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.kernels import bass as kernels
from infodemic_sim.kernels.adopting import link
from infodemic_sim.kernels.compiled import unwritable
from infodemic_sim.kernels.contacts import Ties
from infodemic_sim.params import param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.contacts import contacts_by_key, ties
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.network_rule import NOTHING, Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import ClaimRule, Status


class Bass(ClaimRule):
    """Adoption by innovation and imitation.

    Whoever has not adopted does so at the rate h = p + q (adopters seen) / (people seen) per day, for good;
    who sees nobody, at the rate p. On the complete graph this is the model of [Bass1969]: a share

    F(t) = (1 - exp(-(p + q) t)) / (1 + (q / p) exp(-(p + q) t))

    has adopted by t, and adoption peaks at t = ln(q / p) / (p + q), where F = (q - p) / 2q. Published
    coefficients, such as the p = .03 and q = .38 of durable goods, are per year: to use them so,
    read a day here as a year. Time is continuous: in a step of dt days a person whose rate does not change
    adopts with the chance 1 - exp(-h dt), and whoever adopts counts for the others at once, so that the
    length of a step does not change the law of a run (but its draws).

    Levers: sharing w makes an adopter count w times; of a false claim, inoculation I multiplies h by exp(-I).
    The parent in the tree is nobody with the chance p / h, else an adopter whom the person sees, drawn by
    what each adds to h. Ties may have weights, which are not used.

    A run holds "status"; "heard" int32[n], adopters whom each one sees; "contacts" int32[...], rows of the
    network in order of identities (empty: they are so already); "latest" int32[n] and "number" int64[1],
    numbers of adoptions.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "inoculation"})
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("potential", "unaware", 0),
        Status("adopter", "spreading", 1),
    )

    p: float = param(
        0.03, ge=0, le=1000, unit="per day", doc="Innovation: rate of adopting without any example."
    )
    q: float = param(0.38, ge=0, le=1000, unit="per day", doc="Imitation: what is added if all have adopted.")
    starters: int = param(0, ge=0, unit="people", doc="How many have adopted at the start, drawn at random.")

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Nobody has adopted but those who start."""
        n, start = ground.n, self.people_who_start(ground)
        arrays: Arrays = {
            "status": np.zeros(n, np.int8),
            "heard": np.zeros(n, np.int32),
            "contacts": contacts_by_key(ground.graph, ground.audience, ground.keys),
            "latest": np.full(n, -1, np.int32),
            "number": np.array([start.size]),
        }
        arrays["latest"][start] = np.arange(start.size)
        kernels.settle(market(ground, arrays), rows(ground, arrays), start)
        return arrays, adoptions(start, -1, 0.0)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """All adoptions of one step."""
        purposes = (Purpose.CLOCK, Purpose.TRANSMIT, Purpose.ADOPT)
        people, sources, when = kernels.adopt(
            market(ground, arrays),
            rows(ground, arrays),
            kernels.Scaled(chances.sharing, NOTHING if self.accurate else chances.inoculation),
            kernels.Luck(*(ground.draws.base(purpose, step) for purpose in purposes)),
            self.p,
            self.q,
            ground.days_per_step,
        )
        parents = link(people, sources, arrays["latest"], arrays["number"][0])
        arrays["number"] += people.size
        return adoptions(people, parents, step * ground.days_per_step + when)

    def finished(self, arrays: Arrays) -> bool:
        """Whether nobody is left who could adopt."""
        waiting = arrays["status"] == kernels.WAITING
        if self.p == 0:
            waiting &= (arrays["heard"] > 0) & (self.q > 0)
        return not waiting.any()


def market(ground: Ground, arrays: Arrays) -> kernels.Market:
    """The state of everybody as the kernel takes it."""
    return kernels.Market(unwritable(ground.keys), arrays["status"], arrays["heard"])


def rows(ground: Ground, arrays: Arrays) -> kernels.Rows:
    """The network in both directions as the kernel takes it."""
    audience = ground.audience
    return kernels.Rows(ties(ground.graph, arrays["contacts"]), Ties(audience.indptr, audience.indices))
