"""Parameters by their path."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.parameter_paths import changed, distinct, field_at, value_at
from tests.sweeps.tiny import RECALL, TODAY

CHANGES = {
    "days": 4.0,
    "population.providers": 0.05,
    "population.graph.mean_degree": 3,
    "topics.vaccines.spread": 2.0,
    "topics.0.conviction": 2.0,
    "topics.vaccines.posting.public": 0.25,
    "platforms.network.ranking.half_life": 3.0,
    RECALL: 0.25,
}


def test_values_are_set_where_the_paths_lead_and_nowhere_else():
    found = changed(TODAY, CHANGES)
    assert {path: value_at(found, path) for path in CHANGES} == CHANGES
    back = changed(found, {path: value_at(TODAY, path) for path in CHANGES})
    assert back == TODAY
    assert found != TODAY


def test_a_part_may_be_set_whole():
    graph = {"type": "small_world", "people": 40, "mean_degree": 4, "rewiring": 0.1, "seed": 2}
    found = changed(TODAY, {"population.graph": graph, "platforms.network.ranking": "chronological"})
    assert type(found.population.graph).__name__ == "SmallWorld"
    assert found.platforms[0].ranking == ids.Chronological()


def test_parameters_that_must_change_together_are_set_at_once():
    found = changed(TODAY, {"hours_per_step": 5.0, "days": 5.0, "warm_up": 5.0, "record": "end"})
    assert (found.hours_per_step, found.days) == (5.0, 5.0)


def test_names_may_hold_dots():
    """The longest name that a path begins with is meant."""
    labels = [ids.WarningLabel(name=name) for name in ("v1", "v1.0", "Dr. A.")]
    scenario = TODAY.but(interventions=labels)
    values = {f"interventions.{label.name}.recall": 0.1 * k for k, label in enumerate(labels)}
    found = changed(scenario, values)
    assert [part.recall for part in found.interventions] == [0.0, 0.1, 0.2]
    assert {path: value_at(found, path) for path in values} == values
    with pytest.raises(UnknownNameError, match="there is none called 'v2' in the list"):
        changed(scenario, {"interventions.v2.0.recall": 0.1})


def test_nothing_to_set_is_the_scenario_itself():
    assert changed(TODAY, {}) is TODAY


def test_declarations():
    assert "each one sees" in field_at(TODAY, "population.graph.mean_degree").description
    assert field_at(TODAY, "spread.persuasion_claim").annotation is float


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("population.provider", "Did you mean 'providers'?"),
        ("topics.vaccine.spread", "Did you mean 'vaccines'?"),
        ("topics.7.spread", "there is none called '7'"),
        ("epidemic.transmission", "set what holds it instead"),
        ("days.long", "which has no parameters"),
        ("", "has no parameter ''"),
        ("interventions.accuracy_prompt.recall", "AccuracyPrompt has no parameter 'recall'"),
    ],
)
def test_paths_that_lead_nowhere(path, said):
    for ask in (lambda: changed(TODAY, {path: 1.0}), lambda: value_at(TODAY, path)):
        with pytest.raises(UnknownNameError, match=said.replace("?", r"\?")):
            ask()


@pytest.mark.parametrize(
    "paths", [("population", "population.providers"), ("population.providers", "population")]
)
def test_a_path_within_what_another_sets(paths):
    values = {"population": TODAY.population, "population.providers": 0.2}
    with pytest.raises(ParameterError, match="leave out one"):
        changed(TODAY, {path: values[path] for path in paths})


TWICE = [
    ("platforms.0.posts_per_session", "platforms.network.posts_per_session"),
    ("interventions.warning_label.recall", "interventions.0.recall"),
    ("topics.00.spread", "topics.vaccines.spread"),
    ("platforms.network.ranking.half_life", "platforms.0.ranking"),
    ("topics.0.posting", "topics.vaccines.posting.public"),
]


@pytest.mark.parametrize(("one", "other"), TWICE)
def test_one_parameter_by_its_name_and_by_its_place(one, other):
    """Which would win was a matter of their order."""
    for paths in ((one, other), (other, one)):
        with pytest.raises(ParameterError, match=f"{paths[1]}: {paths[0]} sets this too"):
            distinct(TODAY, paths)
        with pytest.raises(ParameterError, match="leave out one of them"):
            changed(TODAY, dict.fromkeys(paths, 1.0))


def test_paths_that_only_begin_alike_are_distinct():
    distinct(TODAY, [*CHANGES, "topics.0.posting.provider", "interventions.1.recall", "topics.9.x"])


def test_a_value_that_cannot_stand_there():
    with pytest.raises(ParameterError, match="providers should be less than or equal to 1"):
        changed(TODAY, {"population.providers": 1.5})
