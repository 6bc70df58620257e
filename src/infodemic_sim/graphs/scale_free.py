"""Scale-free friendships: a few people know very many."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import Generator
from infodemic_sim.params import param


class ScaleFree(Generator):
    """Friendships grown by preferential attachment.

    Newcomers befriend m = ``mean_degree`` / 2 people (⌊m⌋ or ⌈m⌉, m on average), drawn in proportion to
    their friends so far [BarabasiAlbert1999]. After the first, each friend is with probability
    ``triads`` instead a friend of the person drawn last [HolmeKim2002], which makes friends of friends
    friends. Starts from ⌈m⌉ + 1 people who all know one another.
    """

    type_name: ClassVar[str] = "scale_free"

    mean_degree: float = param(gt=0, unit="friends per person", doc="Mean number of friends.")
    triads: float = param(
        0.0,
        ge=0,
        le=1,
        unit="probability",
        source="HolmeKim2002",
        doc="Chance that a friend is a friend's friend.",
    )

    @model_validator(mode="after")
    def _check(self) -> ScaleFree:
        if not 2 <= self.mean_degree < self.people - 1:
            rule = f"from 2 to below people - 1 = {self.people - 1} friends per person"
            raise ParameterError(f"mean_degree must be {rule}, but got {self.mean_degree:g}.")
        return self

    def build(self) -> SocialGraph:
        from infodemic_sim.kernels.graph_growth import preferential_ties
        from infodemic_sim.kernels.graph_random import new_state

        sources, targets = preferential_ties(
            new_state(self.seed), self.people, self.mean_degree / 2, self.triads
        )
        return SocialGraph.from_ties(sources, targets, self.people, directed=False, source=self.type_name)


def scale_free(n: int, *, mean_degree: float, triads: float = 0.0, seed: int) -> SocialGraph:
    """Scale-free friendships between n people; the parameters are those of ``ScaleFree``."""
    return ScaleFree(people=n, mean_degree=mean_degree, triads=triads, seed=seed).build()
