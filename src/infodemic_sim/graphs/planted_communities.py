"""Communities that mostly keep to themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.graphs.source import Generator
from infodemic_sim.params import Several, param


class PlantedCommunities(Generator):
    """Ties of which a set share stays inside communities.

    M = n · ``mean_degree`` ties (half as many friendships). Exactly round(``homophily`` · M) join a uniform
    person to a uniform other one of the same community, the rest to a uniform one of another
    community; every pair at most once (a planted partition, [CondonKarp2001]). The column "community"
    tells who belongs where. Small, dense communities give high clustering.
    """

    type_name: ClassVar[str] = "planted_communities"

    sizes: Several[int] = param(
        unit="people", doc="Size of each community; they add up to the number of people."
    )
    mean_degree: float = param(ge=0, unit="people", doc="Mean number of people each one sees.")
    homophily: float = param(ge=0, le=1, unit="share of ties", doc="Share of ties inside the own community.")
    directed: bool = param(False, doc="Follows that hold one way, instead of friendships.")

    @model_validator(mode="after")
    def _check(self) -> PlantedCommunities:
        if min(self.sizes, default=0) < 1 or sum(self.sizes) != self.people:
            raise ParameterError(f"sizes must be 1 or more people each and add up to people = {self.people}.")
        sizes, wanted = np.array(self.sizes, dtype=np.int64), self.people * self.mean_degree
        room_inside = int((sizes * (sizes - 1)).sum())
        room_outside = self.people**2 - int((sizes * sizes).sum())
        shares = ("inside", room_inside, self.homophily), ("between", room_outside, 1 - self.homophily)
        for where, room, share in shares:
            if wanted * share > 0.95 * room:
                reason = f"{wanted * share:,.0f} ties {where} communities, with room for {0.95 * room:,.0f}"
                raise ParameterError(f"mean_degree and homophily ask for {reason}.")
        return self

    def build(self) -> SocialGraph:
        from infodemic_sim.kernels.graph_pairs import community_ties
        from infodemic_sim.kernels.graph_random import new_state

        ties = round(self.people * self.mean_degree / (1 if self.directed else 2))
        starts = np.concatenate([[0], np.cumsum(self.sizes)]).astype(np.int64)
        inside = round(self.homophily * ties)
        sources, targets = community_ties(new_state(self.seed), starts, inside, ties, self.directed)
        columns = {"community": membership(self.sizes)}
        return SocialGraph.from_ties(
            sources, targets, self.people, self.directed, source=self.type_name, attributes=columns
        )


def membership(sizes: Sequence[int]) -> Categories:
    """The community of each person, named "0", "1", … with leading zeros so that they sort."""
    width = len(str(len(sizes) - 1))
    codes = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return Categories(codes, tuple(f"{community:0{width}d}" for community in range(len(sizes))))


def planted_communities(
    n: int,
    *,
    communities: int | None = None,
    sizes: Sequence[int] | None = None,
    mean_degree: float,
    homophily: float,
    directed: bool = False,
    seed: int,
) -> SocialGraph:
    """n people in communities of given `sizes`, or in a number of equal ones.

    The other parameters are those of ``PlantedCommunities``.
    """
    if (communities is None) == (sizes is None) or (communities is not None and not 0 < communities <= n):
        raise ParameterError("planted_communities: give either sizes, or communities from 1 to n.")
    if sizes is None:
        sizes = [len(part) for part in np.array_split(np.empty(n), communities or 1)]
    return PlantedCommunities(
        people=n,
        sizes=tuple(sizes),
        mean_degree=mean_degree,
        homophily=homophily,
        directed=directed,
        seed=seed,
    ).build()
