"""XML of graphs before anything else reads it: what is broken or dangerous is refused."""

from __future__ import annotations

import io
from pathlib import Path

from infodemic_sim.graphs.files import label_fault
from infodemic_sim.graphs.raw import one_line, refused
from infodemic_sim.graphs.xml_outline import Outline


def check_xml(path: Path, content: bytes, root: str) -> Outline:
    """What XML holds that is not broken, declares no entities and whose edges have their nodes.

    Nor may some edges be directed and others not; all else is refused.
    """
    outline = outlined(path, content)
    if outline.root != root:
        raise refused(path, f"the outermost element is <{outline.root}> where <{root}> was expected.")
    known: set[str] = set()
    for name, line in outline.nodes:
        if name is None or name in known:
            raise refused(path, "every <node> must have an id of its own.", line)
        if fault := label_fault(name):
            raise refused(path, f"the id of a <node> {fault}.", line)
        known.add(name)
    _check_edges(path, outline, known)
    for (_, name), line in outline.undeclared.items():
        if not any(known == name for _, known in outline.kinds):
            outline.wrong.append((f"{str(name)[:60]!r} is declared nowhere.", line))
    for reason, line in outline.wrong[:1]:
        raise refused(path, reason, line)
    if outline.unlike:
        reason = "an <edge> is directed and others are not, or the other way: all must be of one kind."
        raise refused(path, reason, outline.unlike[0])
    return outline


def _check_edges(path: Path, outline: Outline, known: set[str]) -> None:
    """Refuse edges without their nodes, and two of the same people that one id makes one."""
    met: set[tuple[object, str]] = set()
    pair = tuple if outline.usual == "true" else frozenset
    for source, target, name, line in outline.edges:
        if source not in known or target not in known:
            raise refused(path, "an <edge> must have a source and a target among the nodes.", line)
        if name and (same := (pair((source, target)), name)) in met:
            raise refused(path, f"an earlier <edge> of these people has the id {name[:60]!r}, too.", line)
        if name:
            met.add(same)


def outlined(path: Path, content: bytes) -> Outline:
    """What the XML holds; nothing in it is executed, expanded or fetched."""
    from xml.sax import SAXParseException

    from defusedxml import DefusedXmlException
    from defusedxml.sax import parse

    outline = Outline()
    try:
        parse(io.BytesIO(content), outline, forbid_dtd=True)
    except SAXParseException as error:
        reason = error.getMessage()
        raise refused(path, f"the XML is broken ({reason}).", error.getLineNumber()) from None
    except DefusedXmlException:
        raise refused(path, "XML that declares a document type or entities is not accepted.") from None
    except (LookupError, ValueError) as error:
        raise refused(path, f"the XML cannot be decoded ({one_line(error)}).", 1) from None
    return outline
