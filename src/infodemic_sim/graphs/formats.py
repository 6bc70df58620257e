"""GraphML and GEXF through networkx, only after a guard; and the doors to the other formats."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import from_networkx
from infodemic_sim.graphs.files import Direction, noting
from infodemic_sim.graphs.gml import read_gml
from infodemic_sim.graphs.matrix_market import read_mtx
from infodemic_sim.graphs.node_link import read_json
from infodemic_sim.graphs.pajek import read_net
from infodemic_sim.graphs.raw import one_line, refused
from infodemic_sim.graphs.xml_checks import check_xml

if TYPE_CHECKING:
    import networkx

__all__ = ["read_gexf", "read_gml", "read_graphml", "read_json", "read_mtx", "read_net"]


def read_graphml(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A GraphML file."""
    import networkx as nx

    outline = check_xml(path, content, "graphml")
    graph = parsed(path, nx.read_graphml, io.BytesIO(content))
    read = from_networkx(with_defaults(graph), directed=directed, direction=direction)
    silent = directed is None and not outline.usual
    return noting(read, *["The file does not say whether ties are directed: read as friendships."] * silent)


def read_gexf(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A GEXF file."""
    import networkx as nx

    check_xml(path, content, "gexf")
    known = content.replace(b"http://www.gexf.net/1.3", b"http://gexf.net/1.3")  # two names of one version
    graph = parsed(path, nx.read_gexf, io.BytesIO(known))
    return from_networkx(with_defaults(graph), directed=directed, direction=direction)


def with_defaults(graph: networkx.Graph) -> networkx.Graph:
    """The graph in which nodes and edges that say nothing of something have what is declared for all."""
    for _, known in graph.nodes(data=True):
        known.update({**graph.graph.get("node_default", {}), **known})
    for _, _, known in graph.edges(data=True):
        known.update({**graph.graph.get("edge_default", {}), **known})
    return graph


def parsed(path: Path, parse: Callable[[Any], networkx.Graph], given: Any) -> networkx.Graph:
    """What a parser makes of it; whatever the parser says against it becomes our error."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse(given)
    except GraphFileError:
        raise
    except Exception as error:  # the parsers raise whatever a malformed file makes them stumble over
        raise refused(path, f"the file is malformed ({_said(error)}).") from None


def _said(error: Exception) -> str:
    """What a parser says against a file; the names that networkx has for its errors tell a reader nothing."""
    said = one_line(error)
    return said.partition(": ")[2] or said if type(error).__module__.startswith("networkx") else said
