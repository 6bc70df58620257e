"""The linear threshold rule: influence adds up until it is enough."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import GraphError, ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.params import Several, param
from infodemic_sim.spread.threshold_rule import ThresholdRule

ROUNDING = 1e-6
"""How far weights may add up above 1: they are kept to seven digits."""


class LinearThreshold(ThresholdRule):
    """People take a claim up once those whom they see weigh enough together.

    The weights w_uv of all u whom v sees sum to at most 1: those of the ties, or 1 / (number of people v
    sees). Each v has a threshold theta_v, uniform on (0, 1) unless given. Rounds are synchronous: v becomes
    active in the first round t + 1 in which somebody whom v sees became active in round t, and

        sum of w_uv over active u  >=  theta_v

    [KempeKleinbergTardos2003], [Granovetter1978]. Without levers, the order of updates would not change who
    is active in the end. A lot among those who began to count in that round, in proportion to weight, says
    from whom v had it: this is the tie that lives in the live-edge form of the rule.

    Levers: sharing f_u: u counts for v with probability min(1, f_u), drawn once for each tie. Inoculation
    I_v raises the threshold for a false claim, logit theta -> logit theta + I_v: a weight s, which convinces
    with probability s where thresholds are uniform, then does with s e^-I / (1 - s + s e^-I).
    """

    weighted: bool = param(
        False, doc="Whether influence is the weight of a tie, instead of the same for all whom a person sees."
    )
    thresholds: Several[float] = param(
        (),
        unit="share of influence",
        doc="Thresholds of people by position (or column ``key``), or one for all, instead of draws.",
        source="KempeKleinbergTardos2003",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if wrong := [limit for limit in self.thresholds if not 0.0 < limit <= 1.0]:
            raise ParameterError(f"thresholds must be above 0 and at most 1, but got {wrong[0]:g}.")
        return self

    def given_thresholds(self, keys: np.ndarray) -> np.ndarray:
        limits = np.array(self.thresholds, float)
        if limits.size == 1:
            return np.full(keys.size, limits[0])
        return limits[np.argsort(np.argsort(keys))] if limits.size else limits

    def weighs_ties(self) -> bool:
        return self.weighted

    def check(self, graph: SocialGraph) -> None:
        if len(self.thresholds) not in (0, 1, graph.n):
            rule = f"one number, or one for each of {graph.n} people"
            raise ParameterError(
                f"LinearThreshold.thresholds must be {rule}, but got {len(self.thresholds)}."
            )
        if not self.weighted:
            return
        if graph.weights is None:
            raise GraphError("LinearThreshold.weighted is True, but ties have no weights: leave it False.")
        total = np.bincount(np.repeat(np.arange(graph.n), graph.degrees()), graph.weights, graph.n)
        wrong = np.flatnonzero(~(total <= 1.0 + ROUNDING))
        if wrong.size:
            raise GraphError(
                f"LinearThreshold needs weights that add up to at most 1 over all whom a person sees, but "
                f"those of person {wrong[0]} add up to {total[wrong[0]]:g}: divide them by their sum."
            )
