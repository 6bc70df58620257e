"""Scenarios that could not be answered are refused when they are made."""

from __future__ import annotations

from pathlib import Path

import pytest

import infodemic_sim as ids
from infodemic_sim.comparing.compare import compare
from infodemic_sim.errors import GraphError, ParameterError
from infodemic_sim.graphs import ScaleFree

GRAPH = ids.scale_free(200, mean_degree=8, seed=1)
SCENARIO = ids.Scenario(population=ids.Population(graph=GRAPH), days=2.0, warm_up=1.0)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"topics": [ids.Topic(name="all"), ids.Topic(name="b")]}, "stands for their sum"),
        ({"platforms": [ids.Platform(name="all")]}, "stands for their sum"),
        ({"primary": "misinfrmed"}, "Did you mean 'misinformed'"),
        ({"primary": "virality_false"}, "needs cascades: trees"),
        ({"primary": "cascade_size_false", "cascades": "none"}, "needs cascades: sizes or trees"),
        ({"platforms": [ids.Platform(horizon=0.5)]}, "nothing would be read"),
        ({"warm_up": 0.03}, "whole number of steps"),
        ({"interventions": [ids.WarningLabel(topic="vacine safety")]}, "Did you mean 'vaccine safety'"),
        ({"interventions": [ids.PeerSupport(platform="foo")]}, "there is no platform 'foo'"),
    ],
)
def test_a_scenario_without_an_answer_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ParameterError, match=sentence):
        SCENARIO.but(**changes)


@pytest.mark.parametrize("seed", [-1, 1 << 64, 1.5, True, "1", None])
def test_a_seed_is_a_whole_number_of_64_bits(seed: object) -> None:
    with pytest.raises(ParameterError, match="seed must be a whole number"):
        ids.simulate(SCENARIO, seed=seed)


def test_plans_share_their_primary_outcome() -> None:
    plans = {"a": SCENARIO, "b": SCENARIO.but(primary="credence")}
    with pytest.raises(ParameterError, match="same primary outcome"):
        compare(plans, replicates=1, seed=1)


def test_a_folder_is_no_graph_file(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is a folder"):
        ids.read_graph(tmp_path)


def test_a_network_too_large_for_memory_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(self: ScaleFree) -> None:
        raise MemoryError

    monkeypatch.setattr(ScaleFree, "build", too_large)
    recipe = ScaleFree(people=300, mean_degree=8.0, seed=12345)
    with pytest.raises(GraphError, match="does not fit into this machine's memory"):
        ids.simulate(SCENARIO.but(population=ids.Population(graph=recipe)), seed=1)


def out_of_order(world):
    """A function with a mistake in it."""
    raise ZeroDivisionError("no patients")


def test_an_error_in_a_users_function_says_where_it_came_from():
    with pytest.raises(ZeroDivisionError) as caught:
        ids.simulate(SCENARIO.but(interventions=[out_of_order]), seed=1)
    (note,) = caught.value.__notes__
    assert note.startswith("stopped in the intervention 'out_of_order' on day 0, at ")
    assert "test_refusals.py, line " in note


def test_days_that_steps_do_not_fill_are_not_recorded_daily():
    with pytest.raises(ParameterError, match="record daily needs a whole number of steps a day"):
        SCENARIO.but(hours_per_step=9.0, days=3.0, warm_up=0.0)
    assert SCENARIO.but(hours_per_step=9.0, days=3.0, warm_up=0.0, record="end").steps == 8


def test_what_is_no_scenario_is_told_where_one_is():
    file = ids.read_scenario("demo")
    for given in (file, "demo", None):
        for make in (ids.simulate, ids.film):
            with pytest.raises(ParameterError, match=r"a Scenario is needed, but got .*read_scenario"):
                make(given, seed=1)


def test_a_run_ends_with_its_scenario():
    run = ids.Run(SCENARIO, seed=1)
    result = run.finish()
    with pytest.raises(ParameterError, match="the run has ended: its scenario has 2 days"):
        run.step()
    assert run.result().table.equals(result.table)
