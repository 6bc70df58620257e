"""Every cascade rule beside its twin; order of people, neutral levers, batches, and bookkeeping."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim import testing
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.spread.cascade_rule import CascadeRule, replicate_bases
from infodemic_sim.spread.competing_contagions import CompetingContagions
from infodemic_sim.spread.complex_contagion import ComplexContagion
from infodemic_sim.spread.independent_cascade import IndependentCascade
from infodemic_sim.spread.linear_threshold import LinearThreshold
from infodemic_sim.spread.network_rule import UNTOUCHED, Chances, Ground, NetworkRule
from infodemic_sim.spread.watts_threshold import WattsThreshold
from tests.spread.cascade_settings import PEOPLE, moved, neutral, odd_keys, shuffled, weighted
from tests.spread.cascade_twin import Found, Twin, ground_of, played


def starters(rule: CascadeRule, ground: Ground) -> list[int]:
    return [int(key) for key in ground.keys[rule.people_who_start(ground)]]


def chance_twin(rule: IndependentCascade | ComplexContagion, ground: Ground, chances: Chances) -> Found:
    return Twin(ground, chances).by_chance(starters(rule, ground), rule.chance, rule.people_needed())


def threshold_twin(rule: LinearThreshold | WattsThreshold, ground: Ground, chances: Chances) -> Found:
    given_ones = rule.given_thresholds(ground.keys)
    drawn = ground.draws.uniform(Purpose.THRESHOLD, ground.keys)
    keys = [int(key) for key in ground.keys]
    limits = dict(zip(keys, (given_ones if given_ones.size else drawn).tolist(), strict=True))
    return Twin(ground, chances).by_threshold(starters(rule, ground), rule.weighs_ties(), limits)


def competing_twin(rule: CompetingContagions, ground: Ground, chances: Chances) -> Found:
    luck = ground.draws.uniform(Purpose.START, ground.keys)
    order = [int(key) for key in ground.keys[np.argsort(luck)]]
    many = rule.accurate_starters
    starts = order[:many], order[many : many + rule.false_starters]
    odds = (
        (rule.accurate_chance, rule.false_chance),
        (1.0 - rule.false_protects, 1.0 - rule.accurate_protects),
    )
    return Twin(ground, chances).competing(starts, *odds)


CASES: dict[str, tuple[NetworkRule, SocialGraph, Callable[..., Found]]] = {
    "chance": (IndependentCascade(chance=0.35, starters=3), weighted(1), chance_twin),
    "weights": (IndependentCascade(chance=None, starters=3), weighted(2), chance_twin),
    "friends": (
        IndependentCascade(chance=0.4),
        erdos_renyi(PEOPLE, mean_degree=4.0, seed=1),
        chance_twin,
    ),
    "complex": (ComplexContagion(threshold=2, chance=0.8, starters=12), weighted(3), chance_twin),
    "certain": (ComplexContagion(threshold=3, starters=25), weighted(4), chance_twin),
    "equal": (LinearThreshold(starters=6), weighted(5), threshold_twin),
    "weighted": (LinearThreshold(starters=6, weighted=True), weighted(6, total=0.9), threshold_twin),
    "given": (
        LinearThreshold(starters=9, thresholds=tuple(np.linspace(0.05, 1.0, PEOPLE))),
        weighted(7),
        threshold_twin,
    ),
    "watts": (WattsThreshold(fraction=0.3, starters=4), weighted(8), threshold_twin),
    "competing": (
        CompetingContagions(
            accurate_chance=0.5, false_chance=0.6, accurate_protects=0.7, false_protects=0.4, false_starters=3
        ),
        erdos_renyi(PEOPLE, mean_degree=4.0, seed=2),
        competing_twin,
    ),
    "exclusive": (
        CompetingContagions(accurate_chance=0.7, false_chance=0.7, accurate_protects=1.0, false_protects=1.0),
        weighted(9),
        competing_twin,
    ),
}
every_case = pytest.mark.parametrize("name", list(CASES))
CASCADES = [name for name, (rule, _, _) in CASES.items() if isinstance(rule, CascadeRule)]


@every_case
@pytest.mark.parametrize("levers", ["untouched", "moved"])
def test_twin(name, levers):
    rule, graph, twin = CASES[name]
    reached = 0
    for replicate in range(12):
        ground = ground_of(graph, odd_keys(graph.n, replicate), seed=11, replicate=replicate)
        chances = UNTOUCHED if levers == "untouched" else moved(replicate)
        found = played(rule, ground, chances)
        assert found == twin(rule, ground, chances)
        reached += sum(time > 0 for *_, time in found)
    assert reached > 30


@every_case
def test_the_order_of_people_changes_nothing(name):
    rule, graph, _ = CASES[name]
    keys = odd_keys(graph.n)
    other_graph, other_keys = shuffled(graph, keys)
    for seed in range(5):
        one = played(rule, ground_of(graph, keys, seed), moved(0))
        levers = [values[np.argsort(keys)] for values in (moved(0).sharing, moved(0).inoculation)]
        place = np.argsort(np.argsort(other_keys))
        chances = Chances(sharing=levers[0][place], inoculation=levers[1][place])
        assert played(rule, ground_of(other_graph, other_keys, seed), chances) == one


@every_case
def test_neutral_levers_change_no_bit(name):
    rule, graph, _ = CASES[name]
    for seed in range(5):
        ground = ground_of(graph, odd_keys(graph.n), seed)
        assert played(rule, ground) == played(rule, ground, neutral())


@every_case
def test_what_spreads_comes_along_ties_and_once(name):
    rule, graph, _ = CASES[name]
    run = rule.run(graph, seed=3)
    rows, sources = run.adoptions, run.sources
    assert len({(row["person"], row["message"]) for row in rows}) == rows.size
    for row, source in zip(rows, sources, strict=True):
        if source >= 0:
            assert source in graph.followees(row["person"])
            assert rows[row["parent"]]["message"] == row["message"]
            assert rows[row["parent"]]["time"] == row["time"] - 1.0
    assert sum(curve[-1] for curve in run.curves.values()) == graph.n
    again = rule.run(graph, seed=3)
    assert again.adoptions.tobytes() == rows.tobytes()


@pytest.mark.parametrize("name", CASCADES)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**63))
def test_batches_equal_runs(name, seed):
    rule, graph, _ = CASES[name]
    for some in (rule, rule.but(start=(3, 9))):
        sizes = some.sizes(graph, seed=seed, replicates=8)
        assert sizes.tolist() == [some.run(graph, seed=seed, replicate=r).reached for r in range(8)]


def test_batches_may_be_empty():
    rule, graph, _ = CASES["chance"]
    assert rule.sizes(graph, seed=1, replicates=0).size == 0
    assert rule.but(starters=0).sizes(graph, seed=1, replicates=3).tolist() == [0, 0, 0]
    assert rule.but(starters=0).run(graph, seed=1).reached == 0


def test_a_batch_has_the_addresses_of_its_runs():
    bases = replicate_bases(7, 4, Purpose.TRANSMIT)
    assert bases.tolist() == [Draws(7, r).base(Purpose.TRANSMIT) for r in range(4)]


@pytest.mark.parametrize(
    "rule", [IndependentCascade(), LinearThreshold(), WattsThreshold(), ComplexContagion()]
)
def test_people_without_ties(rule):
    alone = SocialGraph.from_ties([], [], 5, False)
    assert rule.run(alone, seed=1).reached == 1
    assert rule.sizes(alone, seed=1, replicates=3).tolist() == [1, 1, 1]


SOUND = [
    IndependentCascade(chance=0.3, starters=4),
    LinearThreshold(starters=8),
    WattsThreshold(fraction=0.25, starters=8),
    ComplexContagion(chance=0.7, starters=20),
    CompetingContagions(accurate_chance=0.4, false_chance=0.4),
]


@pytest.mark.parametrize("rule", SOUND, ids=[type(rule).__name__ for rule in SOUND])
@pytest.mark.parametrize("check", testing.RULE_CHECKS, ids=[check.__name__ for check in testing.RULE_CHECKS])
def test_public_checks(rule, check):
    check(rule)
