"""Cascades by chance: whoever is new tries once to get through to each of those who see them."""

from __future__ import annotations

import numpy as np

from infodemic_sim.errors import GraphError
from infodemic_sim.graphs.base import NO_WEIGHTS, SocialGraph
from infodemic_sim.kernels.cascade import from_whom, won_over
from infodemic_sim.kernels.cascade_sizes import cascade_sizes
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.cascade_rule import Batch, CascadeRule, unsigned
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground


class ChanceRule(CascadeRule):
    """Base of cascades in which people become active once enough others have got through to them.

    The array "heard", int32[n], counts those who have, and stops at enough.
    """

    def people_needed(self) -> int:
        """How many have to get through to a person."""
        raise NotImplementedError

    def tie_chance(self) -> float | None:
        """Chance that one active person gets through to one who sees them; None: the weight of the tie."""
        raise NotImplementedError

    def memory(self, ground: Ground, start: np.ndarray) -> Arrays:
        heard = np.zeros(ground.n, np.int32)
        heard[start] = self.people_needed()
        return {"heard": heard}

    def activated(self, ground: Ground, arrays: Arrays, chances: Chances) -> np.ndarray:
        base, seen_by = ground.draws.base(Purpose.TRANSMIT), ground.audience
        rows = seen_by.indptr, seen_by.indices, *self._odds(seen_by)
        levers = chances.sharing, self.doubts(chances)
        return won_over(
            base, ground.keys, arrays["fresh"], *rows, self.people_needed(), *levers, arrays["heard"]
        )

    def activated_by(
        self, ground: Ground, arrays: Arrays, chances: Chances, people: np.ndarray, first: int
    ) -> np.ndarray:
        base, sees = ground.draws.base(Purpose.TRANSMIT), ground.graph
        rows = sees.indptr, sees.indices, *self._odds(sees)
        levers = chances.sharing, self.doubts(chances)
        return from_whom(base, ground.keys, people, first, arrays["latest"], *rows, *levers)

    def sizes_of(self, ground: Ground, batch: Batch) -> np.ndarray:
        rows = *unsigned(ground.audience), *self._odds(ground.audience)
        return cascade_sizes(*batch, *rows, np.uint64(self.people_needed()))

    def _odds(self, graph: SocialGraph) -> tuple[np.ndarray, float]:
        """Chances of the ties (or empty), and the chance of all (or 0)."""
        chance = self.tie_chance()
        return (graph.weights_or_empty(), 0.0) if chance is None else (NO_WEIGHTS, chance)

    def check(self, graph: SocialGraph) -> None:
        if self.tie_chance() is not None:
            return
        name = type(self).__name__
        if graph.weights is None:
            raise GraphError(f"{name}.chance is None, but ties have no weights: give a chance from 0 to 1.")
        wrong = graph.weights[~((graph.weights >= 0.0) & (graph.weights <= 1.0))]
        if wrong.size:
            raise GraphError(
                f"{name} takes weights of ties as chances from 0 to 1, but one is {wrong[0]:g}: scale them, "
                "or give a chance."
            )
