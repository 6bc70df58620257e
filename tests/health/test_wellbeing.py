"""Well-being follows isolation: exactly, and some time later."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from tests.interventions.lively import scenario, stepping


def test_it_stays_where_isolation_stays():
    with stepping(scenario(wellbeing=ids.Wellbeing(slope=0.5))) as run:
        start = run.world.state.health["wellbeing"].copy()
        assert start == pytest.approx(1.0 - 0.5 * run.world.people.isolation)
        for _ in range(24):
            run.step()
    assert run.world.state.health["wellbeing"] == pytest.approx(start, abs=1e-12)


def test_half_of_a_change_arrives_in_a_half_life():
    stays = ids.FeedSpread(isolation_half_life=1e12)
    with stepping(scenario(wellbeing=ids.Wellbeing(slope=0.8, half_life=1.0), spread=stays)) as run:
        isolation = run.world.people.isolation
        before = 1.0 - 0.8 * isolation
        isolation *= 0.25
        for _ in range(24):
            run.step()
    after = 1.0 - 0.8 * isolation
    assert run.world.state.health["wellbeing"] == pytest.approx((before + after) / 2.0, rel=1e-7)
    assert np.all(after >= before)


@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_it_stays_within_its_bounds(slope):
    plan = ids.PeerSupport(isolated_above=0.0, effect=0.9)
    with stepping(scenario(plan, wellbeing=ids.Wellbeing(slope=slope, half_life=0.1))) as run:
        for _ in range(run.scenario.steps):
            run.step()
    wellbeing = run.world.state.health["wellbeing"]
    assert wellbeing.min() >= 0.0
    assert wellbeing.max() <= 1.0
    if slope == 0.0:
        assert (wellbeing == 1.0).all()
