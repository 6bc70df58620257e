"""Every reader tells the line of every fault that has one."""

from __future__ import annotations

import gzip
import json
import os
import re

import pytest

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs import complete_graph, read_attributes, read_graph
from infodemic_sim.graphs.json_lines import line_of

LONG = "x" * 201
JSON = """{
 "directed": DIRECTED,
 "nodes": [
  {"id": 0},
  NODE
 ],
 "links": [
  {"source": 0, "target": 1},
  TIE
 ]
}
"""
GOOD, TIE = '{"id": 1}', '{"source": 1, "target": 0}'


def of_json(node: str = GOOD, tie: str = TIE, directed: str = "false") -> str:
    """A document whose line 2 says what is directed, line 5 is a node and line 9 a tie."""
    return JSON.replace("DIRECTED", directed).replace("NODE", node).replace("TIE", tie)


GRAPHML = """<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/>
 <key id="a" for="node" attr.name="age" attr.type="int"/><key id="s" attr.name="sick" attr.type="boolean"/>
 <key id="t" for="edge" attr.name="weight" attr.type="string"/>
 <graph edgedefault="undirected">
  <node id="p"/>
  {node}
  <edge source="p" target="q"/>
  {edge}
 </graph>
</graphml>
"""
GEXF = """<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
 <graph defaultedgetype="undirected">
  <attributes class="node"><attribute id="0" title="age" type="integer"/></attributes>
  <nodes>
   <node id="p" label="p"/>
   {node}
  </nodes>
  <edges>
   {edge}
  </edges>
 </graph>
</gexf>
"""
GML = """graph [
 node [
  id 0
  label "p"
 ]
 {node}
 edge [ source 0 target 1 ]
 {edge}
]
"""
NET = '*Vertices 2\n1 "p"\n{node}\n*Arcs\n1 2 1\n{edge}\n'
MTX = "%%MatrixMarket matrix coordinate real general\n% a comment\n{size}\n1 2 1\n{entry}\n"
Q, TIED = '<node id="q"/>', '<edge source="q" target="p"/>'


def graphml(node: str = Q, edge: str = TIED) -> str:
    return GRAPHML.format(node=node, edge=edge)


def gexf(node: str = '<node id="q" label="q"/>', edge: str = TIED) -> str:
    return GEXF.format(node=node, edge=edge)


def gml(node: str = 'node [ id 1 label "q" ]', edge: str = "edge [ source 1 target 1 ]") -> str:
    return GML.replace("{node}", node).replace("{edge}", edge)


def net(node: str = '2 "q"', edge: str = "2 1 1") -> str:
    return NET.format(node=node, edge=edge)


def mtx(size: str = "2 2 2", entry: str = "2 1 1") -> str:
    return MTX.format(size=size, entry=entry)


def weighing(weight: str) -> str:
    return f'{{"source": 1, "target": 0, "weight": {weight}}}'


FAULTS = {
    "json": [
        (of_json(directed='"yes"'), 2),
        *(
            (of_json(node=node), 5)
            for node in (
                "{}",
                "3",
                "null",
                "[]",
                '{"id": 0}',
                '{"id": "0"}',
                '{"id": null}',
                '{"id": 1.5}',
                '{"id": true}',
                '{"id": [1]}',
                f'{{"id": "{LONG}"}}',
                '{"id": "\\ud800"}',
            )
        ),
        *(
            (of_json(tie=tie), 9)
            for tie in (
                "{}",
                "0",
                '{"source": 0}',
                '{"target": 0}',
                '{"source": 0, "target": 5}',
                '{"source": -1, "target": 0}',
                '{"source": "0", "target": 1}',
                '{"source": 1e999, "target": 1}',
                '{"source": {}, "target": 1}',
                weighing("NaN"),
                weighing("-1"),
                weighing("1e400"),
                weighing('"1"'),
                weighing("null"),
                weighing("true"),
                weighing("9" * 400),
            )
        ),
        (of_json(tie='{"source": 1,\n "target": 0,\n "weight": -2}'), 11),
        (of_json(node='{"id": 1, "note": "]}, \\" {[",\n "id": 0}'), 6),
        (of_json(tie="{,"), 9),
        ('{"nodes": [], "edges": [],\n "links": []}', 2),
        ('\n\n{"nodes":\n 3}', 4),
        ('\n{"nodes": []}', 2),
        ('{"nodes": [],\n "nodes":\n {}}', 3),
    ],
    "graphml": [
        *((graphml().replace('attr.type="int"', key), 2) for key in ('attr.type=""', 'attr.type="age"')),
        (graphml().replace('attr.name="age"', ""), 2),
        *(
            (graphml(node=node), 6)
            for node in (
                "<node/>",
                '<node id="p"/>',
                f'<node id="{LONG}"/>',
                '<node id="q"><data key="a">old</data></node>',
                '<node id="q"><data key="b">1</data></node>',
                '<node id="q"><data key="s">yes</data></node>',
                '<node id="q"><graph edgedefault="undirected"><node id="r"/></graph></node>',
                '<node id="q"/></graph><graph edgedefault="undirected">',
            )
        ),
        *(
            (graphml(edge=edge), 8)
            for edge in (
                "<edge/>",
                '<edge source="p"/>',
                '<edge source="p" target="z"/>',
                "<hyperedge/>",
                "</edge>",
                '<edge source="p" target="q" directed="true"/>',
                *(
                    f'<edge source="p" target="q"><data key="w">{w}</data></edge>'
                    for w in ("NaN", "-1", "inf", "x", "")
                ),
                '<edge source="p" target="q"><data key="t">2.5</data></edge>',
                '<edge id="e" source="p" target="q"/><edge id="e" source="q" target="p"/>',
            )
        ),
    ],
    "gexf": [
        (gexf().replace("undirected", "directed").replace("<edge ", '<edge type="undirected" '), 9),
        *(
            (gexf(node=node), 6)
            for node in (
                "<node/>",
                '<node id="p"/>',
                '<node id="q"><attvalues><attvalue for="0" value="old"/></attvalues></node>',
                '<node id="q"><attvalues><attvalue for="9" value="1"/></attvalues></node>',
            )
        ),
        *(
            (gexf(edge=edge), 9)
            for edge in (
                '<edge source="p"/>',
                '<edge source="p" target="z"/>',
                *(f'<edge id="0" source="p" target="q" weight="{w}"/>' for w in ("NaN", "-1", "x")),
                '<edge id="0" source="p" target="q" type="directed"/>',
                '<edge id="0" source="p" target="q"/><edge id="0" source="p" target="q"/>',
            )
        ),
    ],
    "gml": [
        (gml(node='node [ id 1\n  label "p" ]'), 7),
        *(
            (gml(node=node), 6)
            for node in (
                'node [ label "q" ]',
                'node [ id 0 label "q" ]',
                'node [ id 1 id 2 label "q" ]',
                "node [ id 1 label [ x 1 ] ]",
                f'node [ id 1 label "{LONG}" ]',
                "node [ id 1.5 ]",
                "node [ id ]",
                "node [ id 1 age",
                "node 1",
                "node id 1 ]",
                "node [ 1 id ]",
                "] ]",
            )
        ),
        *(
            (gml(edge=edge), 8)
            for edge in (
                "edge [ source 0 ]",
                "edge [ target 0 ]",
                "edge [ source 0 target 7 ]",
                "edge [ source 7 target 0 ]",
                "edge [ source 0 target [ x 1 ] ]",
                "edge [ source 0 target 1\n edge [ source 1 target 0 ]",
                "edge [ source 0 target 1 weight { ]",
                'edge [ source 0 target 1 note "x ]',
                "edge [ source 1 target 1 weight -1 ]",
                'edge [ source 1 target 1 weight "x" ]',
                "edge [ source 1 target 1 weight NAN ]",
                "edge [ source 1 target 1 weight [ x 1 ] ]",
                "edge [ source 1 target 1 weight 1 weight 1 ]",
                "directed 2",
                'directed "no"',
            )
        ),
    ],
    "net": [
        *(
            (net(node=node), 3)
            for node in ('1 "q"', '2 "p"', '3 "q"', '-2 "q"', "x", f"2 {LONG}", "99999999999 q")
        ),
        *(
            (net(edge=edge), 6)
            for edge in ("2", "2 3", "0 1", "-1 1", "2 1 -1", "2 1 nan", "2 1 inf", "2 1 1,5", "*Ring")
        ),
    ],
    "mtx": [
        *(
            (mtx(size=size), 3)
            for size in ("2 2", "2 3 2", "-2 -2 2", "2 2 9", "x", "0 0 0", "9999999999 9999999999 2")
        ),
        *(
            (mtx(entry=entry), 5)
            for entry in ("2", "2 1", "3 1 1", "0 1 1", "-1 1 1", "2 1 nan", "2 1 -1", "x y 1")
        ),
    ],
    "csv": [
        *(
            (f"source,target,weight\n0,1,1\n{row}\n1,2,1\n", 3)
            for row in (
                "1",
                "1,2",
                "1,2,-1",
                "1,2,nan",
                "1,,2",
                "1,2,1,1",
                "1,99999999999999999999,1",
                "x,2,1",
                '"1,2,1',
            )
        ),
    ],
}
SUFFIXES = ("txt", *FAULTS)
HOSTILE = {
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "spaces": b" \r\n\t \n",
    "comments": b"# one\n# two\n",
    "UTF-16": "0,1\n1,2\n".encode("utf-16"),
    "zero bytes": b"0,1\n1,\0\n",
    "no text": b"0,1\n1,\xff\xfe\n",
    "one column": b"7\n8\n9\n",
    "cut short": b"{",
    "folder": None,
    "pipe": None,
}
CASES = [(kind, text, line) for kind, cases in FAULTS.items() for text, line in cases]


@pytest.mark.parametrize(("kind", "text", "line"), CASES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_every_fault_has_its_line(kind, text, line, end, mark, tmp_path):
    path = tmp_path / f"g.{kind}"
    path.write_bytes(mark + text.replace("\n", end).encode())
    with pytest.raises(GraphFileError) as caught:
        read_graph(path)
    said = str(caught.value)
    assert said.startswith(f"g.{kind}, line {line}: "), said
    assert "\n" not in said


@pytest.mark.parametrize("kind", FAULTS)
def test_without_the_fault_each_is_read(kind, tmp_path):
    whole = {
        "json": of_json(),
        "graphml": graphml(),
        "gexf": gexf(),
        "gml": gml(),
        "net": net(),
        "mtx": mtx(),
    }
    path = tmp_path / f"g.{kind}"
    path.write_text(whole.get(kind, "source,target,weight\n0,1,1\n"))
    assert read_graph(path).n == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id,age\n0,1\n1\n", 3),
        ("id,age\n0,1\n1,2,3\n", 3),
        ("id,age\n0,1\n0,2\n", 3),
        ("id,age\n0,1\n-1,2\n", 3),
        ("\n\nid,id\n0,1\n", 3),
        ("id\n0\n0\n", 3),
        ('id,note\n0,"a\nb"\n9,x\n', 4),
        ('id,note\n0,"a\nb"\n1,"a\nb\nc"\n9,"x\ny"\n', 7),
        ('id,age\n0,1\n1,"2\n', 3),
        ('id,age\n0,1\n1,"2"x\n', 3),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_fault_of_a_table_has_its_line(text, line, end, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(text.replace("\n", end).encode())
    with pytest.raises(GraphFileError) as caught:
        read_attributes(complete_graph(3), path)
    assert str(caught.value).startswith(f"people.csv, line {line}: "), str(caught.value)


def test_a_line_is_that_of_the_value_or_of_what_lacks_it():
    text = json.dumps({"a": [1, {"b": 2, "c": []}], "d": "x"}, indent=1)
    for steps, what in (((), "{"), (("a", 0), "1,"), (("a", 1, "b"), '"b": 2,'), (("d",), '"d"')):
        assert text.splitlines()[line_of(text, *steps) - 1].strip().startswith(what)
    here = line_of(text, "a", 1)
    assert {line_of(text, *more) for more in (("a", 1, "z"), ("a", 1, 0), ("a", 1, 7))} == {here}
    assert line_of(text, "a", 9) == line_of(text, "a", "z") == line_of(text, "a")


def test_what_files_may_say_is_not_refused(tmp_path):
    """Declarations may stand at the end, and those of nodes and edges have numbers of their own."""
    late = graphml('<node id="q"><data key="late">7</data><port name="x"/></node>').replace(
        "</graphml>", '<key id="late" for="node" attr.name="late" attr.type="int"/></graphml>'
    )
    (tmp_path / "g.graphml").write_text(late)
    assert read_graph(tmp_path / "g.graphml").attributes["late"][1] == 7
    both = gexf(
        '<node id="q"><attvalues><attvalue for="0" value="7"/></attvalues></node>',
        '<edge id="0" source="p" target="q"><attvalues><attvalue for="0" value="old"/></attvalues></edge>',
    ).replace(
        "<nodes>", '<attributes class="edge"><attribute id="0" title="x" type="string"/></attributes><nodes>'
    )
    (tmp_path / "g.gexf").write_text(both)
    assert read_graph(tmp_path / "g.gexf").attributes["age"][1] == 7


LINES = "".join(f"{person} {person * person}\n" for person in range(9_000)).encode()


@pytest.mark.parametrize(
    ("packed", "line"),
    [
        (gzip.compress(LINES[:-5], 0, mtime=0)[:-8], 9_000),
        (gzip.compress(LINES, 0, mtime=0)[:-9], 9_000),
        (gzip.compress(LINES, 0, mtime=0)[:-3], 9_001),
        (gzip.compress(LINES, mtime=0)[:12], 1),
        (gzip.compress(b"0 1\n1 2\n", mtime=0) + gzip.compress(b"0 1\n1 2\n", 0, mtime=0)[:-10], 4),
        (gzip.compress(b"0 1\n1 2\n", mtime=0) + b"and so on", 3),
        (gzip.compress(b"0 1\n1 2\n", mtime=0)[:-8] + bytes(8), 3),
    ],
)
def test_packed_data_are_refused_with_the_line_they_break_off_in(packed, line, tmp_path):
    said = f"line {line}: the gzip data breaks off here, or is damaged here or before: get the file anew."
    for name in ("g.txt.gz", "g.csv.gz", "g.gml.gz"):
        (tmp_path / name).write_bytes(packed)
        for read in (read_graph, lambda path: read_attributes(complete_graph(3), path)):
            with pytest.raises(GraphFileError, match=re.escape(f"{name}, {said}")):
                read(tmp_path / name)


def test_damage_in_the_middle_is_told_where_it_is_met(tmp_path):
    """Blocks that are not compressed begin with their length and its complement: the second's is spoilt."""
    packed = bytearray(gzip.compress(LINES, 0, mtime=0))
    length = int.from_bytes(packed[11:13], "little")
    packed[15 + length + 3] ^= 255
    (tmp_path / "g.txt.gz").write_bytes(packed)
    with pytest.raises(GraphFileError, match="the gzip data breaks off here") as caught:
        read_graph(tmp_path / "g.txt.gz")
    assert f"line {LINES.count(bytes([10]), 0, length) + 1}: " in str(caught.value)


@pytest.mark.parametrize("suffix", [*SUFFIXES, *(f"{suffix}.gz" for suffix in SUFFIXES)])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_no_graph_is_refused_in_one_sentence(suffix, hostile, tmp_path):
    path = tmp_path / f"g.{suffix}"
    content = HOSTILE[hostile]
    if content is None:
        os.mkfifo(path) if hostile == "pipe" else path.mkdir()
    elif suffix.endswith(".gz"):
        packed = gzip.compress(content, mtime=0)
        path.write_bytes(packed[:-6] if hostile == "cut short" else packed)
    else:
        path.write_bytes(content)
    for read in (read_graph, lambda path: read_attributes(complete_graph(3), path)):
        with pytest.raises(GraphFileError, match=re.escape(path.name)) as caught:
            read(path)
        assert "\n" not in str(caught.value)
