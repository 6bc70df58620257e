"""Ties, turnover, mutation and reactance that do nothing equal their absence, and are noticed if they do."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.scenario import MECHANISMS
from infodemic_sim.testing.small_runs import differing
from tests.identities.small import SOCIETY, all_built_in, measures, persons, posts, scenario

STILL = ids.ChangingTies(unfollowing=0.0, follows_per_day=0.0)
NOTHING = {
    "ties that stay": {"ties": STILL},
    "spare places that nobody fills": {"ties": STILL.but(spare_places=3, recommender=ids.Mix())},
    "nobody leaves": {"turnover": ids.Turnover(present_at_start=1.0, leaving_per_day=0.0)},
    "nothing changes": {"mutation": ids.Mutation(chance=0.0)},
    "nobody reacts": {"spread": ids.FeedSpread(reactance=0.0, distrust=1.0)},
    "nobody distrusts": {"spread": ids.FeedSpread(reactance=1.0, distrust=0.0)},
}


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "among all"])
def test_nothing_equals_absence(name, alone):
    nothing = NOTHING[name]
    absent = {field: None for field in nothing if field in MECHANISMS} or {"spread": ids.FeedSpread()}
    others = dict.fromkeys(SOCIETY) if alone else {"interventions": all_built_in()}
    today, world = measures(scenario(**{**others, **absent}))
    found, with_it = measures(scenario(**{**others, **nothing}))
    own = set().union(*(MECHANISMS[field].measures for field in nothing if field in MECHANISMS))
    assert set(differing(today, found)) <= own
    assert persons(world) == persons(with_it)
    assert posts(world) == posts(with_it)


@pytest.mark.parametrize("name", SOCIETY)
def test_each_does_something(name):
    _, without = measures(scenario(**{name: None}))
    _, with_it = measures(scenario())
    assert persons(without) != persons(with_it)


def test_reactance_does_something():
    plan = {"interventions": all_built_in()}
    _, without = measures(scenario(**plan, spread=ids.FeedSpread()))
    _, with_it = measures(scenario(**plan, spread=ids.FeedSpread(reactance=1.0, distrust=0.9)))
    assert without.state.lines.tobytes() != with_it.state.lines.tobytes()
