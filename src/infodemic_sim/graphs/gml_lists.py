"""GML as nested lists of keys and values; each key knows its line."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any, NamedTuple

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.raw import refused

TOKEN = re.compile(
    r"(?P<blank>\s+|#[^\n]*)"
    r"|(?P<number>[+-]?(?:(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[Ee][+-]?[0-9]++)?|INF|NAN)(?![0-9A-Za-z_.]))"
    r'|(?P<key>[A-Za-z][0-9A-Za-z_]*)|"(?P<text>[^"]*)"|(?P<mark>[\[\]])|(?P<odd>[^\s\[\]"#]+|.)'
)
ESCAPED = re.compile(r"&(?:[0-9A-Za-z]+|#[0-9]+|#x[0-9A-Fa-f]+);")
NAMES = ("id", "label", "source", "target")
"""Keys whose value may be a text without quotes."""
MEMBERS = ("node", "edge")
"""Keys of lists that cannot stand within each other."""
MOST_DIGITS = 4000
"""Python makes no whole number of more than 4300."""


class Pair(NamedTuple):
    """A key, its value (a number, a text, or a list of pairs), and where in the text the key begins."""

    key: str
    value: Any
    place: int


class GmlLists:
    """The pairs of one text; ``open`` holds the list that is not closed yet and those around it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.key, self.place = "", 0
        self.open = [Pair("", [], 0)]
        for match in TOKEN.finditer(text):
            if (kind := match.lastgroup or "") != "blank":
                self.take(kind, match[kind], match.start())
        if self.key:
            raise self.no_value()
        if len(self.open) > 1:
            raise self.not_closed()

    def wrong(self, reason: str, place: int) -> GraphFileError:
        """An error at a place in the text."""
        return refused(self.path, reason, self.text.count("\n", 0, place) + 1)

    def no_value(self) -> GraphFileError:
        """The error of a key with nothing after it."""
        return self.wrong(f"the key '{self.key[:30]}' has no value.", self.place)

    def not_closed(self) -> GraphFileError:
        """The error of a list that goes on where it cannot."""
        told = f"the list '{self.open[-1].key[:30]}', or one within it, is not closed."
        return self.wrong(told, self.open[-1].place)

    def take(self, kind: str, token: str, place: int) -> None:
        """A key, its value, or the end of a list."""
        if kind == "odd":
            what = (
                "a text is not closed" if token == '"' else f"{token[:30]!r} has no meaning outside of quotes"
            )
            raise self.wrong(f"{what}.", place)
        if self.key:
            self.add(self.value(kind, token))
        elif kind == "key":
            self.key, self.place = token, place
        elif kind == "mark" and token == "]" and len(self.open) > 1:
            self.open.pop()
        else:
            raise self.wrong(f"{token[:30]!r} stands where a key was expected.", place)

    def value(self, kind: str, token: str) -> Any:
        """What a token is as the value of the key before it."""
        if kind == "number":
            whole = token.lstrip("+-").isdigit() and len(token) < MOST_DIGITS
            return int(token) if whole else float(token)
        if kind == "text":
            return ESCAPED.sub(lambda found: html.unescape(found[0]), token)
        if kind == "key" and self.key in NAMES:
            return token
        if kind == "mark" and token == "[":
            return []
        raise self.no_value()

    def add(self, value: Any) -> None:
        """A pair of the key that waits for a value."""
        if self.key in MEMBERS and self.open[-1].key in MEMBERS:
            raise self.not_closed()
        pair, self.key = Pair(self.key, value, self.place), ""
        self.open[-1].value.append(pair)
        if isinstance(value, list):
            self.open.append(pair)
