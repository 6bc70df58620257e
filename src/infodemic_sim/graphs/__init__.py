"""Who sees whom: graphs, generators, readers and what they look like."""

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories, Column, categories, column
from infodemic_sim.graphs.convert import from_igraph, from_networkx, from_scipy, to_igraph, to_networkx, to_scipy
from infodemic_sim.graphs.files import read_graph
from infodemic_sim.graphs.report import ImportReport
from infodemic_sim.graphs.scale_free import ScaleFree, scale_free
from infodemic_sim.graphs.source import GraphSource

__all__ = [
    "Categories",
    "Column",
    "GraphSource",
    "ImportReport",
    "ScaleFree",
    "SocialGraph",
    "categories",
    "column",
    "from_igraph",
    "from_networkx",
    "from_scipy",
    "read_graph",
    "scale_free",
    "to_igraph",
    "to_networkx",
    "to_scipy",
]
