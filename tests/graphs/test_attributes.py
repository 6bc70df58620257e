"""Columns for the people of a graph, joined by label."""

import numpy as np
import pytest

from infodemic_sim.errors import GraphError, GraphFileError
from infodemic_sim.graphs import Categories, SocialGraph, categories, column, read_attributes, read_graph


@pytest.fixture
def graph(write):
    return read_graph(write("ties.txt", "10 20\n20 30\n"))


def test_columns_are_joined_by_label(graph, write):
    table = write("people.csv", "role,id,age\nb,30,3\na,10,\nb,20,2.5\n")
    found = read_attributes(graph, table, key="id", categorical=["role"])
    assert found.attributes["role"].values() == ["a", "b", "b"]
    assert np.array_equal(found.attributes["age"], [np.nan, 2.5, 3], equal_nan=True)
    assert found != graph


@pytest.mark.parametrize(
    "content", ["id\tx\n10\ta b\n20\tc\n30\td\n", '\ufeff"id";"x"\r\n10;"a b"\r\n20;c\r\n30;d\r\n']
)
def test_other_faces_of_a_table(content, graph, write):
    assert read_attributes(graph, write("people.csv", content)).attributes["x"].values() == ["a b", "c", "d"]


def test_people_without_labels_are_named_by_id(write):
    graph = SocialGraph.from_ties([0], [1], 2, False)
    assert read_attributes(graph, write("people.csv", "id,x\n1,5\n0,4\n")).attributes["x"].tolist() == [4, 5]


def test_numbers_may_be_categories(graph, write):
    table = write("people.csv", "id,country\n10,1\n20,2\n30,1\n")
    assert isinstance(read_attributes(graph, table).attributes["country"], np.ndarray)
    found = read_attributes(graph, table, categorical=["country"])
    assert found.attributes["country"].levels == ("1", "2")


def test_what_does_not_match_may_be_reported(graph, write):
    table = write("people.csv", "id,x,y\n10,1,a\n99,2,b\n")
    found = read_attributes(graph, table, unmatched="report")
    assert np.array_equal(found.attributes["x"], [1, np.nan, np.nan], equal_nan=True)
    assert found.attributes["y"].values() == ["a", None, None]
    assert found.report.notes[-1] == "people.csv: 1 rows named nobody and 2 people had no row."


def test_a_value_that_makes_categories_of_numbers_is_told(graph, write):
    found = read_attributes(graph, write("people.csv", "id,age\n10,1\n20,NA\n30,3\n"))
    assert found.attributes["age"].values() == ["1", "NA", "3"]
    said = (
        "people.csv, line 3: 'NA' is no number, so all of the column 'age' are categories; leave empty what"
    )
    assert found.report.notes[-1].startswith(said)
    for text, options in (
        ("id,age\n10,1\n20,NA\n30,3\n", {"categorical": ["age"]}),
        ("id,age\n10,x\n20,NA\n30,3\n", {}),
        ("id,age\n10,1\n20,\n30,3\n", {}),
    ):
        told = read_attributes(graph, write("people.csv", text), **options).report.notes
        assert not any("is no number" in note for note in told)


def test_a_key_must_be_a_name(graph, write):
    with pytest.raises(GraphError, match="key must be the name of a column or None, but got 3"):
        read_attributes(graph, write("people.csv", "id,x\n10,1\n20,2\n30,3\n"), key=3)


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("id,x\n10,1\n20,2\n30,3\n99,4\n", {}, "people.csv, line 5: 1 row(s) name nobody in the graph"),
        ("id,x\n10,1\n", {}, "2 of 3 people have no row; say unmatched='report' to leave them empty."),
        (
            "10,1\n20,2\n30,2\n",
            {},
            "1 of 3 people have no row; if line 1 is a person's, put names of columns",
        ),
        ("id,x\n10,1\n10,2\n", {}, "line 3: this person has a row already."),
        ("id,x\n10\n", {}, "line 2: 1 columns where the header has 2."),
        ("id,x,x\n10,1,1\n", {}, "line 1: the header must give every column a name of its own."),
        ("id,\n10,1\n", {}, "line 1: the header must give"),
        ("id,x\n10,1\n", {"key": "ix"}, "there is no column 'ix'. Did you mean 'x'?"),
        ("id,x\n10,1\n", {"categorical": ["z"]}, "there is no column 'z'"),
        ('id,x\n10,"1\n', {}, "people.csv, line"),
        ("", {}, "the file is empty."),
    ],
)
def test_mistakes(content, options, message, graph, write):
    with pytest.raises(GraphFileError) as caught:
        read_attributes(graph, write("people.csv", content), **options)
    assert message in str(caught.value)


def test_choice_is_checked(graph, write):
    with pytest.raises(GraphError, match="unmatched must be"):
        read_attributes(graph, write("people.csv", "id\n"), unmatched="drop")


def test_columns_by_hand():
    assert column([1, None, 2.5]).tolist()[::2] == [1.0, 2.5]
    assert isinstance(column(["1", "x"]), Categories)
    assert isinstance(column(["1_0", "2"]), Categories)
    assert isinstance(column([1.0, float("inf")]), Categories)
    assert repr(categories("aab")) == "Categories(2 levels, 3 people)"
    assert len(categories("aab")) == 3


def test_names_with_zeros_in_front_meet_in_both_files(write):
    table = write("people.csv", "id,x\n0001,5\n0002,4\n")
    found = read_attributes(read_graph(write("ties.txt", "0001 0002\n")), table)
    assert found.attributes["x"].tolist() == [5, 4]
    with pytest.raises(GraphFileError, match=r"line 2: .* names differ by zeros .* labels='text'") as caught:
        read_attributes(read_graph(write("bare.txt", "1 2\n")), table)
    assert "2 row(s) name nobody" in str(caught.value)


def test_numbers_between_semicolons_may_have_decimal_commas(graph, write):
    table = write("people.csv", "id;age;town\n10;2,5;a,b\n20;-,5;c\n30;7.25;d\n")
    found = read_attributes(graph, table)
    assert found.attributes["age"].tolist() == [2.5, -0.5, 7.25]
    assert found.attributes["town"].values() == ["a,b", "c", "d"]
