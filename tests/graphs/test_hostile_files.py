"""Files that are odd or malicious: read for what they are, or refused in one sentence."""

from __future__ import annotations

import json

import numpy as np
import pytest

from infodemic_sim.errors import GraphError, GraphFileError
from infodemic_sim.graphs import SocialGraph, raw, read_attributes, read_graph

XML = '<?xml version="1.0"?>\n<!DOCTYPE graphml [{}]>\n<graphml><graph><node id="&x;"/></graph></graphml>'
ENTITIES = {
    "expansion": '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">',
    "a file": '<!ENTITY x SYSTEM "file:///etc/passwd">',
    "an address": '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
    "a parameter": '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;',
    "a document type alone": "",
}
TIES = {
    "byte-order mark": (b"\xef\xbb\xbf1 2\n2 3\n", [1, 2, 3]),
    "CRLF": (b"1,2\r\n2,3\r\n", [1, 2, 3]),
    "lone CR": (b"1 2\r2 3\r", [1, 2, 3]),
    "no last line end": (b"1 2\n2 3", [1, 2, 3]),
    "beyond 2^31": (b"2147483648 2147483647\n4294967296 2147483648\n", [2147483647, 2147483648, 4294967296]),
    "negative": (b"-1 -2147483649\n-1 0\n", [-2147483649, -1, 0]),
    "right to left": (
        "\u05d0\u05dc\u05d9\u05e1 \u0628\u0648\u0628\n\u0628\u0648\u0628 \u202ex\n".encode(),
        ["\u05d0\u05dc\u05d9\u05e1", "\u0628\u0648\u0628", "\u202ex"],
    ),
    "markup": (b"<script> </script>\n</script> =1+1\n", ["<script>", "</script>", "=1+1"]),
    "a path": (b"../../etc/passwd /etc/shadow\n", ["../../etc/passwd", "/etc/shadow"]),
}
REFUSED = {
    "mixed delimiters": (b"1,2\n2\t3\n", "line 1: 1 column where 2 were expected."),
    "mixed delimiters of names": (b"a;b\nb,c\n", "line 1: 1 column where 2 were expected."),
    "arrows": (b"1 -> 2\n2 -> 3\n", "line 2: '->' stands between two people: take it out."),
    "dashes": (b"1 -- 2 5\n", "line 1: '--' stands between two people: take it out."),
    "lists": (b"[1, 2]\n[2, 3]\n", "line 2: brackets stand around the tie: take them out."),
    "tuples": (b"('a', 'b', 2),\n", "line 1: brackets stand around the tie: take them out."),
    "a zero byte": (b"1 2\n\x002 3\n", "line 2: a zero byte, so this is not a text file."),
    "half a character": (b"a b\nb \xed\xa0\x80\n", "line 2: bytes that are not UTF-8 text."),
    "overlong": (b"a b\nb \xc0\xaf\n", "line 2: bytes that are not UTF-8 text."),
    "beyond 2^63": (b"1 2\n9223372036854775808 1\n", "line 2: '9223372036854775808' has more than 18 digits"),
}


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_entities_are_neither_expanded_nor_fetched(kind, suffix, write):
    with pytest.raises(GraphFileError, match=r"declares a document type or entities is not accepted\.$"):
        read_graph(write(f"g.{suffix}", XML.format(ENTITIES[kind])))


@pytest.mark.parametrize("kind", TIES)
def test_odd_edge_lists_are_read(kind, write):
    content, labels = TIES[kind]
    graph = read_graph(write("ties.txt", content))
    assert sorted(graph.labels.tolist()) == sorted(labels)
    assert graph.number_of_ties == 2 - (kind == "a path")


@pytest.mark.parametrize("kind", REFUSED)
def test_others_are_refused(kind, write):
    content, said = REFUSED[kind]
    with pytest.raises(GraphFileError) as refusal:
        read_graph(write("ties.csv", content))
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("where", ["id", "attribute", "name of an attribute"])
def test_half_characters_are_no_names(where, write):
    node = {"id": {"id": "\ud800"}, "attribute": {"id": 1, "a": "\udfff"}}.get(
        where, {"id": 1, "\ud800": "a"}
    )
    with pytest.raises(GraphFileError, match=r"half a character"):
        read_graph(write("g.json", json.dumps({"nodes": [node], "links": []})))
    with pytest.raises(GraphError, match=r"half a character"):
        SocialGraph(np.zeros(2, np.int64), np.empty(0, np.int32), labels=np.array(["\ud800"]))


def test_what_a_table_says_is_data(write):
    graph = read_graph(write("ties.txt", "ann bob\n"))
    table = "\ufeffname;=cmd|'/c calc'!A1;<script>\r\nann;=1+1;\u202ex\r\nbob;@SUM(A1);../../x\r\n"
    told = read_attributes(graph, write("people.csv", table)).attributes
    assert told["=cmd|'/c calc'!A1"].values() == ["=1+1", "@SUM(A1)"]
    assert told["<script>"].values() == ["\u202ex", "../../x"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.mtx", "%%MatrixMarket matrix coordinate pattern general\n101 101 1\n1 101\n"),
        ("g.net", "*Vertices 101\n*Arcs\n1 101\n"),
    ],
)
def test_people_declared_by_number_alone_are_limited(name, text, write, monkeypatch):
    monkeypatch.setattr(raw, "DECLARED_LIMIT", 100)
    padding = ("\n" if name.endswith("mtx") else "\n% ") + " " * 101
    with pytest.raises(GraphFileError, match=r"101 people are declared by their number alone"):
        read_graph(write(name, text))
    assert read_graph(write(f"long-{name}", text + padding)).n == 101
    assert read_graph(write(name, text.replace("101", "100"))).n == 100


@pytest.mark.parametrize("last", ["", "\n", "\n\n", "\nc", "\nc ", "\n\n\n\n\n\n\n\nc d"])
def test_there_is_room_for_every_tie_that_can_stand_in_a_file(last, write):
    """Ties as short as they can be, with lines after them that are none."""
    ties = [f"{chr(97 + k % 26)} {chr(65 + k % 26)}" for k in range(26)]
    content = "\n".join(ties) + last
    if last.strip() == "c":
        with pytest.raises(GraphFileError, match="1 column where 2 were expected"):
            read_graph(write("ties.txt", content))
    else:
        assert read_graph(write("ties.txt", content)).number_of_ties == 26 + last.endswith("d")
