"""The kinds of graph that a scenario file may name."""

from __future__ import annotations

from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.graphs.complete import Complete
from infodemic_sim.graphs.configuration_model import ConfigurationModel
from infodemic_sim.graphs.erdos_renyi import ErdosRenyi
from infodemic_sim.graphs.graph_file import GraphFile
from infodemic_sim.graphs.planted_communities import PlantedCommunities
from infodemic_sim.graphs.rewire import Rewired
from infodemic_sim.graphs.scale_free import ScaleFree
from infodemic_sim.graphs.simsom_graph import SimsomGraph
from infodemic_sim.graphs.small_world import SmallWorld
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.graphs.with_communities import WithCommunities

GRAPH_SOURCES: tuple[type[GraphSource], ...] = (
    Complete,
    ConfigurationModel,
    ErdosRenyi,
    GraphFile,
    PlantedCommunities,
    Rewired,
    ScaleFree,
    SimsomGraph,
    SmallWorld,
    WithCommunities,
)


def graph_source(type_name: str) -> type[GraphSource]:
    """The class of graphs that a scenario file calls ``type: type_name``.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    known = {source.type_name: source for source in GRAPH_SOURCES}
    if type_name not in known:
        raise UnknownNameError(f"There is no graph of type '{type_name}'. {did_you_mean(type_name, known)}")
    return known[type_name]
