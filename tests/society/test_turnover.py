"""People who join and leave: exact rates, and what those who are away do not do."""

from __future__ import annotations

import math

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.platforms import Groups
from tests.society.worlds import begun, scenario

LIVELY = ids.Turnover(present_at_start=0.6, joining_per_day=0.5, leaving_per_day=0.3)


def test_people_come_and_go_at_the_declared_rates():
    """Each person is a chain of two states: its expectation is known at each step."""
    run = begun(scenario(1000, turnover=LIVELY))
    joins, leaves = (-math.expm1(-rate / 24.0) for rate in (0.5, 0.3))
    expected, least = 0.6, 0.6
    for _ in range(60):
        share = float(run.world.state.present.mean())
        assert abs(share - expected) < 4.0 * math.sqrt(expected * (1.0 - expected) / 1000)
        run.step()
        expected += (1.0 - expected) * joins - expected * leaves
        least = min(least, expected)
    assert expected < 0.63


def test_who_is_away_neither_reads_nor_posts_nor_is_treated():
    prompt = ids.AccuracyPrompt(who=ids.Everyone())
    still = LIVELY.but(joining_per_day=0.0, leaving_per_day=0.0)
    run = begun(scenario(200, turnover=still, interventions=[prompt], cascades="trees"), 72)
    world, here = run.world, run.world.state.present
    assert 90 < here.sum() < 150
    assert world.state.timelines[0].reads[~here].sum() == 0
    assert here[world.logged("posts")["person"]].all()
    assert (world.state.memories["accuracy_prompt"]["reached"] <= here).all()
    assert world.state.timelines[0].reads[here].sum() > 1000


@pytest.mark.parametrize("spaces", [None, Groups(size=10.0, per_person=2.0, chatter_per_day=0.5)])
def test_who_is_away_is_no_background(spaces):
    run = begun(scenario(200, turnover=LIVELY, platforms=[ids.Platform(spaces=spaces)]))
    run.step()
    before = run.world.state.present.copy()
    run.step()
    world = run.world
    graph, days = world.setting.graphs[0], 2.0
    readers = np.flatnonzero(world.state.timelines[0].sessions)
    assert readers.size > 10
    for reader in readers.tolist():
        expected = 5.0 * days * before[graph.followees(reader)].sum()
        if spaces is not None:
            member, rooms = world.spaces(0).of(np.arange(200))
            mine = rooms[member == reader]
            fellows = sum(before[member[rooms == room]].sum() - 1 for room in mine.tolist())
            expected += 0.5 * days * fellows
        assert run.runner.feeds[0].chatter[reader] == expected


def test_posts_of_who_has_left_stand():
    """Nobody is left to post or to read; who comes back still finds what stood there."""
    run = begun(scenario(100, turnover=ids.Turnover(present_at_start=1.0)), 24)
    world = run.world
    world.state.present[:] = False
    before = world.state.timelines[0].line.copy(), world.state.timelines[0].reads.sum()
    run.step()
    assert (world.state.timelines[0].line == before[0]).all()
    assert world.state.timelines[0].reads.sum() == before[1]
    world.state.present[:50] = True
    for _ in range(5):
        run.step()
    assert world.state.timelines[0].reads.sum() > before[1]


def test_present_people_are_counted_by_part():
    result = begun(scenario(150, turnover=LIVELY, days=1.0)).finish()
    rows = result.table[(result.table.measure == "present") & (result.table.day == 1.0)]
    whole = rows[rows.subgroup == "all"].value.iloc[0]
    assert rows[rows.subgroup.str.startswith("literacy=")].value.sum() == whole
    assert 0 < whole < 150
