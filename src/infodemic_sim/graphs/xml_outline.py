"""What XML holds, line by line, before anything else reads it: what is broken or dangerous is refused."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from infodemic_sim.graphs.files import label_fault
from infodemic_sim.graphs.raw import one_line, refused

NUMBERS: dict[str, type] = {
    **dict.fromkeys(("int", "integer", "long"), int),
    **dict.fromkeys(("float", "double", "real"), float),
}
"""What a kind that a file declares is read as."""


class Outline(ContentHandler):
    """The outermost element, ids and ends of nodes and edges with their lines, and what is wrong beside them.

    ``wrong`` holds values that are not of the kind declared for them, weights that are none, and what is
    declared nowhere, each with its line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.place: Locator | None = None
        self.root = ""
        self.nodes: list[tuple[str | None, int]] = []
        self.edges: list[tuple[str | None, str | None, int]] = []
        self.usual = ""
        self.unlike: list[int] = []
        self.wrong: list[tuple[str, int]] = []
        self.kinds: dict[tuple[str, str | None], tuple[str, str]] = {}
        self.undeclared: dict[tuple[str, str | None], int] = {}
        self.scope = ""
        self.inside = ""
        self.value: tuple[str | None, int, list[str]] | None = None

    def setDocumentLocator(self, locator: Locator) -> None:
        """Where the parser is, at any time."""
        self.place = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins; a prefix of a namespace says nothing here."""
        name, line = name.rpartition(":")[2], self.line
        self.root = self.root or name
        if name in ("node", "edge", "graph"):
            self.inside = name
        if name == "key":
            self.kinds["", attrs.get("id")] = attrs.get("attr.name", ""), attrs.get("attr.type", "string")
        elif name == "attributes":
            self.scope = attrs.get("class", "")
        elif name == "attribute":
            declared = attrs.get("title", ""), attrs.get("type", "string")
            self.kinds[self.scope, attrs.get("id")] = declared
        elif name == "data":
            self.value = attrs.get("key"), line, []
        elif name == "attvalue":
            key = attrs.get("for") or attrs.get("id")
            self.check((self.inside, key), attrs.get("value", ""), line)
        elif name == "hyperedge":
            self.wrong.append(("a <hyperedge> is no tie between two people.", line))
        if name == "edge" and (weight := attrs.get("weight")) is not None:
            self.check_weight(weight, line)
        if name == "node":
            self.nodes.append((attrs.get("id"), line))
        elif name == "edge":
            self.edges.append((attrs.get("source"), attrs.get("target"), line))
            if self.usual and attrs.get("directed", self.usual) != self.usual:
                self.unlike.append(line)
        elif name == "graph":
            self.usual = {"directed": "true", "undirected": "false"}.get(attrs.get("edgedefault", ""), "")

    def characters(self, content: str) -> None:
        """Text, in pieces."""
        if self.value is not None:
            self.value[2].append(content)

    def endElement(self, name: str) -> None:
        """An element ends."""
        if self.value is not None and name.rpartition(":")[2] == "data":
            key, line, pieces = self.value
            self.check(("", key), "".join(pieces), line)
            self.value = None

    def check(self, key: tuple[str, str | None], text: str, line: int) -> None:
        """Note a value that is not of the kind declared for it; what is not declared yet may be later."""
        if key not in self.kinds:
            self.undeclared.setdefault(key, line)
            return
        name, kind = self.kinds[key]
        if text and (number := NUMBERS.get(kind)) and not _is(number, text):
            self.wrong.append(
                (f"{text[:60]!r} is not of the kind {kind!r} declared for {name[:60]!r}.", line)
            )
        elif text and name == "weight" and self.inside == "edge" and kind != "boolean":
            self.check_weight(text, line)

    def check_weight(self, text: str, line: int) -> None:
        """Note a weight that is none."""
        if not _is(float, text) or not 0.0 <= float(text) < 3.4e38:
            self.wrong.append((f"{text[:60]!r} is not a weight (a finite number ≥ 0).", line))

    @property
    def line(self) -> int:
        """The line that is being read."""
        return (self.place.getLineNumber() or 1) if self.place is not None else 1


def _is(kind: type, text: str) -> bool:
    """Whether a text can be read as a number of a kind."""
    try:
        kind(text)
    except ValueError:
        return False
    return True


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
        if fault := label_fault(name):
            raise refused(path, f"the id of a <node> {fault}.", line)
        known.add(name)
    for source, target, line in outline.edges:
        if source not in known or target not in known:
            raise refused(path, "an <edge> must have a source and a target among the nodes.", line)
    for (_, name), line in outline.undeclared.items():
        if not any(known == name for _, known in outline.kinds):
            outline.wrong.append((f"{str(name)[:60]!r} is declared nowhere.", line))
    for reason, line in outline.wrong[:1]:
        raise refused(path, reason, line)
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
