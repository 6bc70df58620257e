"""GraphML and GEXF through networkx, only after a guard; and the doors to the other formats."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import from_networkx
from infodemic_sim.graphs.files import Direction
from infodemic_sim.graphs.gml import read_gml
from infodemic_sim.graphs.matrix_market import read_mtx
from infodemic_sim.graphs.node_link import read_json
from infodemic_sim.graphs.pajek import read_net
from infodemic_sim.graphs.raw import one_line, refused
from infodemic_sim.graphs.xml_outline import check_xml

if TYPE_CHECKING:
    import networkx

__all__ = ["read_gexf", "read_gml", "read_graphml", "read_json", "read_mtx", "read_net"]


def read_graphml(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A GraphML file."""
    import networkx as nx

    check_xml(path, content, "graphml")
    return from_networkx(
        parsed(path, nx.read_graphml, io.BytesIO(content)), directed=directed, direction=direction
    )


def read_gexf(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A GEXF file."""
    import networkx as nx

    check_xml(path, content, "gexf")
    return from_networkx(
        parsed(path, nx.read_gexf, io.BytesIO(content)), directed=directed, direction=direction
    )


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
