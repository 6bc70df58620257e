"""GraphML, GEXF and GML through networkx, XML only after a guard; and the doors to the other formats."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import from_networkx
from infodemic_sim.graphs.files import Direction
from infodemic_sim.graphs.matrix_market import read_mtx
from infodemic_sim.graphs.node_link import read_json
from infodemic_sim.graphs.pajek import read_net
from infodemic_sim.graphs.raw import as_text, refused

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

    lines = as_text(path, content).splitlines()
    by_id = "label" not in {line.split()[0] for line in lines if line.split()}
    graph = parsed(path, lambda text: nx.parse_gml(text, label="id" if by_id else "label"), lines)
    return from_networkx(graph, directed=directed, direction=direction)


def check_xml(path: Path, content: bytes, root: str) -> None:
    """Refuse XML that is broken, declares entities or a document type, or whose edges lack their nodes."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    try:
        first, nodes, edges = outline(content)
    except ParseError as error:
        reason = str(error).partition(":")[0]
        raise refused(path, f"the XML is broken ({reason}).", error.position[0]) from None
    except DefusedXmlException:
        raise refused(path, "XML that declares a document type or entities is not accepted.") from None
    except (LookupError, ValueError) as error:
        raise refused(path, f"the XML cannot be decoded ({one_line(error)}).", 1) from None
    if first != root:
        raise refused(path, f"the outermost element is <{first}> where <{root}> was expected.")
    known = set(nodes)
    if len(known) < len(nodes) or None in known:
        raise refused(path, "every <node> must have an id of its own.")
    for place, ends in enumerate(edges, start=1):
        if not known.issuperset(ends):
            raise refused(path, f"<edge> number {place} must have a source and a target among the nodes.")


def outline(content: bytes) -> tuple[str, list[str | None], list[tuple[str | None, str | None]]]:
    """The outermost element, the ids of the nodes, and the ends of the edges."""
    from defusedxml.ElementTree import iterparse

    names: list[str] = []
    nodes: list[str | None] = []
    edges: list[tuple[str | None, str | None]] = []
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        names = names or [name]
        if event == "end":
            element.clear()
        elif name == "node":
            nodes.append(element.get("id"))
        elif name == "edge":
            edges.append((element.get("source"), element.get("target")))
    return names[0], nodes, edges


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
        raise refused(path, f"the file is malformed ({one_line(error)}).") from None


def one_line(error: Exception) -> str:
    """The kind of an error and the first line of what it says."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:120]}" if lines[0] else type(error).__name__
