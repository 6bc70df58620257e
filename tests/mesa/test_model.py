"""A scenario run as a Mesa model equals the scenario run as it is, number for number."""

from __future__ import annotations

import pickle

import mesa
import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.mesa_model import InfodemicModel
from tests.identities.small import all_built_in, differing, persons, scenario
from tests.identities.small import finished as run_to_end
from tests.mesa.institutions import finished

TAKEN = ("misinformed", "exposures_false", "staff_minutes", "cascade_size_false", "virality_accurate")


@pytest.fixture(scope="module")
def plan() -> ids.Scenario:
    return scenario(interventions=all_built_in(), record="hourly")


def test_a_model_equals_the_run(plan):
    table, world = run_to_end(plan, seed=5, replicate=2)
    model = InfodemicModel(plan, rng=5, replicate=2)
    result = finished(model)
    assert differing(result.table, table) == set()
    assert persons(model.world) == persons(world)
    assert (result.seed, result.replicate, result.outside_agents) == (5, 2, ())
    assert result.from_scenario_alone


def test_collected_frames_equal_the_series_at_every_step(plan):
    model = InfodemicModel(plan, seed=5, measures=" ".join(TAKEN))
    result = finished(model)
    frame = model.datacollector.get_model_vars_dataframe().set_index("day")
    assert len(frame) == plan.steps == model.steps
    for name in TAKEN[:3]:
        assert frame[name].equals(result.series(name).iloc[1:].rename(name)), name
    for name in TAKEN[3:]:
        assert frame[name].iloc[-1] == result.final(name)


def test_every_measure_of_the_codebook_can_be_asked_for_at_once(plan):
    model = InfodemicModel(plan, rng=5)
    last = finished(model).table
    last = last[last.day == last.day.max()]
    for row in last.itertuples():
        where = {"platform": row.platform, "topic": row.topic, "subgroup": row.subgroup}
        assert model.measure(row.measure, **where) == pytest.approx(row.value, rel=0, abs=0, nan_ok=True)


def test_collecting_seldom_or_often_changes_nothing():
    plan = scenario(interventions=all_built_in(), record="end")
    bare, asked = InfodemicModel(plan, rng=1), InfodemicModel(plan, rng=1)
    asked.measure("discernment")
    bare.datacollector = mesa.DataCollector()
    assert differing(finished(bare).table, finished(asked).table) == set()
    assert differing(bare.result().table, ids.simulate(plan, seed=1).table) == set()


def test_the_warm_up_is_over_at_step_0_and_the_last_day_ends_the_run():
    model = InfodemicModel(scenario(days=1.0), rng=1)
    assert (model.steps, model.day) == (0, 0.0)
    assert model.measure("exposures_false") == 0
    model.run_model()
    assert (model.steps, model.day, model.running) == (24, 1.0, False)
    before = model.result().table
    model.step()
    assert model.result().table.equals(before)
    assert len(model.datacollector.get_model_vars_dataframe()) == 24


def test_replicates_threads_and_changes_are_handed_on():
    plan = scenario()
    one = finished(InfodemicModel(plan, rng=np.int64(3), replicate=1, threads=2, days=2.0))
    assert differing(one.table, ids.simulate(plan.but(days=2.0), seed=3, replicate=1).table) == set()


def test_a_plan_may_be_named():
    model = InfodemicModel("demo", rng=1, days=1.0, warm_up=0.0)
    assert model.plan == ids.read_scenario("demo").scenario.but(days=1.0, warm_up=0.0)


@pytest.mark.parametrize(
    "seeds", [{}, {"rng": 1, "seed": 1}, {"rng": 0.5}, {"rng": True}, {"rng": np.random.default_rng(1)}]
)
def test_exactly_one_seed_is_needed(seeds):
    with pytest.raises(ParameterError, match="needs one seed"):
        InfodemicModel(scenario(), **seeds)


def test_a_seed_below_zero_is_refused():
    with pytest.raises(ParameterError, match="seed must be a whole number from 0"):
        InfodemicModel(scenario(), seed=-1)


def test_mistakes_are_told():
    plan = scenario(days=1.0, cascades="none")
    with pytest.raises(ParameterError, match="batch_run takes"):
        InfodemicModel(("population", None), rng=1)
    with pytest.raises(UnknownNameError, match="Did you mean 'misinformed'"):
        InfodemicModel(plan, rng=1, measures="misinfomed")
    model = InfodemicModel(plan, rng=1)
    with pytest.raises(UnknownNameError, match="Did you mean 'one'"):
        model.measure("misinformed", topic="ones")
    with pytest.raises(UnknownNameError, match="not told for the platform 'a'"):
        model.measure("misinformed", platform="a")
    with pytest.raises(ParameterError, match="cascades='none'"):
        model.measure("cascade_size_false")


def test_scenarios_travel_to_other_processes():
    plan = scenario(interventions=all_built_in())
    there = pickle.loads(pickle.dumps(plan))
    assert there == plan
    assert there.digest() == plan.digest()
