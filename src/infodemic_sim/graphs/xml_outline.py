"""What XML holds, line by line, before anything else reads it: what is broken or dangerous is refused."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from infodemic_sim.graphs.raw import one_line, refused


class Outline(ContentHandler):
    """The outermost element, ids and ends of nodes and edges with their lines, and edges unlike the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.place: Locator | None = None
        self.root = ""
        self.nodes: list[tuple[str | None, int]] = []
        self.edges: list[tuple[str | None, str | None, int]] = []
        self.usual = ""
        self.unlike: list[int] = []

    def setDocumentLocator(self, locator: Locator) -> None:
        """Where the parser is, at any time."""
        self.place = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins; a prefix of a namespace says nothing here."""
        name, line = name.rpartition(":")[2], self.line
        self.root = self.root or name
        if name == "node":
            self.nodes.append((attrs.get("id"), line))
        elif name == "edge":
            self.edges.append((attrs.get("source"), attrs.get("target"), line))
            if self.usual and attrs.get("directed", self.usual) != self.usual:
                self.unlike.append(line)
        elif name == "graph":
            self.usual = {"directed": "true", "undirected": "false"}.get(attrs.get("edgedefault", ""), "")

    @property
    def line(self) -> int:
        """The line that is being read."""
        return (self.place.getLineNumber() or 1) if self.place is not None else 1


def check_xml(path: Path, content: bytes, root: str) -> None:
    """Refuse XML that is broken, declares entities or a document type, or whose edges lack their nodes.

    Nor may some edges be directed and others not.
    """
    outline = outlined(path, content)
    if outline.root != root:
        raise refused(path, f"the outermost element is <{outline.root}> where <{root}> was expected.")
    known: set[str] = set()
    for name, line in outline.nodes:
        if name is None or name in known:
            raise refused(path, "every <node> must have an id of its own.", line)
        known.add(name)
    for source, target, line in outline.edges:
        if source not in known or target not in known:
            raise refused(path, "an <edge> must have a source and a target among the nodes.", line)
    if outline.unlike:
        reason = "an <edge> is directed and others are not, or the other way: all must be of one kind."
        raise refused(path, reason, outline.unlike[0])


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
