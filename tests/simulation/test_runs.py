"""Runs: what they accept, and what their results answer."""

from __future__ import annotations

import math

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import MissingLeverError, ParameterError, UnknownNameError
from infodemic_sim.simulation import Run, running

SCENARIO = ids.Scenario(
    population=ids.Population(graph=ids.scale_free(200, mean_degree=8, seed=1)), days=2.0, warm_up=0.5
)


@pytest.mark.parametrize("bad", [{"seed": -1}, {"seed": 1, "replicate": -1}, {"seed": 1, "threads": 0}])
def test_seeds_and_threads_are_checked(bad):
    for start in (ids.simulate, Run):
        with pytest.raises(ParameterError, match="must be a whole number"):
            start(SCENARIO, **bad)


def test_a_seed_is_required():
    with pytest.raises(TypeError, match="seed"):
        ids.simulate(SCENARIO)


def test_seeds_and_replicates_differ_and_repeat():
    tables = [ids.simulate(SCENARIO, seed=s, replicate=r).table for s, r in ((1, 0), (1, 1), (2, 0), (1, 0))]
    assert tables[0].equals(tables[3])
    assert not tables[0].equals(tables[1])
    assert not tables[0].equals(tables[2])
    huge = ids.simulate(SCENARIO, seed=2**64 - 1, replicate=2**40)
    assert (huge.seed, huge.replicate) == (2**64 - 1, 2**40)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_do_not_matter(threads):
    assert ids.simulate(SCENARIO, seed=1, threads=threads).table.equals(ids.simulate(SCENARIO, seed=1).table)


def test_a_result_says_how_it_was_made():
    result = ids.simulate(SCENARIO, seed=5, replicate=3)
    assert (result.scenario, result.seed, result.replicate) == (SCENARIO, 5, 3)
    assert result.from_scenario_alone
    again = ids.simulate(result.scenario, seed=result.seed, replicate=result.replicate)
    assert again.table.equals(result.table)


def test_series_and_final():
    result = ids.simulate(SCENARIO, seed=1)
    series = result.series("misinformed")
    assert series.index.tolist() == [0.0, 1.0, 2.0]
    assert series.index.name == "day"
    assert result.final("misinformed") == series.iloc[-1]
    assert result.series("credence", subgroup="literacy=basic").size == 3
    assert math.isnan(result.final("misinformed", subgroup="role=bot"))


@pytest.mark.parametrize("ask", ["series", "final"])
def test_an_unknown_measure_is_answered_with_the_nearest(ask):
    result = ids.simulate(SCENARIO.but(days=1.0), seed=1)
    with pytest.raises(UnknownNameError, match=r"'misinfrmed' is not a measure\. Did you mean 'misinformed'"):
        getattr(result, ask)("misinfrmed")


def test_a_run_can_be_looked_at_half_way():
    with running(SCENARIO, seed=1) as run:
        assert len(run.result().table) == 0, "nothing is measured in the warm-up"
        for _ in range(12 + 24):
            run.step()
        half = run.result().table
        whole = run.finish().table
    assert sorted(set(half.day)) == [0.0, 1.0]
    both = half[~half.measure.str.contains("cascade")].reset_index(drop=True)
    early = whole[(whole.day < 2.0) & ~whole.measure.str.contains("cascade")].reset_index(drop=True)
    assert both.equals(early), "looking changes nothing"


def test_finishing_twice_adds_nothing():
    with running(SCENARIO, seed=1) as run:
        assert run.finish().table.equals(run.finish().table)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"days": 0.0}, "Scenario.days"),
        ({"days": 1.01}, "whole number of steps of 1 h"),
        ({"hours_per_step": 0.0}, "Scenario.hours_per_step"),
        ({"warm_up": -1.0}, "Scenario.warm_up"),
        ({"topics": []}, "at least one topic"),
        ({"platforms": []}, "at least one topic and one platform"),
        ({"topics": [ids.Topic(), ids.Topic()]}, "two topics called 'vaccine safety'"),
        (
            {"interventions": [ids.PeerSupport(), ids.PeerSupport()]},
            "two interventions called 'peer_support'",
        ),
        (
            {"interventions": [ids.PeerSupport(name="peer_support (until day 20)")]},
            "called 'peer_support \\(until day 20\\)', as those are called that a fork has ended",
        ),
        ({"record": "weekly"}, "Scenario.record"),
        ({"interventions": ["acuracy_prompt"]}, "Did you mean 'accuracy_prompt'"),
    ],
)
def test_scenarios_that_cannot_be_are_refused(changes, told):
    with pytest.raises(ParameterError, match=told):
        SCENARIO.but(**changes)


def test_a_rule_without_the_lever_is_refused(monkeypatch):
    monkeypatch.setattr(ids.FeedSpread, "levers", frozenset({"sharing"}))
    with pytest.raises(MissingLeverError, match="needs the lever 'accuracy_weight'"):
        SCENARIO.but(interventions=[ids.AccuracyPrompt()])


def test_plans_share_the_graph_of_one_recipe():
    recipe = {"type": "scale_free", "people": 60, "mean_degree": 4.0, "seed": 2}
    some = SCENARIO.but(population=ids.Population(graph=recipe))
    other = some.but(interventions=[ids.PeerSupport()])
    assert Run(some, seed=1).world.setting.graphs[0] is Run(other, seed=2).world.setting.graphs[0]


@pytest.mark.parametrize("n", [1, 2])
def test_the_smallest_worlds_run(n):
    none = np.empty(0, np.int64)
    alone = ids.SocialGraph.from_ties(none, none, n, directed=True)
    plan = [ids.AccuracyPrompt(), ids.Inoculation(), ids.PeerSupport(), ids.ProviderCorrection()]
    some = SCENARIO.but(population=ids.Population(graph=alone), interventions=[*plan, ids.WarningLabel()])
    assert ids.simulate(some, seed=1).final("exposures_false") == 0.0
