"""What is filmed is the run that ``simulate`` makes."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from tests.study.tiny import TODAY


@pytest.fixture(scope="module")
def filmed():
    return ids.film(TODAY, seed=2, every=0.5)


def test_the_last_frame_is_the_result(filmed):
    result = ids.simulate(TODAY, seed=2)
    assert np.mean(filmed.credence[-1, :, 0] < 0.5) == result.final("misinformed")
    assert filmed.credence[-1, :, 0].mean() == pytest.approx(result.final("credence"), abs=1e-6)


def test_who_is_away_counts_as_in_the_measures():
    moving = TODAY.but(turnover=ids.Turnover(present_at_start=0.8, joining_per_day=0.2, leaving_per_day=0.1))
    filmed, result = ids.film(moving, seed=2), ids.simulate(moving, seed=2)
    assert 0 < result.final("present") < filmed.graph.n
    assert filmed.misinformed()[-1] == result.final("misinformed")


def test_frames_come_at_even_times(filmed):
    np.testing.assert_allclose(np.diff(filmed.days), 0.5)
    assert (filmed.days[0], filmed.days[-1]) == (0.0, TODAY.days)


def test_posts_of_frames_are_those_of_the_log(filmed):
    side = filmed.messages["side"][filmed.posts["message"]]
    after = filmed.posts["step"] >= TODAY.warm_up_steps
    for column, sign in enumerate((1, -1)):
        mine = filmed.posts["person"][after & (side == sign)]
        counted = np.bincount(mine, minlength=filmed.graph.n)
        np.testing.assert_array_equal(filmed.posted[:, :, column].sum(axis=0), counted)
    assert filmed.posted.sum() > 0
    assert not filmed.posted[0].any()


def test_a_last_frame_may_come_early():
    assert list(ids.film(TODAY.but(days=1.5), seed=2).days) == [0.0, 1.0, 1.5]


@pytest.mark.parametrize("every", [0.0, -1.0, 0.1, float("nan"), float("inf")])
def test_times_that_are_no_steps_are_refused(every):
    with pytest.raises(ParameterError, match="every must be a whole number of steps"):
        ids.film(TODAY, seed=1, every=every)


def test_a_rule_without_a_feed_is_refused():
    scenario = ids.Scenario(population=TODAY.population, topics=[ids.Topic()], spread=ids.SIR(), days=2.0)
    with pytest.raises(ParameterError, match="has none"):
        ids.film(scenario, seed=1)


def test_cascades_are_those_of_the_measures(filmed):
    result = ids.simulate(TODAY.but(cascades="trees"), seed=2)
    table = ids.cascades_of(filmed)
    for side, rows in table.groupby("side"):
        for shape in ("size", "depth", "breadth"):
            assert rows[shape].mean() == pytest.approx(result.final(f"cascade_{shape}_{side}"))
        assert rows["virality"].mean() == pytest.approx(result.final(f"virality_{side}"), nan_ok=True)
    assert set(table["side"]) == {"accurate", "false"}
    assert set(table["topic"]) == {"vaccines"}
    sizes = np.bincount(filmed.posts["message"], minlength=filmed.messages.size)
    np.testing.assert_array_equal(table["size"], sizes[table["message"]])


def test_misinformed_and_partitions_are_those_of_the_run(filmed):
    table = filmed.table
    mine = table[(table["measure"] == "misinformed") & (table["subgroup"] == "all")]
    told = dict(zip(mine["day"], mine["value"], strict=True))
    for day, share in zip(filmed.days, filmed.misinformed(), strict=True):
        if day in told:
            assert share == told[day]
    codes, names = filmed.partition("role")
    assert names[codes[filmed.people.role == 3][0]] == "provider"
    with pytest.raises(ParameterError, match="Did you mean 'role'"):
        filmed.partition("rol")
