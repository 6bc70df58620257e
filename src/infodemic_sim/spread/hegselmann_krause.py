"""Mean opinions of those whom one sees and whose opinions are near one's own."""

from __future__ import annotations

import numpy as np

from infodemic_sim.params import param
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.opinion_rule import OpinionRule, moved_to


class HegselmannKrause(OpinionRule):
    """Everybody moves, all at once, to the mean of the opinions near theirs [HegselmannKrause2002].

        x_i(t + 1) = (x_i(t) + sum_j f_j x_j(t)) / (1 + sum_j f_j)

    over all j whom i sees with ``|x_j(t) - x_i(t)| <= epsilon``; f_j is the factor that interventions put on the
    sharing of j (1 if none do). Weights of ties play no part. Where everybody sees everybody this is the
    classical model, which stops after finitely many steps; a step then takes n log n time, else time linear
    in ties.
    """

    confidence: float = param(
        0.25,
        ge=0,
        le=1,
        unit="credence",
        source="HegselmannKrause2002",
        doc="epsilon: the largest difference of opinion at which people still heed one another.",
    )

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One round of listening."""
        from infodemic_sim.kernels.opinion_averaging import near_mean, near_mean_of_all

        graph, opinion, pulls = ground.graph, arrays["opinion"], chances.sharing
        if len(graph.indices) == graph.n * (graph.n - 1):
            return moved_to(arrays, near_mean_of_all(pulls, self.confidence, opinion))
        return moved_to(arrays, near_mean(graph.indptr, graph.indices, pulls, self.confidence, opinion))
