"""Everybody knows everybody: the well-mixed population of the textbooks."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.params import param


class Complete(GraphSource):
    """Friendships between all people, n (n - 1) / 2; they take 4 n (n - 1) bytes, 400 MB at n = 10,000."""

    type_name: ClassVar[str] = "complete"

    people: int = param(ge=1, le=30_000, unit="people", doc="Number of people.")

    def build(self) -> SocialGraph:
        from infodemic_sim.kernels.graph_complete import complete_rows

        indptr, indices = complete_rows(self.people)
        return SocialGraph._trusted(indptr=indptr, indices=indices, directed=False)


def complete_graph(n: int) -> SocialGraph:
    """Friendships between all of n people, at most 30,000."""
    return Complete(people=n).build()
