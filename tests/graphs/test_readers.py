"""Every reader against networkx's own writers, and the many faces of an edge list."""

import gzip
import json

import networkx as nx
import numpy as np
import pytest
import scipy.io
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import GraphError
from infodemic_sim.graphs import from_networkx, read_graph, to_networkx, to_scipy

WRITERS = {
    "graphml": nx.write_graphml,
    "gexf": nx.write_gexf,
    "gml": nx.write_gml,
    "net": nx.write_pajek,
    "json": lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph)), encoding="utf-8"),
    "mtx": lambda graph, path: scipy.io.mmwrite(path, nx.to_scipy_sparse_array(graph)),
    "txt": nx.write_weighted_edgelist,
    "csv": lambda graph, path: nx.write_weighted_edgelist(graph, path, delimiter=","),
}


def ties_of(graph):
    """Ties by label with weights, each friendship as a set."""
    kind = tuple if graph.is_directed() else frozenset
    return {kind((str(u), str(v))): round(w, 5) for u, v, w in graph.edges(data="weight")}


@st.composite
def weighted_graphs(draw):
    n = draw(st.integers(2, 10))
    graph = (nx.DiGraph if draw(st.booleans()) else nx.Graph)()
    graph.add_nodes_from(range(1, n + 1))
    pairs = st.lists(
        st.tuples(st.integers(1, n), st.integers(1, n)).filter(lambda pair: pair[0] != pair[1]), min_size=1
    )
    for u, v in draw(pairs):
        graph.add_edge(u, v, weight=draw(st.sampled_from([0.25, 1.5, 2.0, 17.0])))
    return graph


@pytest.mark.parametrize("kind", list(WRITERS))
@pytest.mark.parametrize("packed", [False, True])
@given(graph=weighted_graphs())
@settings(max_examples=15, deadline=None)
def test_round_trip_by_the_writers_of_networkx(kind, packed, graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("graphs") / f"graph.{kind}"
    WRITERS[kind](graph, path)
    if packed:
        plain, path = path, path.with_name(f"{path.name}.gz")
        path.write_bytes(gzip.compress(plain.read_bytes()))
    directed = graph.is_directed() if kind in ("txt", "csv", "mtx") else None
    read = read_graph(path, directed=directed)
    assert ties_of(to_networkx(read)) == ties_of(graph)
    if kind not in ("txt", "csv"):
        assert sorted(map(str, read.labels.tolist())) == sorted(map(str, graph.nodes))


@pytest.mark.parametrize("kind", ["graphml", "gexf", "gml", "json"])
def test_node_attributes_become_columns(kind, tmp_path):
    graph = nx.Graph([("a", "b"), ("b", "c")])
    nx.set_node_attributes(graph, {"a": "x", "b": "y", "c": "x"}, "role")
    nx.set_node_attributes(graph, {"a": 1.5, "b": 2.0, "c": 3.0}, "age")
    WRITERS[kind](graph, tmp_path / f"graph.{kind}")
    read = read_graph(tmp_path / f"graph.{kind}")
    assert read.attributes["role"].values() == ["x", "y", "x"]
    assert read.attributes["age"].tolist() == [1.5, 2, 3]
    assert read.labels.tolist() == ["a", "b", "c"]


BOTH_WAYS = {
    "txt": "0 1 2\n1 2 1\n1 0 3\n",
    "json": '{"nodes": [{"id": 0}, {"id": 1}, {"id": 2}], "links": [{"source": 0, "target": 1, "weight": 2},'
    '{"source": 1, "target": 2}, {"source": 1, "target": 0, "weight": 3}]}',
    "gml": "graph [ node [ id 0 ] node [ id 1 ] node [ id 2 ] edge [ source 0 target 1 weight 2 ]"
    "edge [ source 1 target 2 ] edge [ source 1 target 0 weight 3 ] ]",
    "net": "*Vertices 3\n*Edges\n1 2 2\n2 3\n2 1 3\n",
    "mtx": "%%MatrixMarket matrix coordinate real general\n3 3 3\n1 2 2\n2 3 1\n2 1 3\n",
    "graphml": '<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/>'
    '<graph edgedefault="undirected"><node id="0"/><node id="1"/><node id="2"/>'
    '<edge source="0" target="1"><data key="w">2</data></edge><edge source="1" target="2"/>'
    '<edge source="1" target="0"><data key="w">3</data></edge></graph></graphml>',
    "gexf": '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="undirected">'
    '<nodes><node id="0" label="0"/><node id="1" label="1"/><node id="2" label="2"/></nodes><edges>'
    '<edge id="0" source="0" target="1" weight="2"/><edge id="1" source="1" target="2"/>'
    '<edge id="2" source="1" target="0" weight="3"/></edges></graph></gexf>',
}


@pytest.mark.parametrize("kind", list(BOTH_WAYS))
def test_a_friendship_written_both_ways_counts_once_and_is_told(kind, write):
    graph = read_graph(write(f"g.{kind}", BOTH_WAYS[kind]), directed=False)
    assert graph.indices.tolist() == [1, 0, 2, 1]
    assert graph.weights.tolist() == [2, 2, 1, 1]
    report = graph.report
    assert (report.ties_read, report.duplicates, report.conflicting_weights) == (3, 1, 1)


GML = """Creator "me: graph [ 1 ]"
Version 1
graph
[
  directed 1 # as they say
  node [ id 7 label "R&amp;D &#233; \\ AT&T"  graphics [ x 1.0 y 2 ] ]
  node [ id -3 label "two
lines" age 4. ]
  node [ id x label 5 age .5E1 seen 1 seen 2 ]
  edge [ target 7 source x weight 1e-1 label "[" ]
]
"""


def test_faces_of_a_gml_file(write):
    graph = read_graph(write("g.gml", GML))
    assert graph.directed
    assert graph.labels.tolist() == ["R&D é \\ AT&T", "two\nlines", "5"]
    assert graph.indptr.tolist() == [0, 0, 0, 1]
    assert (graph.indices.tolist(), graph.weights.tolist()) == ([0], [pytest.approx(0.1)])
    assert graph.attributes["age"].tolist()[1:] == [4, 5]
    assert graph.report.notes == (
        "Node attribute 'graphics' left out: neither numbers nor text.",
        "Node attribute 'seen' left out: neither numbers nor text.",
        "Of edges, only 'weight' is kept; left out: 'label'.",
    )


def test_people_of_a_gml_file_are_called_by_ids_unless_all_have_a_label(write):
    nodes = 'node [ id 4 label "a" ] node [ id 2 {} ] edge [ source 4 target 2 ]'
    for label in ("", 'label ""'):
        graph = read_graph(write("g.gml", f"graph [ {nodes.format(label)} ]"))
        assert graph.labels.tolist() == [4, 2]
        assert graph.report.notes == ("Not all have a label: people are called by their ids.",)
    assert read_graph(write("g.gml", f"graph [ {nodes.format('label 3')} ]")).labels.tolist() == ["a", "3"]


VALUED = {
    "gml": "graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 value 3 ] ]",
    "json": '{"nodes": [{"id": 0}, {"id": 1}], "links": [{"source": 0, "target": 1, "value": 3}]}',
    "graphml": '<graphml><key id="v" for="edge" attr.name="value" attr.type="double"/><graph edgedefault='
    '"undirected"><node id="0"/><node id="1"/><edge source="0" target="1"><data key="v">3</data></edge>'
    "</graph></graphml>",
}


@pytest.mark.parametrize("kind", list(VALUED))
def test_what_edges_tell_beside_their_weight_is_told_to_be_left_out(kind, write):
    report = read_graph(write(f"g.{kind}", VALUED[kind])).report
    assert report.notes == ("Of edges, only 'weight' is kept; left out: 'value'.",)


def test_what_a_file_declares_for_all_holds_where_one_says_nothing(write):
    role = '<key id="r" for="node" attr.name="role" attr.type="string"><default>lay</default></key>'
    three = 'attr.type="double"><default>3</default></key>' + role
    graph = read_graph(write("g.graphml", BOTH_WAYS["graphml"].replace('attr.type="double"/>', three)))
    assert graph.weights.tolist() == [2, 2, 3, 3]
    assert graph.attributes["role"].values() == ["lay"] * 3
    role = '<attributes class="node"><attribute id="0" title="role" type="string"><default>lay</default>'
    text = BOTH_WAYS["gexf"].replace("<nodes>", f"{role}</attribute></attributes><nodes>")
    assert read_graph(write("g.gexf", text)).attributes["role"].values() == ["lay"] * 3


def test_both_names_of_the_newest_gexf_are_known(write):
    for name in ("http://gexf.net/1.3", "http://www.gexf.net/1.3"):
        text = BOTH_WAYS["gexf"].replace("http://www.gexf.net/1.2draft", name)
        assert read_graph(write("g.gexf", text)).number_of_ties == 2


def test_a_graphml_file_that_does_not_say_whether_ties_are_directed_is_told(write):
    text = BOTH_WAYS["graphml"].replace(' edgedefault="undirected"', "")
    said = "The file does not say whether ties are directed: read as friendships."
    assert read_graph(write("g.graphml", text)).report.notes == (said,)
    assert read_graph(write("g.graphml", text), directed=False).report.notes == ()


FACES = {
    "spaces": "0 1\n0 2\n1 2\n",
    "tabs": "0\t1\n0\t2\n1\t2\n",
    "commas": "0,1\n0,2\n1,2",
    "semicolons": "0;1\r\n0;2\r\n1;2\r\n",
    "padded commas": " 0 , 1 \n 0 ,2\n1, 2\n",
    "runs of blanks": "  0 \t 1  \n0   2\n\n\n1\t\t2\n\n",
    "comments": "# a comment\n% another\n0 1\n# 7 8\n0 2\n1 2\n",
    "byte order mark": "\ufeff0 1\n0 2\n1 2\n",
    "header": "source,target\n0,1\n0,2\n1,2\n",
    "quoted header": '"from";"to"\n0;1\n0;2\n1;2\n',
    "quoted numbers": '"0","1"\n"0","2"\n"1","2"\n',
    "long comment first": "# " + "x" * 20_000 + "\n0 1\n0 2\n1 2\n",
}


@pytest.mark.parametrize("face", list(FACES))
def test_faces_of_an_edge_list(face, write):
    graph = read_graph(write("ties.txt", FACES[face]), directed=True)
    assert graph.n == 3
    assert graph.indices.tolist() == [1, 2, 2]
    assert graph.labels.tolist() == [0, 1, 2]
    assert graph.report.ties_read == 3


@pytest.mark.parametrize("face", list(FACES))
def test_labels_of_any_kind_read_alike(face, write):
    text = FACES[face]
    for number, name in enumerate(("Ann", "Bø", "Cid")):
        text = text.replace(str(number), name) if face != "comments" else text
    graph = read_graph(write("ties.txt", text), directed=True, labels="text")
    assert graph.indices.tolist() == [1, 2, 2]
    assert graph.labels.tolist() == (["0", "1", "2"] if face == "comments" else ["Ann", "Bø", "Cid"])


@pytest.mark.parametrize(
    ("text", "options", "weights"),
    [
        ("0 1 0.5\n1 2 1e-3\n", {}, [0.5, 1e-3]),
        ("0,1,+2.5E+1\n1,2,.5\n", {}, [25.0, 0.5]),
        ("0 1 0.5 77\n1 2 3 78\n", {"weights": True}, [0.5, 3.0]),
        ("0 1 x 77\n1 2 y 78\n", {"weights": False}, None),
        ("a b 1.25\nb c 2\n", {}, [1.25, 2.0]),
        ("a,b,weight\nb,c,2\nc,d,3\n", {}, [2.0, 3.0]),
        ("a;b;0,5\nb;c;1\nc;d;2.5\n", {}, [0.5, 1.0, 2.5]),
        ("a;b;1\nb;c;0,5\n", {}, [1.0, 0.5]),
        ("from;to;weight\na;b;0,5\nb;c;1,25e1\n", {}, [0.5, 12.5]),
        ("0;1;0,5\n1;2;,25\n", {}, [0.5, 0.25]),
        ('"a;x","b",0.5\n"b","c;y",2\n', {}, [0.5, 2.0]),
    ],
)
def test_weights(text, options, weights, write):
    graph = read_graph(write("ties.csv", text), directed=True, **options)
    found = None if graph.weights is None else graph.weights.tolist()
    assert found == (None if weights is None else np.float32(weights).tolist())


@given(st.lists(st.floats(0, 3e38, allow_subnormal=False), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_weights_are_what_python_reads(values):
    from infodemic_sim.kernels.graph_fields import decimal

    for value in values:
        text = repr(value).encode()
        assert decimal(np.frombuffer(text, np.uint8), 0, len(text)) == pytest.approx(
            value, rel=1e-14, abs=1e-300
        )


@pytest.mark.parametrize(
    "text", ["nan", "inf", "1_0", "0x1", "1e", "e5", ".", "-", "1.2.3", "1e+-5", "1 2", "--1"]
)
def test_what_is_no_weight(text):
    from infodemic_sim.kernels.graph_fields import decimal

    assert np.isnan(decimal(np.frombuffer(text.encode(), np.uint8), 0, len(text)))


@pytest.mark.parametrize("gaps", [[5, 900, 70], [10**17, 5, -3], [0, 2**40, 2**41]])
def test_numbers_with_gaps_are_renumbered_in_order(gaps, write):
    first, second, third = gaps
    graph = read_graph(write("ties.txt", f"{first} {second}\n{second} {third}\n"), directed=True)
    assert graph.labels.tolist() == sorted(gaps)
    named = to_networkx(graph)
    assert set(named.edges) == {(first, second), (second, third)}


def test_long_files_cross_from_fast_to_careful_parsing(write):
    lines = [f"{i} {i + 1}" for i in range(3_000)]
    lines[1_500] = "# comment"
    lines[1_600] = "  1600\t1601 "
    graph = read_graph(
        write("ties.txt", "\r\n".join(lines[:2_000]) + "\n" + "\n".join(lines[2_000:])), directed=True
    )
    assert graph.number_of_ties == 2_999
    assert graph.n == 3_001


def test_directions(write):
    path = write("ties.txt", "0 1\n")
    assert read_graph(path, directed=True).followees(0).tolist() == [1]
    assert read_graph(path, directed=True, direction="seen_by").followees(1).tolist() == [0]
    assert read_graph(path).followees(1).tolist() == [0]


def test_nothing_is_dropped_silently(write):
    graph = read_graph(write("ties.txt", "0 1 1\n1 0 2\n0 1 1\n3 3 1\n1 2 1\n"))
    report = graph.report
    assert (report.ties_read, report.duplicates, report.conflicting_weights) == (5, 2, 1)
    assert (report.self_loops, report.isolated) == (1, 1)
    assert "not say whether ties are directed" in str(report)
    assert graph.weights.tolist() == [1, 1, 1, 1]


def test_directed_files_as_friendships_and_back(tmp_path):
    arcs = nx.DiGraph([(1, 2), (2, 1), (2, 3)])
    nx.write_pajek(arcs, tmp_path / "graph.net")
    assert read_graph(tmp_path / "graph.net").number_of_ties == 3
    assert read_graph(tmp_path / "graph.net", directed=False).report.duplicates == 1


def test_symmetric_matrix_is_of_friendships(tmp_path):
    graph = from_networkx(nx.karate_club_graph())
    scipy.io.mmwrite(tmp_path / "graph.mtx", to_scipy(graph), symmetry="symmetric")
    read = read_graph(tmp_path / "graph.mtx")
    assert not read.directed
    assert np.array_equal(read.indices, graph.indices)
    assert read_graph(tmp_path / "graph.mtx", directed=True).number_of_ties == 156


def test_several_relations_of_a_pajek_file_are_told(write):
    text = '*Vertices 3\n*Arcs :1 "asks"\n1 2\n*Arcs :2 "thanks"\n2 3\n'
    graph = read_graph(write("graph.net", text))
    assert graph.number_of_ties == 2
    assert "Its 2 relations (:1, :2) are read as one." in graph.report.notes
    one = read_graph(write("one.net", text.replace(":2", ":1")))
    assert not any("relations" in note for note in one.report.notes)


def test_pajek_sections(write):
    text = """*Network x
*Vertices 4
1 "Ann B" 0.1 0.2
2 Bob
3 "3"
4 "4"
*Arcslist
1 2 3
*Edges
3 4 2.5
"""
    graph = read_graph(write("graph.net", text))
    assert graph.labels.tolist() == ["Ann B", "Bob", "3", "4"]
    assert [graph.followees(v).tolist() for v in range(4)] == [[1, 2], [], [3], [2]]
    matrix = read_graph(write("matrix.net", "*Vertices 2\n*Matrix\n0 2\n0 0\n"))
    assert matrix.labels.tolist() == [1, 2]
    assert matrix.weights.tolist() == [2.0]
    friends = read_graph(write("friends.net", "*vertices 3\n*edgeslist\n1 2 3\n"))
    assert not friends.directed
    assert friends.number_of_ties == 2


def test_multigraphs_count_repeats(tmp_path):
    graph = nx.MultiGraph([(0, 1), (0, 1), (1, 2)])
    nx.write_graphml(graph, tmp_path / "graph.graphml")
    assert read_graph(tmp_path / "graph.graphml").report.duplicates == 1


def test_labels_may_be_dropped(write):
    assert read_graph(write("ties.txt", "a b\n"), keep_labels=False).labels is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"direction": "up"}, "direction must be one of sees, seen_by"),
        ({"labels": "names"}, "labels must be one of"),
        ({"delimiter": "::"}, "delimiter must be one character"),
        ({"delimiter": "1"}, "delimiter must be one character"),
        ({"delimiter": 1}, "delimiter must be a text or None, but got 1"),
        ({"weights": "x"}, "weights must be True, False or None, but got 'x'"),
        ({"header": 1}, "header must be True, False or None, but got 1"),
        ({"directed": "yes"}, "directed must be True, False or None, but got 'yes'"),
    ],
)
def test_options_are_checked(options, message, write):
    with pytest.raises(GraphError, match=message):
        read_graph(write("ties.txt", "0 1\n"), **options)


def test_options_are_never_ignored_silently(write):
    with pytest.raises(GraphError, match="are for edge lists"):
        read_graph(write("graph.net", "*Vertices 1\n"), delimiter=",")


def test_named_delimiters(write):
    path = write("ties.txt", "a b;c\nc;a b\n")
    assert read_graph(path, delimiter="semicolon").labels.tolist() == ["a b", "c"]


def test_a_large_number_late_in_the_file_is_read_whole(write):
    lines = [f"{i} {i + 1}" for i in range(500)]
    lines[250] = f"0 {2**31}"
    lines[251] = f"{2**33 + 1} 0"
    graph = read_graph(write("ties.txt", "\n".join(lines)), directed=True)
    assert graph.labels.tolist()[-2:] == [2**31, 2**33 + 1]
    assert graph.number_of_ties == 500


PADDED = {
    "at once": "01,2\n1,3\n1,01\n",
    "in the second column": "1,2\n1,01\n1,3\n",
    "minus nought": "0,1\n-0,2\n",
    "of the longest numbers": f"{2**31},1\n1,{2**31 + 1}\n1,02\n",
    "with weights": "1,2,0.5\n1,02,1\n",
    "after many lines": "".join(f"{k} {k + 1}\n" for k in range(2_000)) + "7 0007\n" + "0 1\n" * 20,
}


@pytest.mark.parametrize("where", list(PADDED))
def test_a_whole_number_with_zeros_in_front_makes_texts_of_all_labels(where, write):
    graph = read_graph(write("ties.txt", PADDED[where]))
    named = [line.replace(",", " ").split()[:2] for line in PADDED[where].splitlines()]
    assert graph.labels.tolist() == sorted({name for pair in named for name in pair})
    assert graph.report.self_loops == 0
    place = next(k for k, pair in enumerate(named, 1) if any(n != str(int(n)) for n in pair))
    assert f"Line {place:,} has a label with zeros in front: all labels were taken as text." in str(
        graph.report
    )


def test_zeros_in_front_are_left_out_where_numbers_are_asked_for(write):
    graph = read_graph(write("ties.txt", "01,2\n1,3\n1,01\n1,002147483648\n"), labels="integer")
    assert graph.labels.tolist() == [1, 2, 3, 2**31]
    assert graph.report.self_loops == 1


@pytest.mark.parametrize("odd", ["+1", "1_0", "1.0"])
def test_what_looks_like_a_number_and_is_none_is_text_or_refused(odd, write):
    assert read_graph(write("first.txt", f"{odd} 1\n1 2\n")).labels.tolist() == sorted([odd, "1", "2"])
    with pytest.raises(GraphError, match=r"line 3: .* say labels='text'"):
        read_graph(write("later.txt", f"1 2\n2 3\n{odd} 1\n"))


@given(lines=st.permutations(["b a", "c a", "Åsa b", "d d", "c Åsa"]))
@settings(max_examples=20, deadline=None)
def test_who_is_who_does_not_hang_on_the_order_of_lines(lines, tmp_path_factory):
    path = tmp_path_factory.mktemp("graphs") / "ties.txt"
    path.write_text("\n".join(lines), "utf-8")
    graph = read_graph(path)
    assert graph.labels.tolist() == ["a", "b", "c", "d", "Åsa"]
    assert [graph.followees(v).tolist() for v in range(5)] == [[1, 2], [0, 4], [0, 4], [], [1, 2]]
