"""Two messages at once: apart when nothing protects, exclusive when all does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.spread.competing_contagions import ACCURATE, FALSE, CompetingContagions
from infodemic_sim.spread.network_rule import Chances
from tests.spread.cascade_twin import ground_of, played

PEOPLE = 10_000
STANDARD_ERRORS = 4.0


def of_message(run, message):
    rows = run.adoptions[run.adoptions["message"] == message]
    return rows["person"].tolist(), rows["time"].tolist()


def meeting(people: int) -> SocialGraph:
    """Everybody sees persons 0 and 1."""
    sees = np.repeat(np.arange(2, people + 2), 2)
    return SocialGraph.from_ties(sees, np.tile([0, 1], people), people + 2, True)


def test_what_the_other_message_does_not_protect_from_goes_its_own_way():
    graph = erdos_renyi(300, mean_degree=5.0, seed=1)
    rule = CompetingContagions(
        accurate_chance=0.4, false_chance=0.4, accurate_protects=1.0, false_protects=0.0
    )
    for seed in range(10):
        alone = rule.but(false_starters=0).run(graph, seed=seed)
        together = rule.run(graph, seed=seed)
        assert of_message(together, ACCURATE) == of_message(alone, ACCURATE)


def test_nobody_holds_both_when_each_protects_fully():
    graph = erdos_renyi(300, mean_degree=8.0, seed=1)
    rule = CompetingContagions(
        accurate_chance=0.9, false_chance=0.9, accurate_protects=1.0, false_protects=1.0
    )
    run = rule.run(graph, seed=2)
    assert run.curves["both"].max() == 0.0
    assert min(run.curves["accurate"][-1], run.curves["false"][-1]) > 0.0


def test_everybody_holds_both_when_nothing_protects_and_all_is_certain():
    graph = SocialGraph.from_ties(range(20), [*range(1, 20), 0], 20, False)
    rule = CompetingContagions(
        accurate_chance=1.0, false_chance=1.0, accurate_protects=0.0, false_protects=0.0
    )
    run = rule.run(graph, seed=1)
    assert run.curves["both"][-1] == 20.0
    assert run.reached == 20
    assert run.adoptions.size == 40


def test_who_comes_first_is_a_fair_coin_and_protects_by_so_much():
    """Both get through at once: half meet the accurate one first, which then lets 0.3 of the other in."""
    rule = CompetingContagions(
        accurate_chance=1.0,
        false_chance=1.0,
        accurate_protects=0.7,
        false_protects=1.0,
        accurate_start=(0,),
        false_start=(1,),
    )
    ends = rule.run(meeting(PEOPLE), seed=1).arrays["status"][2:]
    shares = np.bincount(ends, minlength=4) / PEOPLE
    for found, expected in zip(shares, (0.0, 0.5 * 0.7, 0.5, 0.5 * 0.3), strict=True):
        assert abs(found - expected) <= STANDARD_ERRORS * math.sqrt(expected * (1.0 - expected) / PEOPLE)


def test_inoculation_is_against_the_false_message_alone():
    graph = meeting(2_000)
    rule = CompetingContagions(accurate_chance=0.5, false_chance=0.5, accurate_start=(0,), false_start=(1,))
    chances = Chances(inoculation=np.full(graph.n, 1.0))
    found = played(rule, ground_of(graph, np.arange(graph.n), 3), chances)
    for message, expected in ((ACCURATE, 0.5), (FALSE, 1.0 / (1.0 + math.e))):
        share = sum(m == message and time > 0 for _, _, m, time in found) / 2_000
        assert abs(share - expected) < STANDARD_ERRORS * math.sqrt(expected * (1.0 - expected) / 2_000)


def test_sides_statuses_and_beliefs():
    rule = CompetingContagions(
        accurate_start=(0, 2), false_start=(1, 2), accurate_chance=0.0, false_chance=0.0
    )
    run = rule.run(SocialGraph.from_ties([0], [1], 4, False), seed=1)
    assert (rule.side(ACCURATE), rule.side(FALSE)) == (1, -1)
    assert {name: curve[0] for name, curve in run.curves.items()} == {
        "unaware": 1.0, "accurate": 1.0, "false": 1.0, "both": 1.0,
    }  # fmt: skip
    beliefs = rule.beliefs(run.arrays)
    assert beliefs[0] > 0.0 > beliefs[1]
    assert beliefs[2] == 0.0 == beliefs[3]


def test_drawn_starters_are_different_people():
    graph = erdos_renyi(20, mean_degree=2.0, seed=1)
    rule = CompetingContagions(accurate_starters=12, false_starters=8, accurate_chance=0.0, false_chance=0.0)
    assert rule.run(graph, seed=5).curves["both"][0] == 0.0
    with pytest.raises(ParameterError, match="has 21 starters, but the network has 20 people"):
        rule.but(false_starters=9).run(graph, seed=5)
    assert rule.but(accurate_start=(0,), false_starters=20).run(graph, seed=5).reached == 20
    assert rule.but(accurate_starters=0, false_starters=0).run(graph, seed=5).reached == 0


@pytest.mark.parametrize("name", ["accurate_chance", "false_chance", "accurate_protects", "false_protects"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_parameters_out_of_range(name, value):
    with pytest.raises(ParameterError, match=rf"CompetingContagions\.{name}"):
        CompetingContagions(**{name: value})
