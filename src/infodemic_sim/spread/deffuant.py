"""People meet two at a time, and move closer if their opinions are near enough."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.params import param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.meeting import meetings, order_of_keys
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.opinion_rule import NOBODY, OpinionRule


class Deffuant(OpinionRule):
    """Two people compromise when their opinions differ by less than epsilon [Deffuant2000].

    A step is n encounters, one after the other. In each, a person i is drawn, all alike, and one j of those
    whom i sees, all alike; if ``|x_j - x_i| < epsilon``,

        x_i <- x_i + min(1, mu f_j) (x_j - x_i),   x_j <- x_j + min(1, mu f_i) (x_i - x_j)

    both with the opinions before the encounter; f is the factor that interventions put on a person's sharing
    (1 if none do). Of a tie that holds one way only i moves, as j does not see i. A drawn person who sees
    nobody meets nobody. Among friends the sum of opinions stays as it was. The run ends once no encounter
    could move an opinion by more than `settled`; where ties hold one way that may never be.
    """

    endless: ClassVar[bool] = True

    confidence: float = param(
        0.2,
        ge=0,
        le=1,
        unit="credence",
        source="Deffuant2000",
        doc="epsilon: people whose opinions differ by this or more do not heed each other.",
    )
    convergence: float = param(
        0.5,
        gt=0,
        le=0.5,
        unit="share",
        source="Deffuant2000",
        doc="mu: share of the difference that each moves.",
    )

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Opinions at the start, and the order in which draws count people."""
        arrays, nobody = super().begin(ground)
        return {**arrays, **order_of_keys(ground)}, nobody

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """As many encounters as there are people; "moved" is how far an opinion moved in one, or could."""
        from infodemic_sim.kernels.opinion_meeting import meet, widest_gap

        graph, opinion = ground.graph, arrays["opinion"]
        base = ground.draws.base(Purpose.CONTACT, step)
        by = self.confidence, self.convergence
        sees = graph.indptr, graph.indices, not graph.directed
        moved = meet(*sees, *meetings(ground, arrays), chances.sharing, base, *by, opinion)
        if moved <= self.settled:
            enough = self.settled / self.convergence
            gap = widest_gap(graph.indptr, graph.indices, self.confidence, opinion, enough)
            moved = self.convergence * gap
        arrays["moved"][0] = moved
        return NOBODY
