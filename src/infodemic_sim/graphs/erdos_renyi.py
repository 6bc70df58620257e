"""Random ties: everybody alike."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import Generator
from infodemic_sim.params import param


class ErdosRenyi(Generator):
    """Ties drawn uniformly from all pairs of people.

    Exactly M = n · ``mean_degree`` ties (half as many friendships) out of all pairs, every set of M equally
    likely: the model G(n, M) [ErdosRenyi1959]. Clustering is ``mean_degree`` / (n − 1).
    """

    type_name: ClassVar[str] = "erdos_renyi"

    mean_degree: float = param(ge=0, unit="people", doc="Mean number of people each one sees.")
    directed: bool = param(False, doc="Follows that hold one way, instead of friendships.")

    @model_validator(mode="after")
    def _check(self) -> ErdosRenyi:
        if self.mean_degree > self.people - 1:
            rule = f"at most people - 1 = {self.people - 1} people"
            raise ParameterError(f"mean_degree must be {rule}, but got {self.mean_degree:g}.")
        return self

    def build(self) -> SocialGraph:
        from infodemic_sim.kernels.graph_pairs import uniform_ties
        from infodemic_sim.kernels.graph_random import new_state

        ties = round(self.people * self.mean_degree / (1 if self.directed else 2))
        sources, targets = uniform_ties(new_state(self.seed), self.people, ties, self.directed)
        return SocialGraph.from_ties(sources, targets, self.people, self.directed, source=self.type_name)


def erdos_renyi(n: int, *, mean_degree: float, directed: bool = False, seed: int) -> SocialGraph:
    """Random ties between n people; the parameters are those of ``ErdosRenyi``."""
    return ErdosRenyi(people=n, mean_degree=mean_degree, directed=directed, seed=seed).build()
