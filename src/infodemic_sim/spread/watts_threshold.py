"""The threshold rule of Watts: a share of one's contacts."""

from __future__ import annotations

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.params import param
from infodemic_sim.spread.threshold_rule import ThresholdRule


class WattsThreshold(ThresholdRule):
    """People take a claim up once a share phi of all whom they see have.

    Rounds are synchronous: v becomes active in the first round t + 1 in which somebody whom v sees became
    active in round t, and (active among those whom v sees) / (all whom v sees) >= phi [Watts2002]. Without
    levers, the order of updates would not change who is active in the end, and nothing but the starters is
    random. Those with at most 1 / phi contacts follow a single one: where they hang together, one person
    can set off a global cascade. A fair lot among those who became active in the last round says from whom
    v had it.

    Levers: sharing f_u: v notices that u is active with probability min(1, f_u), drawn once for each tie.
    Inoculation I_v raises the threshold for a false claim, logit phi -> logit phi + I (phi = 1 stays 1).
    """

    fraction: float = param(
        0.18,
        gt=0,
        le=1,
        unit="share of contacts",
        doc="Share of those whom a person sees who must have taken it up before the person does.",
        source="Watts2002",
    )

    def given_thresholds(self, keys: np.ndarray) -> np.ndarray:
        return np.full(keys.size, self.fraction)

    def weighs_ties(self) -> bool:
        return False

    def check(self, graph: SocialGraph) -> None:
        """Any graph will do."""
