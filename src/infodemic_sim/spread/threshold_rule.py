"""Cascades by threshold: people follow once enough of those whom they see have gone ahead."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.graphs.base import NO_WEIGHTS, SocialGraph
from infodemic_sim.kernels.threshold import WHOLE, followers_won, whom_followed
from infodemic_sim.kernels.threshold_sizes import threshold_sizes
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.cascade_rule import Batch, CascadeRule, unsigned
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground


class ThresholdRule(CascadeRule):
    """Base of cascades in which people become active once a share of influence reaches their threshold.

    The array "pressure", int64[n], is what the active people whom each one sees count for: 1 each, or the
    weight of the tie in units of 2^-53. It is divided by all whom they see, or by 2^53, and compared with
    the array "thresholds", float64[n].
    """

    drawn_for: ClassVar[Purpose] = Purpose.THRESHOLD

    def given_thresholds(self, keys: np.ndarray) -> np.ndarray:
        """Thresholds of people with these keys, float64[n]; empty where they are to be drawn."""
        raise NotImplementedError

    def weighs_ties(self) -> bool:
        """Whether influence is the weight of a tie, instead of one share for each whom a person sees."""
        raise NotImplementedError

    def memory(self, ground: Ground, start: np.ndarray) -> Arrays:
        given = self.given_thresholds(ground.keys)
        drawn = given if given.size else ground.draws.uniform(Purpose.THRESHOLD, ground.keys)
        return {
            "pressure": np.zeros(ground.n, np.int64),
            "thresholds": drawn,
            "full": self._full(ground.graph),
        }

    def activated(self, ground: Ground, arrays: Arrays, chances: Chances) -> np.ndarray:
        base, seen_by = ground.draws.base(Purpose.TRANSMIT), ground.audience
        rows = seen_by.indptr, seen_by.indices, self._influence(seen_by)
        limits = arrays["full"], arrays["thresholds"], chances.sharing, self.doubts(chances)
        state = arrays["pressure"], arrays["status"]
        return followers_won(base, ground.keys, arrays["fresh"], *rows, *limits, *state)

    def activated_by(
        self, ground: Ground, arrays: Arrays, chances: Chances, people: np.ndarray, first: int
    ) -> np.ndarray:
        sees = ground.graph
        bases = ground.draws.base(Purpose.TRANSMIT), ground.draws.base(Purpose.PICK)
        rows = sees.indptr, sees.indices, self._influence(sees)
        return whom_followed(*bases, ground.keys, people, first, arrays["latest"], *rows, chances.sharing)

    def sizes_of(self, ground: Ground, batch: Batch) -> np.ndarray:
        rows = *unsigned(ground.audience), self._influence(ground.audience)
        return threshold_sizes(*batch, *rows, self._full(ground.graph), self.given_thresholds(ground.keys))

    def _influence(self, graph: SocialGraph) -> np.ndarray:
        """Influence of the ties, empty where everybody counts alike."""
        return graph.weights_or_empty() if self.weighs_ties() else NO_WEIGHTS

    def _full(self, graph: SocialGraph) -> np.ndarray:
        """The pressure that stands for a share of 1, float64[n]."""
        return np.full(graph.n, WHOLE) if self.weighs_ties() else graph.degrees().astype(float)
