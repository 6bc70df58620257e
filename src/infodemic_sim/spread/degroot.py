"""Opinions as mean opinions of those whom one sees, again and again."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.params import param
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.opinion_rule import OpinionRule, PerPerson, moved_to


class DeGroot(OpinionRule):
    """Everybody moves, all at once, to a mean of their own opinion and those they see [DeGroot1974].

        x_i(t + 1) = (s_i x_i(t) + (1 - s_i) sum_j w_ij f_j x_j(t)) / (s_i + (1 - s_i) sum_j w_ij f_j)

    over all j whom i sees: s_i is the weight of the own opinion, w_ij the weight of the tie (all alike in
    graphs without weights), divided by its sum over j, f_j the factor that interventions put on the sharing
    of j (1 if none do, and then the divisor is 1). Who sees nobody of any weight keeps their opinion. With
    s_i > 0 all opinions settle; without, two people who see only each other may swap opinions for ever. They
    lie within `settled` r / (1 - r) of their limits when the run ends, if distances shrink by r in a step.
    """

    type_name: ClassVar[str] = "degroot"
    endless: ClassVar[bool] = True

    self_weight: PerPerson = param(
        0.5, unit="share", doc="s: weight of one's own opinion; a number, one per person, or a column."
    )

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Opinions at the start and everybody's weight of their own opinion, "self_weight", float64[n]."""
        arrays, nobody = super().begin(ground)
        return {**arrays, "self_weight": self.for_each("self_weight", ground.graph)}, nobody

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One round of listening."""
        return moved_to(arrays, listened(ground, arrays, chances))


def listened(ground: Ground, arrays: Arrays, chances: Chances) -> np.ndarray:
    """The mean of everybody's own opinion and those they see: float64[n]."""
    from infodemic_sim.kernels import opinion_averaging

    graph, pulls = ground.graph, chances.sharing
    ties = graph.indptr, graph.indices, graph.weights_or_empty()
    return opinion_averaging.listened(*ties, pulls, arrays["self_weight"], arrays["opinion"])
