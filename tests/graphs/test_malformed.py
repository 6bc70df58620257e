"""Malformed files are refused with file, line and reason; garbage brings out our own errors only."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import GraphFileError, InfodemicError
from infodemic_sim.graphs import read_attributes, read_graph, scale_free

BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<graphml><graph edgedefault="undirected"><node id="&b;"/></graph></graphml>
"""
XMLNS = "http://graphml.graphdrawing.org/xmlns"
GRAPHML = f'<graphml xmlns="{XMLNS}"><graph edgedefault="undirected">{{}}</graph></graphml>'

MALFORMED = [
    ("ties.txt", "", "ties.txt: the file is empty."),
    ("ties.txt", " \n\t\n", "ties.txt: the file is empty."),
    ("ties.txt", "# only\n% comments\n", "the file holds no ties"),
    ("ties.csv", "source,target\n", "ties.csv, line 1: the file holds a header, but no ties."),
    ("ties.txt", "0 1\n1 2\n2\n", "ties.txt, line 3: 1 column where 2 were expected."),
    ("ties.txt", "# c\n0 1\n\n1 2 3\n", "ties.txt, line 4: more columns than in the first line."),
    ("ties.txt", "0 1 1\n1 2\n", "line 2: 2 columns where 3 were expected."),
    (
        "ties.txt",
        "0 1\n1 Bob\n",
        "line 2: 'Bob' is not a whole number, as the first labels are; say labels='text'.",
    ),
    ("ties.txt", "0 1\n1 2.0\n", "line 2: '2.0' is not a whole number"),
    ("ties.txt", "0 1\n1 -\n", "line 2: '-' is not a whole number"),
    ("ties.txt", "0 1\n1 1234567890123456789\n", "line 2: '1234567890123456789' has more than 18 digits"),
    ("ties.csv", "0,1\n1,\n", "line 2: 1 column where 2 were expected."),
    ("ties.csv", "0,1\n,1\n", "line 2: a field is empty."),
    ("ties.csv", "0,1,2\n1,,2\n", "line 2: a field is empty."),
    ("ties.txt", "0 1 2\n1 2 nan\n", "line 2: 'nan' is not a weight (a finite number ≥ 0)."),
    ("ties.txt", "0 1 2\n1 2 -1\n", "line 2: '-1' is not a weight"),
    ("ties.txt", "0 1 2\n1 2 inf\n", "line 2: 'inf' is not a weight"),
    ("ties.txt", "0 1 2\n1 2 1e400\n", "line 2: '1e400' is not a weight"),
    ("ties.txt", "0 1 {'weight': 1}\n", "line 1: 4 columns where 2 or 3 were expected"),
    ("ties.txt", "0 1 {}\n", "line 1: '{}' is not a weight"),
    ("ties.txt", "0 1 2 3\n", "say weights=True to read the third as weight"),
    ("ties.txt", '0 1\n1 "2\n', "line 2: a quoted field does not close"),
    ("ties.csv", '0,1\n1,"2"x\n', "line 2: a quoted field does not close, or something follows"),
    ("ties.txt", "a " + "b" * 201 + "\n", "line 1: a label is longer than 200 bytes."),
    ("ties.txt", b"0 1\n\x00\n", "line 2: a zero byte, so this is not a text file."),
    ("ties.txt", b"a b\nb \xff\n", "line 2: bytes that are not UTF-8 text."),
    ("ties.txt", "0 1\n".encode("utf-16"), "the file is UTF-16"),
    (
        "ties.txt.gz",
        b"0 1\n",
        "ties.txt.gz: this is no gzip data; if it is plain text, take .gz from its name.",
    ),
    ("ties.txt.gz", gzip.compress(b"", mtime=0), "the file is empty."),
    ("ties.txt", "a|b\nb|c\n", "line 2: a bar stands between its columns: say delimiter='|'."),
    ("ties.txt", "0 | 1\n1 | 2\n", "line 2: a bar stands between its columns: say delimiter='|'."),
    ("ties.txt", "a b 0,5\nb c 0,25\n", "line 2: the comma may be a decimal one: write a point"),
    ("ties.csv", "a;x,b\nb;y,c\n", "line 2: semicolons and commas stand in it: say which is the delimiter."),
    ("ties.csv", "a;b;0,5\nb;c;0,5,1\n", "line 2: semicolons and commas stand in it"),
    ("ties.csv", "a;b;0,5\nb;c;1\nc;d;1,5,0\n", "line 3: '1,5,0' is not a weight"),
    ("ties.xlsx", "0 1\n", "'xlsx' is no known format."),
    ("ties.grapml", "0 1\n", "Did you mean 'graphml'?"),
    ("ties", "0 1\n", "is no known format."),
    ("g.graphml", BOMB, "declares a document type or entities"),
    ("g.gexf", BOMB, "declares a document type or entities"),
    ("g.graphml", "<graphml>\n<graph>\n</graphml>", "g.graphml, line 3: the XML is broken (mismatched tag)."),
    ("g.graphml", "<gexf/>", "the outermost element is <gexf> where <graphml> was expected."),
    ("g.graphml", GRAPHML.format('<edge source="a"/>'), "line 1: an <edge> must have a source and a target"),
    ("g.graphml", GRAPHML.format('<node id="a"/><edge source="a" target="b"/>'), "an <edge> must have"),
    ("g.graphml", GRAPHML.format('<node id="a"/><node id="a"/>'), "every <node> must have an id of its own."),
    ("g.graphml", GRAPHML.format("<node/>"), "every <node> must have an id of its own."),
    ("g.graphml", GRAPHML.format(""), "there are no people in it."),
    ("g.gexf", "<gexf/>", "the file is malformed"),
    ("g.graphml", GRAPHML.format('\n<node id="a"/>\n<node id="a"/>'), "g.graphml, line 3: every <node>"),
    (
        "g.graphml",
        GRAPHML.format('<node id="a"/><node id="b"/>\n<edge source="a" target="b" directed="true"/>'),
        "g.graphml, line 2: an <edge> is directed and others are not",
    ),
    ("g.gml", "graph [ node [ id 0 ] edge [ source 0 ] ]", "g.gml, line 1: the edge has no target."),
    ("g.gml", "nonsense", "g.gml, line 1: the key 'nonsense' has no value."),
    ("g.gml", "graph [\n node [ id 1a ] ]", "g.gml, line 2: '1a' has no meaning outside of quotes."),
    ("g.gml", "# empty\n", "g.gml, line 1: one 'graph [ … ]' is needed, but there are 0."),
    ("g.gml", "graph [\n]\ngraph [ ]", "g.gml, line 3: one 'graph [ … ]' is needed, but there are 2."),
    ("g.gml", "graph [\n]", "g.gml: there are no people in it."),
    ("g.net", "1 2\n", "g.net, line 1: data before *Vertices."),
    ("g.net", "*Arcs\n1 2\n", "line 1: ties before *Vertices."),
    ("g.net", "*Vertices many\n", "line 1: *Vertices must stand once, with the number of people."),
    ("g.net", "*Vertices 99999999999\n", "line 1: *Vertices must stand once"),
    ("g.net", "*Vertices 2\n*Arcs\n1 3\n", "line 3: '3' is not a person from 1 to 2."),
    ("g.net", "*Vertices 2\n*Arcs\n1\n", "line 3: a tie needs two people."),
    ("g.net", "*Vertices 2\n*Arcs\n1 2 -4\n", "line 3: -4 is not a weight"),
    ("g.net", "*Vertices 2\n1 a\n1 b\n", "line 3: person 1 stands here a second time."),
    ("g.net", "*Vertices 2\n1 a\n", "1 of 2 people are not listed"),
    ("g.net", "*Vertices 2\n1 a\n2 a\n", "two people have the same label"),
    ("g.net", "*Vertices 2\n*Ring\n", "line 2: the section '*Ring' is not known."),
    ("g.net", "*Vertices 2\n*Matrix\n0 1\n", "the matrix has 1 rows where 2 were expected."),
    ("g.net", "*Vertices 2\n*Matrix\n0 1 1\n", "line 3: a row of the matrix must be 2 numbers"),
    ("g.net", "*Vertices 2\n*Edgeslist\n1\n", "line 3: a list of ties needs two people or more."),
    ("g.net", "*Network\n", "there is no *Vertices section."),
    ("g.mtx", "1 1 1\n", "the first line must be '%%MatrixMarket"),
    ("g.mtx", "%%MatrixMarket matrix array real general\n1 1\n", "'array real general' is not a graph."),
    (
        "g.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 3 1\n1 2 1\n",
        "line 2: a graph needs a square matrix",
    ),
    (
        "g.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2\n",
        "the size line must be three whole numbers.",
    ),
    (
        "g.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2 9\n1 2 1\n",
        "1 entries where the size line says 9.",
    ),
    ("g.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 3 1\n", "outside 1 to 2."),
    (
        "g.mtx",
        "%%MatrixMarket matrix coordinate pattern general\n% c\n2 2 2\n1 2\n\n% c\n0 1\n",
        "g.mtx, line 7: an entry names a row or column outside 1 to 2.",
    ),
    (
        "g.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 -1\n",
        "line 3: '-1' is not a weight",
    ),
    ("g.json", "{", "g.json, line 1: this is not JSON"),
    ("g.json", "[]", "the outermost value must be an object"),
    ("g.json", '{"nodes": 1}', "a list 'nodes' is needed."),
    ("g.json", '{"nodes": [], "links": []}', "there are no people in it."),
    ("g.json", '{"nodes": [{}], "links": []}', "nodes[0] must be an object with 'id'"),
    ("g.json", '{"nodes": [{"id": 1}, {"id": 1}], "links": []}', "nodes[1].id must be"),
    ("g.json", '{"nodes": [{"id": 1}], "links": [{"source": 1}]}', "links[0] must be an object"),
    (
        "g.json",
        '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 2}]}',
        "edges[0].target names somebody",
    ),
    (
        "g.json",
        '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 1, "weight": NaN}]}',
        "edges[0].weight must be",
    ),
    ("g.json", '{"directed": 3, "nodes": [{"id": 1}], "edges": []}', "'directed' must be true or false."),
    ("g.json", "[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("name", "content", "message"), MALFORMED)
def test_malformed_files_are_refused(name, content, message, write):
    with pytest.raises(GraphFileError) as caught:
        read_graph(write(name, content))
    assert message in str(caught.value)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)
    assert "NetworkX" not in str(caught.value)


def test_missing_file(tmp_path):
    for name in ("none", "none.xyz"):
        with pytest.raises(GraphFileError, match=f"{name}: there is no such file."):
            read_graph(tmp_path / name)
    with pytest.raises(GraphFileError, match=r"none.txt: the file cannot be read \(No such file"):
        read_graph(tmp_path / "none.txt")


@pytest.mark.parametrize("name", ["ties.txt", "ties.txt.gz"])
def test_size_is_limited_once_unpacked(name, write):
    content = b"0 1\n" * 100_000
    path = write(name, gzip.compress(content) if name.endswith("gz") else content)
    assert read_graph(path, size_limit=400_000).number_of_ties == 1
    with pytest.raises(GraphFileError, match="more than size_limit = 399,999 bytes"):
        read_graph(path, size_limit=399_999)


SUFFIXES = ["txt", "csv", "txt.gz", "graphml", "gexf", "gml", "net", "mtx", "json"]
PIECES = [
    *" \n,\t;\"012-.e#%*a<>[]{}\r\x1c:'\\é\ufeff\u2028",
    *(
        "*Vertices 3\n",
        "*Arcs\n",
        "%%MatrixMarket matrix coordinate real general\n",
        "2 2 1\n",
        "graph [",
        "node [",
    ),
    *(
        "id 0",
        "edge [",
        '{"nodes": [',
        '{"id": 1}',
        '], "links": [',
        "<graphml>",
        "</graphml>",
        "<graph ",
        "<gexf>",
    ),
    *("nan", "1e999"),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join).map(str.encode)


def told(read):
    """What our error says; "" if there was none. Any other error comes through."""
    try:
        read()
    except InfodemicError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=st.one_of(st.binary(max_size=200), SOUP), labels=st.sampled_from(["auto", "integer", "text"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_brings_out_our_own_errors_only(suffix, content, labels, tmp_path):
    path = tmp_path / f"garbage.{suffix}"
    path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    options = {"labels": labels} if suffix in ("txt", "csv", "txt.gz") else {}
    assert "\n" not in told(lambda: read_graph(path, **options))


@given(content=st.one_of(st.binary(max_size=200), SOUP))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_as_attributes(content, tmp_path):
    path = tmp_path / "garbage.csv"
    path.write_bytes(content)
    graph = scale_free(4, mean_degree=2, seed=1)
    assert "\n" not in told(lambda: read_attributes(graph, path))
    assert "\n" not in told(lambda: read_attributes(graph, path, unmatched="report"))
