"""A small world: close circles, and a few far ties that make everybody near."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import Generator
from infodemic_sim.params import param


class SmallWorld(Generator):
    """Friends on a ring, some of them swapped for strangers.

    Everybody knows the k / 2 nearest on either side (k = ``mean_degree``). Each tie then, with probability
    ``rewiring``, keeps one end and gets a uniform other one, unless that makes a self-loop or a tie
    there is already, when it stays [WattsStrogatz1998]. At 0 the clustering is 3 (k − 2) / 4 (k − 1).
    """

    type_name: ClassVar[str] = "small_world"

    mean_degree: int = param(
        ge=2, unit="friends per person", doc="Number of friends on the ring, an even number."
    )
    rewiring: float = param(
        ge=0, le=1, unit="probability", doc="Chance that a tie leads to a stranger instead."
    )

    @model_validator(mode="after")
    def _check(self) -> SmallWorld:
        if self.mean_degree % 2 or self.mean_degree > self.people - 1:
            rule = f"even and at most people - 1 = {self.people - 1} friends per person"
            raise ParameterError(f"mean_degree must be {rule}, but got {self.mean_degree}.")
        return self

    def build(self) -> SocialGraph:
        from infodemic_sim.kernels.graph_pairs import rewired_ring
        from infodemic_sim.kernels.graph_random import new_state

        sources, targets = rewired_ring(
            new_state(self.seed), self.people, self.mean_degree // 2, self.rewiring
        )
        return SocialGraph.from_ties(sources, targets, self.people, directed=False, source=self.type_name)


def small_world(n: int, *, mean_degree: int, rewiring: float, seed: int) -> SocialGraph:
    """A small world of n people; the parameters are those of ``SmallWorld``."""
    return SmallWorld(people=n, mean_degree=mean_degree, rewiring=rewiring, seed=seed).build()
