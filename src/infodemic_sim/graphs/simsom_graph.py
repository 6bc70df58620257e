"""The follower network of SimSoM: follow somebody, then the people they follow."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import Generator
from infodemic_sim.params import param


class SimsomGraph(Generator):
    """Follows grown as in the simulator SimSoM [Truong2024], after random-walk growth [Vazquez2003].

    The first m = ``mean_degree`` people follow one another. Every newcomer follows m different people:
    one drawn uniformly, and each of the m − 1 others with probability ``closure`` from those whom the
    first one follows, else drawn uniformly. (SimSoM may draw a person twice there; here another is
    drawn.) Followers are then unequal, as on Twitter, and friends of friends often friends.
    """

    type_name: ClassVar[str] = "simsom_graph"

    mean_degree: int = param(
        3, ge=1, unit="people", source="Truong2024", doc="How many people each newcomer follows."
    )
    closure: float = param(
        0.5,
        ge=0,
        le=1,
        unit="probability",
        source="Truong2024",
        doc="Chance to follow a friend of the first friend.",
    )

    @model_validator(mode="after")
    def _check(self) -> SimsomGraph:
        if self.mean_degree >= self.people:
            rule = f"below people = {self.people}"
            raise ParameterError(f"mean_degree must be {rule}, but got {self.mean_degree}.")
        return self

    def build(self) -> SocialGraph:
        from infodemic_sim.kernels.graph_growth import follower_ties
        from infodemic_sim.kernels.graph_random import new_state

        followed = follower_ties(new_state(self.seed), self.people, self.mean_degree, self.closure).ravel()
        sources = np.repeat(np.arange(self.people, dtype=np.int32), self.mean_degree)
        known = followed >= 0
        return SocialGraph.from_ties(
            sources[known], followed[known], self.people, directed=True, source=self.type_name
        )


def simsom_graph(n: int, *, mean_degree: int = 3, closure: float = 0.5, seed: int) -> SocialGraph:
    """The follower network of SimSoM for n people; the parameters are those of ``SimsomGraph``."""
    return SimsomGraph(people=n, mean_degree=mean_degree, closure=closure, seed=seed).build()
