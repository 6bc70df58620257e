"""What a graph looks like: one table, for a person or a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.report import ImportReport

QUANTILES = {"min": 0, "5 %": 0.05, "25 %": 0.25, "median": 0.5, "75 %": 0.75, "95 %": 0.95, "max": 1}


@dataclass(frozen=True)
class GraphDescription:
    """Statistics of a graph; NaN where one is not defined.

    Parameters
    ----------
    people, ties : counts; a friendship is one tie. Self-loops are no ties.
    directed : whether ties hold one way.
    duplicates_removed, self_loops_removed : what the import left out (0 if nothing was imported).
    isolated : people without any tie.
    components, largest_component : groups joined by ties in any direction, and people in the largest.
    reciprocity : share of ties that are returned; 1 for friendships.
    mean_degree : mean number of people that each one sees.
    degree_quantiles : of the number of people that each one sees.
    clustering : mean over people of the share of pairs of friends who are friends, 0 for those with
        fewer than 2, ties taken as friendships [WattsStrogatz1998].
    assortativity : correlation of the degrees at both ends of a tie, ties taken as friendships
        [Newman2002].
    changes : the import report as text.
    """

    people: int
    ties: int
    directed: bool
    duplicates_removed: int
    self_loops_removed: int
    isolated: int
    components: int
    largest_component: int
    reciprocity: float
    mean_degree: float
    degree_quantiles: dict[str, float]
    clustering: float
    assortativity: float
    changes: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data; undefined numbers are None."""
        return {name: None if value != value else value for name, value in asdict(self).items()}

    def __str__(self) -> str:
        quantiles = ", ".join(f"{name} {value:g}" for name, value in self.degree_quantiles.items())
        shown = {**asdict(self), "degree_quantiles": quantiles}
        width = max(map(len, shown))
        return "\n".join(
            f"{name.replace('_', ' '):{width}}  {_shown(value)}" for name, value in shown.items()
        )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "not defined" if np.isnan(value) else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def describe(graph: SocialGraph) -> GraphDescription:
    """Count and measure a graph: some seconds per ten million ties."""
    friends = as_friendships(graph)
    report = graph.report or ImportReport()
    sizes = component_sizes(graph)
    degrees = graph.degrees()
    return GraphDescription(
        people=graph.n,
        ties=graph.number_of_ties,
        directed=graph.directed,
        duplicates_removed=report.duplicates,
        self_loops_removed=report.self_loops,
        isolated=int((friends.degrees() == 0).sum()),
        components=len(sizes),
        largest_component=int(sizes.max()),
        reciprocity=reciprocity(graph),
        mean_degree=float(degrees.mean()),
        degree_quantiles={name: float(np.quantile(degrees, share)) for name, share in QUANTILES.items()},
        clustering=float(local_clustering(friends).mean()),
        assortativity=assortativity(friends),
        changes=str(graph.report) if graph.report else "",
    )


def as_friendships(graph: SocialGraph) -> SocialGraph:
    """The graph with every tie taken as a friendship."""
    if not graph.directed:
        return graph
    sources = np.repeat(np.arange(graph.n, dtype=np.int32), graph.degrees())
    return SocialGraph.from_ties(sources, graph.indices, graph.n, directed=False)


def component_sizes(graph: SocialGraph) -> np.ndarray:
    """People in each group that ties, in any direction, hold together."""
    from scipy.sparse.csgraph import connected_components

    from infodemic_sim.graphs.convert import to_scipy

    _, group = connected_components(to_scipy(graph), directed=graph.directed, connection="weak")
    return np.bincount(group)


def reciprocity(graph: SocialGraph) -> float:
    """Share of ties that are returned; 1 for friendships, NaN without ties."""
    from infodemic_sim.kernels.graph_statistics import returned_ties

    if graph.number_of_ties == 0:
        return float("nan")
    back = graph.followers()
    return float(returned_ties(graph.indptr, graph.indices, back.indptr, back.indices) / len(graph.indices))


def local_clustering(graph: SocialGraph) -> np.ndarray:
    """Share of each person's pairs of friends who are friends, 0 for those with fewer than 2 (float64)."""
    from infodemic_sim.kernels.graph_statistics import triangles

    friends = as_friendships(graph)
    degrees = friends.degrees()
    pairs = degrees * (degrees - 1) / 2
    return triangles(friends.indptr, friends.indices) / np.maximum(pairs, 1)


def assortativity(graph: SocialGraph) -> float:
    """Correlation of degrees over both directions of each friendship; NaN if all degrees are equal."""
    from infodemic_sim.kernels.graph_statistics import degree_moments

    friends = as_friendships(graph)
    if len(friends.indices) == 0:
        return float("nan")
    first, second, product = (
        s / len(friends.indices) for s in degree_moments(friends.indptr, friends.indices)
    )
    spread = second - first**2
    return float((product - first**2) / spread) if spread > 1e-12 * second else float("nan")
