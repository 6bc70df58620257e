"""What is written reads back equal, and everything that is declared counts."""

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import (
    MissingLeverError,
    NotWritableError,
    OutputExistsError,
    ParameterError,
    UnwritableError,
)
from infodemic_sim.graphs import GraphFile, Rewired, ScaleFree, erdos_renyi
from infodemic_sim.interventions import AccuracyPrompt
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import read_scenario, scenario_text, write_scenario
from infodemic_sim.scenario_file.emitting import yaml_text
from infodemic_sim.scenario_file.kinds import all_parts
from infodemic_sim.scenario_file.strict_yaml import read_yaml
from tests.scenario_file.parts import any_of, scenarios

GRAPH = ScaleFree(people=50, mean_degree=4.0, seed=1)
SMALL = Scenario(population=Population(graph=GRAPH))
QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1), inner, max_size=4),
    max_leaves=20,
)


@QUICK
@given(made=scenarios, comments=st.booleans())
def test_what_is_written_reads_back_equal(made, comments, tmp_path):
    path = write_scenario(made, tmp_path / "s.yaml", comments=comments, overwrite=True)
    found = read_scenario(path).scenario
    assert found == made
    assert found.digest() == made.digest()
    assert hash(found) == hash(made)


@QUICK
@given(data=st.dictionaries(st.text(min_size=1), PLAIN, max_size=5))
def test_any_plain_data_reads_back(data):
    document = read_yaml(yaml_text(data))
    assert document.mistakes == []
    assert repr(document.data or {}) == repr(data)


@pytest.mark.parametrize("part", all_parts(), ids=lambda part: part.__name__)
def test_a_change_of_any_parameter_changes_the_digest(part):
    changed = set()
    examples = 100 if part is Scenario else 40  # only the feed has posts, which most of the rest needs

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(made=any_of(part), another=any_of(part))
    def change_each(made, another):
        for name in part.model_fields:
            other = with_another(made, name, getattr(another, name))
            if other is not None:
                changed.add(name)
                assert other != made
                assert other.digest() != made.digest()

    change_each()
    assert changed == set(part.model_fields) - HARD_TO_CHANGE.get(part.__name__, set())


HARD_TO_CHANGE = {
    "ConfigurationModel": {"followers"},
    "PlantedCommunities": {"people", "sizes"},
    "TrustShift": {"partition"},
}
"""Only with another parameter: see below."""


def with_another(made: Any, name: str, value: Any) -> Any:
    """The part with another value of a parameter; None if that is no other, or not allowed."""
    try:
        other = made.but(**{name: value})
    except (MissingLeverError, ParameterError):
        return None
    return other if getattr(other, name) != getattr(made, name) else None


def test_graphs_that_must_hang_together_tell_in_the_digest():
    planted = {"type": "planted_communities", "mean_degree": 2.0, "homophily": 0.5, "seed": 1}
    degrees = {"type": "configuration_model", "seed": 1}
    found = [
        {**degrees, "degrees": [2, 2, 2]},
        {**degrees, "degrees": [1, 1, 2]},
        {**degrees, "degrees": [1, 1, 2], "followers": [2, 1, 1]},
        {**planted, "people": 20, "sizes": [10, 10]},
        {**planted, "people": 20, "sizes": [12, 8]},
        {**planted, "people": 21, "sizes": [12, 9]},
    ]
    assert len({Population(graph=graph).digest() for graph in found}) == len(found)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=scenarios, data=st.data())
def test_a_change_anywhere_changes_the_scenario(made, data):
    written = made.written()
    changed = copy.deepcopy(written)
    where, name = data.draw(st.sampled_from(list(leaves(changed))))
    where[name] = data.draw(
        st.one_of(st.just(0.5), st.just(3), st.just("provider"), st.booleans(), st.none())
    )
    try:
        other = Scenario(**changed)
    except ParameterError:
        assume(False)
    if other.written() == written:
        assert other == made
        assert other.digest() == made.digest()
    else:
        assert other != made
        assert other.digest() != made.digest()


def leaves(data: Any) -> Any:
    for name, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from leaves(value)
        else:
            yield data, name


def test_numbers_that_are_equal_have_equal_digests():
    for zero in (0, 0.0, -0.0, np.float64(0.0)):
        made = SMALL.but(warm_up=zero)
        assert made.digest() == SMALL.but(warm_up=0.0).digest()
        assert "warm_up: 0.0\n" in scenario_text(made, Path())


def test_what_is_written_means_the_same_to_other_readers(tmp_path):
    made = SMALL.but(
        primary="misinformed", interventions=[AccuracyPrompt(name="no"), AccuracyPrompt(name="y")]
    )
    path = write_scenario(made, tmp_path / "s.yaml", comments=True, plans={"on": ["no"], "2024": []})
    data = yaml.safe_load(path.read_text("utf-8"))
    assert data.pop("plans") == {"on": ["no"], "2024": []}
    assert Scenario(**data) == made
    assert read_scenario(path).plans == {"on": ("no",), "2024": ()}


def test_paths_of_graph_files_are_those_of_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = SMALL.but(population=Population(graph=GraphFile(path="net.txt", attributes="people.csv")))
    path = write_scenario(made, "deep/er/s.yaml")
    assert "path: ../../net.txt" in path.read_text("utf-8")
    assert read_scenario("deep/er/s.yaml").scenario == made
    found = read_scenario(tmp_path / "deep/er/s.yaml").scenario.population.graph
    assert (found.path, found.attributes) == (str(tmp_path / "net.txt"), str(tmp_path / "people.csv"))


def test_a_path_alone_names_a_graph_file(tmp_path):
    (tmp_path / "s.yaml").write_text("population: {graph: net.txt}\n")
    graph = read_scenario(tmp_path / "s.yaml").scenario.population.graph
    assert graph == GraphFile(path=str(tmp_path / "net.txt"))


@pytest.mark.parametrize(
    "made",
    [
        SMALL.but(population=Population(graph=erdos_renyi(20, mean_degree=3, seed=1))),
        SMALL.but(interventions=[lambda world: None]),
        SMALL.but(interventions=[AccuracyPrompt(who=lambda world: np.ones(world.n, bool))]),
    ],
    ids=["graph in memory", "function", "function as target"],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(made, tmp_path):
    with pytest.raises(NotWritableError) as refusal:
        write_scenario(made, tmp_path / "s.yaml")
    assert str(refusal.value).count("\n") == 0
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_unless_said(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("mine")
    with pytest.raises(OutputExistsError):
        write_scenario(SMALL, path)
    assert path.read_text() == "mine"
    assert read_scenario(write_scenario(SMALL, path, overwrite=True)).scenario == SMALL
    assert [entry.name for entry in tmp_path.iterdir()] == ["s.yaml"]


def test_where_a_scenario_cannot_be_written_one_sentence_says_why(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UnwritableError, match="this cannot be written"):
        write_scenario(SMALL, tmp_path / "file" / "s.yaml")


def test_a_rewired_graph_keeps_the_path_of_the_file_it_is_made_from(tmp_path):
    (tmp_path / "ties.txt").write_text("0 1\n1 2\n2 3\n3 0\n", "utf-8")
    graph = {"type": "rewired", "seed": 1, "graph": {"type": "file", "path": "ties.txt", "directed": False}}
    text = yaml.safe_dump({"population": {"graph": graph}})
    (tmp_path / "scenario.yaml").write_text(text, "utf-8")
    found = read_scenario(tmp_path / "scenario.yaml").scenario
    assert found.population.graph.graph.path == str(tmp_path / "ties.txt")
    assert found.population.graph.build().number_of_ties == 4


def test_a_rewired_graph_in_memory_cannot_be_written():
    graph = Rewired(graph=GRAPH.build(), seed=2)
    with pytest.raises(NotWritableError, match="save it to a file"):
        Scenario(population=Population(graph=graph)).written()
