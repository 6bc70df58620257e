"""Two opinions, and people who copy one another."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.params import Several, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.meeting import meetings, order_of_keys
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import Status, StatusRule, drawn, given

MISINFORMED, INFORMED = range(2)


class Voter(StatusRule):
    """Somebody drawn at random copies the opinion of somebody they see [HolleyLiggett1975].

    A step is a sweep of n updates, one after the other. In each, a person i is drawn, all alike, and takes
    the opinion of one of the d_i people whom i sees: of j with chance f_j / max(d_i, sum of f over them all),
    where f is the factor that interventions put on sharing (1 if none do, so that all are alike); with the
    chance that is left, and where i sees nobody, i keeps their opinion. Everybody holds one of two opinions,
    the false one (message 0) or the accurate one (message 1); an adoption is a change of opinion, and its
    time counts sweeps. The run ends once nobody sees another opinion. Among friends who can all reach one
    another one opinion wins: the accurate one with a chance that is its share, at the start, of all entries
    in lists of friends [SoodRedner2005]. On the complete graph, from one half, it takes n ln 2 sweeps on
    average.
    """

    messages: ClassVar[int] = 2
    endless: ClassVar[bool] = True
    levers: ClassVar[frozenset[str]] = frozenset({"sharing"})
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("misinformed", "spreading", 1),
        Status("informed", "checking", -1),
    )

    share: float = param(
        0.5,
        ge=0,
        le=1,
        unit="share",
        doc="People who hold the accurate opinion at the start, to the nearest person, drawn at random.",
    )
    start: Several[int] = param(
        (), doc="Who holds it, instead of a draw: positions, or the graph's column ``key``."
    )

    def side(self, message: int) -> int:
        """Message 0 is false, message 1 accurate."""
        return 1 if message == INFORMED else -1

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Everybody starts with an opinion, and so with an adoption, numbered in order of key."""
        status = np.zeros(ground.n, np.int8)
        status[self.informed_at_start(ground)] = INFORMED
        everybody = np.argsort(ground.keys).astype(np.int32)
        arrays: Arrays = {
            "status": status,
            "latest": np.argsort(everybody).astype(np.int32),
            "adoptions": np.array([ground.n]),
            "agreed": np.array([self.agreed(ground, status)]),
            **order_of_keys(ground),
        }
        return arrays, adoptions(everybody, -1, 0.0, status[everybody])

    def informed_at_start(self, ground: Ground) -> np.ndarray:
        """Positions of those who start with the accurate opinion: int32[m]."""
        name = type(self).__name__
        if self.start:
            return given(self.start, ground, name)
        return drawn(round(self.share * ground.n), ground, name)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One sweep."""
        from infodemic_sim.kernels.adopting import link
        from infodemic_sim.kernels.opinion_meeting import copy

        base = ground.draws.base(Purpose.CONTACT, step)
        people, ties = meetings(ground, arrays)
        who, whom, opinions, turns = copy(people, ties, chances.sharing, base, arrays["status"])
        parents = link(who, whom, arrays["latest"], arrays["adoptions"][0])
        arrays["adoptions"][0] += who.size
        arrays["agreed"][0] = self.agreed(ground, arrays["status"])
        return adoptions(who, parents, step + (turns + 1) / ground.n, opinions)

    def agreed(self, ground: Ground, status: np.ndarray) -> bool:
        """Whether nobody sees another opinion."""
        from infodemic_sim.kernels.opinion_meeting import agreed

        return bool(agreed(ground.graph.indptr, ground.graph.indices, status))

    def finished(self, arrays: Arrays) -> bool:
        """Whether nobody sees another opinion."""
        return bool(arrays["agreed"][0])
