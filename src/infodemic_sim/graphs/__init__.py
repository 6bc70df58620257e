"""Who sees whom: graphs, generators, readers and what they look like."""

from infodemic_sim.graphs.attributes import read_attributes
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories, Column, categories, column
from infodemic_sim.graphs.complete import Complete, complete_graph
from infodemic_sim.graphs.configuration_model import ConfigurationModel, configuration_model
from infodemic_sim.graphs.convert import (
    from_igraph,
    from_networkx,
    from_scipy,
    to_igraph,
    to_networkx,
    to_scipy,
)
from infodemic_sim.graphs.describe import GraphDescription, describe
from infodemic_sim.graphs.erdos_renyi import ErdosRenyi, erdos_renyi
from infodemic_sim.graphs.fetch import NETWORKS, fetch
from infodemic_sim.graphs.files import read_graph
from infodemic_sim.graphs.graph_file import GraphFile
from infodemic_sim.graphs.layout import layout
from infodemic_sim.graphs.planted_communities import PlantedCommunities, planted_communities
from infodemic_sim.graphs.registry import GRAPH_SOURCES, graph_source
from infodemic_sim.graphs.report import ImportReport
from infodemic_sim.graphs.rewire import Rewired, rewired
from infodemic_sim.graphs.scale_free import ScaleFree, scale_free
from infodemic_sim.graphs.simsom_graph import SimsomGraph, simsom_graph
from infodemic_sim.graphs.small_world import SmallWorld, small_world
from infodemic_sim.graphs.source import Generator, GraphSource
from infodemic_sim.graphs.with_communities import WithCommunities, with_communities

__all__ = [
    "GRAPH_SOURCES",
    "NETWORKS",
    "Categories",
    "Column",
    "Complete",
    "ConfigurationModel",
    "ErdosRenyi",
    "Generator",
    "GraphDescription",
    "GraphFile",
    "GraphSource",
    "ImportReport",
    "PlantedCommunities",
    "Rewired",
    "ScaleFree",
    "SimsomGraph",
    "SmallWorld",
    "SocialGraph",
    "WithCommunities",
    "categories",
    "column",
    "complete_graph",
    "configuration_model",
    "describe",
    "erdos_renyi",
    "fetch",
    "from_igraph",
    "from_networkx",
    "from_scipy",
    "graph_source",
    "layout",
    "planted_communities",
    "read_attributes",
    "read_graph",
    "rewired",
    "scale_free",
    "simsom_graph",
    "small_world",
    "to_igraph",
    "to_networkx",
    "to_scipy",
    "with_communities",
]
