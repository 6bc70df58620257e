"""GraphML, GEXF and GML through networkx, XML only after a guard; and the doors to the other formats."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.errors import GraphError, GraphFileError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import from_networkx
from infodemic_sim.graphs.edge_list_layout import is_number
from infodemic_sim.graphs.files import Direction
from infodemic_sim.graphs.matrix_market import read_mtx
from infodemic_sim.graphs.node_link import read_json
from infodemic_sim.graphs.pajek import read_net
from infodemic_sim.graphs.raw import as_text, one_line, refused
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


def read_gml(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A GML file; people are called by their labels, or by ids if not all have one."""
    import networkx as nx

    text = as_text(path, content)
    lines = text.splitlines()
    by_id = "label" not in {line.split()[0] for line in lines if line.split()}
    graph = parsed(
        path,
        lambda given: nx.parse_gml(given, label="id" if by_id else "label"),
        lines,
        lambda error: gml_line(str(error), text),
    )
    try:
        return from_networkx(graph, directed=directed, direction=direction)
    except GraphError as error:
        raise refused(path, str(error), faulty_weight(text)) from None


def faulty_weight(text: str) -> int | None:
    """The line of the first weight of an edge in a GML file that is none."""
    for edge in re.finditer(r"\bedge\s*\[([^\]]*)\]", text):
        for found in re.finditer(r"\bweight\s+(\S+)", edge[1]):
            if not is_number(found[1]) or not 0.0 <= float(found[1]) < 3.4e38:
                return text.count("\n", 0, edge.start(1) + found.start()) + 1
    return None


def gml_line(said: str, text: str) -> int | None:
    """The line of a GML file that networkx complains of: told outright, or the n-th node or edge in it."""
    if told := re.search(r" at \((\d+), \d+\)$", said):
        return int(told[1])
    if counted := re.match(r"(node|edge) #(\d+) ", said):
        starts = [match.start() for match in re.finditer(rf"\b{counted[1]}\s*\[", text)]
    elif told := re.match(r"node (id|label) '?(.*?)'? is duplicated", said):
        again = rf'\b{told[1]}\s+"?{re.escape(told[2])}"?\s'
        starts = [match.start() for match in re.finditer(again, text)]
        return text.count("\n", 0, starts[1]) + 1 if len(starts) > 1 else None
    else:
        return None
    number = int(counted[2])
    return text.count("\n", 0, starts[number]) + 1 if number < len(starts) else None


def parsed(
    path: Path,
    parse: Callable[[Any], networkx.Graph],
    given: Any,
    line_of: Callable[[Exception], int | None] = lambda error: None,
) -> networkx.Graph:
    """What a parser makes of it; whatever the parser says against it becomes our error."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse(given)
    except GraphFileError:
        raise
    except Exception as error:  # the parsers raise whatever a malformed file makes them stumble over
        raise refused(path, f"the file is malformed ({_said(error)}).", line_of(error)) from None


def _said(error: Exception) -> str:
    """What a parser says against a file; the names that networkx has for its errors tell a reader nothing."""
    said = one_line(error)
    return said.partition(": ")[2] or said if type(error).__module__.startswith("networkx") else said
