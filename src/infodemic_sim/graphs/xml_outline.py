"""What the XML of a graph holds, line by line."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

KINDS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("int", "integer", "long"), int),
    **dict.fromkeys(("float", "double", "real"), float),
    "boolean": lambda text: ("false", "true", "0", "1").index(text.lower()),
}
"""What a value of a kind that a file declares is read by."""
SPOKEN = {"directed": "true", "undirected": "false", "mutual": "false"}
"""What GraphML and GEXF call ties of one way and of both."""


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
        self.edges: list[tuple[str | None, str | None, str | None, int]] = []
        self.usual = ""
        self.unlike: list[int] = []
        self.wrong: list[tuple[str, int]] = []
        self.kinds: dict[tuple[str, str | None], tuple[str, str]] = {}
        self.undeclared: dict[tuple[str, str | None], int] = {}
        self.scope = ""
        self.inside = ""
        self.graphs = 0
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
            self.declare(attrs, line)
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
        elif name == "node":
            self.nodes.append((attrs.get("id"), line))
            self.graphs -= attrs.get("yfiles.foldertype") == "group"  # whose graph is part of the one around
        elif name == "edge":
            self.tie(attrs, line)
        elif name == "graph":
            self.graph(attrs, line)

    def declare(self, attrs: AttributesImpl, line: int) -> None:
        """What GraphML declares of nodes or edges."""
        name, kind = attrs.get("attr.name"), attrs.get("attr.type", "string")
        self.kinds["", attrs.get("id")] = name or "", kind
        if "yfiles.type" not in attrs and (name is None or kind not in (*KINDS, "string")):
            reason = f"a <key> needs an attr.name, and an attr.type of {', '.join(KINDS)} or string."
            self.wrong.append((reason, line))

    def tie(self, attrs: AttributesImpl, line: int) -> None:
        """An edge."""
        self.edges.append((attrs.get("source"), attrs.get("target"), attrs.get("id"), line))
        if (weight := attrs.get("weight")) is not None:
            self.check_weight(weight, line)
        said = attrs.get("directed") or SPOKEN.get(attrs.get("type", ""), self.usual)
        if self.usual and said != self.usual:
            self.unlike.append(line)

    def graph(self, attrs: AttributesImpl, line: int) -> None:
        """A graph, of which there may be one."""
        self.graphs += 1
        if self.graphs > 1:
            self.wrong.append(("a second <graph> begins here: keep one in a file.", line))
        silent = "undirected" if self.root == "gexf" else ""
        self.usual = SPOKEN.get(attrs.get("edgedefault") or attrs.get("defaultedgetype") or silent, "")

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
        if text and (read := KINDS.get(kind)) and not _is(read, text):
            self.wrong.append(
                (f"{text[:60]!r} is not of the kind {kind!r} declared for {name[:60]!r}.", line)
            )
        elif name == "weight" and self.inside == "edge" and kind != "boolean":
            self.check_weight(text, line)
            if kind not in KINDS:
                self.wrong.append((f"weights are declared as {kind[:30]!r}: declare them as double.", line))

    def check_weight(self, text: str, line: int) -> None:
        """Note a weight that is none."""
        if not _is(float, text) or not 0.0 <= float(text) < 3.4e38:
            self.wrong.append((f"{text[:60]!r} is not a weight (a finite number ≥ 0).", line))

    @property
    def line(self) -> int:
        """The line that is being read."""
        return (self.place.getLineNumber() or 1) if self.place is not None else 1


def _is(read: Callable[[str], object], text: str) -> bool:
    """Whether a text can be read as a value of a kind."""
    try:
        read(text)
    except ValueError:
        return False
    return True
