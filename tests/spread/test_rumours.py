"""Maki–Thompson, Daley–Kendall, Nekovee: exact laws, the slow twin, and what levers do."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim import testing
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.randomness import Draws
from infodemic_sim.spread.daley_kendall import DaleyKendall
from infodemic_sim.spread.maki_thompson import MakiThompson
from infodemic_sim.spread.nekovee import Nekovee
from infodemic_sim.spread.network_rule import Chances
from infodemic_sim.spread.rumour import RumourRule
from tests.spread.exact_rumours import law
from tests.spread.rumour_checks import (
    AT_ONCE,
    chi_square,
    follows,
    ground,
    moved,
    same_arrays,
    shuffled_keys,
)
from tests.spread.rumour_twin import RumourTwin

RULES = [
    MakiThompson(starters=2),
    MakiThompson(failures=3, contacts=2.5),
    DaleyKendall(starters=3),
    DaleyKendall(failures=2),
    Nekovee(spread=0.4, starters=6),
    Nekovee(spread=0.3, stifle=0.05, forget=0.0, starters=2),
    Nekovee(degree=5.0, spread=0.5, stifle=0.2, forget=0.4, starters=8),
]
NAMES = ["ignorant", "spreader", "stifler"]
LIVELY = [
    MakiThompson(contacts=20.0, starters=3),
    DaleyKendall(contacts=20.0, starters=3, failures=2),
    Nekovee(spread=2.0, stifle=0.5, forget=1.0, starters=3),
]


@pytest.mark.parametrize("rule", LIVELY, ids=repr)
@pytest.mark.parametrize("check", testing.RULE_CHECKS, ids=[check.__name__ for check in testing.RULE_CHECKS])
def test_public_checks(check, rule):
    check(rule)


@pytest.mark.parametrize(
    ("rule", "n", "seed"),
    [
        (MakiThompson(), 12, 1),
        (MakiThompson(failures=3), 7, 2),
        (DaleyKendall(), 12, 3),
        (DaleyKendall(failures=2), 7, 4),
    ],
    ids=repr,
)
def test_exact_law_of_those_who_never_hear(rule, n, seed):
    graph, exact = complete_graph(n), law(n, rule.failures, isinstance(rule, DaleyKendall))
    runs = (rule.run(graph, seed=seed, replicate=k, hours_per_step=AT_ONCE) for k in range(3000))
    counts = Counter(int(run.curves["ignorant"][-1]) for run in runs)
    assert sum(exact.values()) == pytest.approx(1.0)
    assert chi_square(counts, exact) > 0.001


def test_one_spreader_and_two_ignorants():
    assert law(3, 1, False) == pytest.approx({1: 0.25, 0: 0.75})


@pytest.mark.parametrize(("rule", "left"), [(MakiThompson(), 0.20319), (DaleyKendall(failures=2), 0.05952)])
def test_a_large_population_follows_theory(rule, left):
    """Five runs of 3,000 people: the standard error is below .0052 for k = 1 and lower for k = 2."""
    graph = complete_graph(3000)
    shares = [rule.run(graph, seed=1, replicate=k).curves["ignorant"][-1] / 3000 for k in range(5)]
    assert np.mean(shares) == pytest.approx(left, abs=4 * math.sqrt(0.3107 / 3000 / 5))


def test_nekovee_on_the_complete_graph():
    """R = 1 - exp(-1.6 R); among runs that take off the standard deviation is about 1.9 / sqrt(n)."""
    rule = Nekovee(degree=50.0, spread=0.1, stifle=0.1, forget=1.25, starters=20)
    graph = complete_graph(3000)
    heard = [1 - rule.run(graph, seed=2, replicate=k).curves["ignorant"][-1] / 3000 for k in range(10)]
    assert np.mean(heard) == pytest.approx(0.6420, abs=0.03)


def twin_of(rule: RumourRule, graph: SocialGraph, keys: np.ndarray, seed: int) -> RumourTwin:
    """The slow twin of a rule at the start of a run."""
    habits = rule.habits()
    audience = graph.followers()
    names = keys.tolist()
    contacts = {names[v]: [names[u] for u in audience.followees(v)] for v in range(graph.n)}
    arrays, _ = rule.begin(ground(graph, seed=seed, keys=keys))
    return RumourTwin(
        contacts,
        [names[v] for v in np.flatnonzero(arrays["status"])],
        Draws(seed, 0),
        degree=None if math.isnan(habits.degree) else habits.degree,
        spread=habits.spread,
        stifle=habits.stifle,
        forget=habits.forget,
        failures=habits.patience,
        mutual=habits.mutual,
    )


@pytest.mark.parametrize("touched", [False, True], ids=["untouched", "with levers"])
@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_twin(rule, touched):
    graph, keys = follows(60, 5.0), shuffled_keys(60)
    place = ground(graph, seed=3, keys=keys, days=0.7)
    twin = twin_of(rule, graph, keys, 3)
    draw = np.random.default_rng(2)
    sharing, inoculation = draw.choice([0.0, 0.4, 1.0, 3.0], 60), draw.choice([0.0, 0.5, 2.0], 60)
    chances = Chances(sharing=sharing, inoculation=inoculation) if touched else Chances()
    named = {
        "sharing": dict(zip(keys.tolist(), sharing.tolist(), strict=True)) if touched else {},
        "inoculation": dict(zip(keys.tolist(), inoculation.tolist(), strict=True)) if touched else {},
    }
    arrays, rows = rule.begin(place)
    found = [rows]
    for step in range(12):
        found.append(rule.advance(place, arrays, step, chances))
        twin.step(0.7, named)
        assert [NAMES[code] for code in arrays["status"]] == [twin.status[key] for key in keys.tolist()]
    rows = np.concatenate(found)
    told = rows[rows["parent"] >= 0]
    assert len(told) > 3
    assert keys[told["person"]].tolist() == [person for person, _, _ in twin.told]
    assert keys[rows["person"][told["parent"]]].tolist() == [by for _, by, _ in twin.told]
    np.testing.assert_allclose(told["time"], [time for _, _, time in twin.told], rtol=1e-6)


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_the_length_of_a_step_changes_nothing(rule):
    graph = erdos_renyi(200, mean_degree=6.0, seed=1)
    whole, halves = (rule.run(graph, seed=4, steps=7 * k, hours_per_step=24 / k) for k in (1, 2))
    np.testing.assert_array_equal(whole.arrays["status"], halves.arrays["status"])
    np.testing.assert_array_equal(whole.curves["spreader"], halves.curves["spreader"][::2])
    np.testing.assert_array_equal(whole.adoptions["person"], halves.adoptions["person"])
    np.testing.assert_allclose(whole.adoptions["time"], halves.adoptions["time"], rtol=1e-6)


@given(
    n=st.integers(1, 40),
    degree=st.floats(0, 4),
    seed=st.integers(0, 2**40),
    number=st.integers(0, len(RULES) - 1),
    starters=st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_bookkeeping(n, degree, seed, number, starters):
    graph = follows(n, min(degree, n - 1), seed)
    rule = RULES[number].but(starters=min(starters, n))
    run = rule.run(graph, seed=seed)
    counts = np.array([run.curves[name] for name in NAMES])
    assert (counts.sum(axis=0) == n).all()
    assert (np.diff(counts[0]) <= 0).all()
    assert (np.diff(counts[2]) >= 0).all()
    rows, sources = run.adoptions, run.sources
    assert np.unique(rows["person"]).size == rows.size == n - counts[0, -1] == run.reached
    for person, source in zip(rows["person"], sources, strict=True):
        assert source < 0 or source in graph.followees(person)
    assert (rows["time"][rows["parent"] >= 0] >= rows["time"][rows["parent"][rows["parent"] >= 0]]).all()


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_neutral_levers_change_no_bit(rule):
    place = ground(follows(80, 5.0))
    neutral = Chances(sharing=np.ones(80), inoculation=np.zeros(80))
    (one, rows), (other, more) = moved(rule, place, 10), moved(rule, place, 10, neutral)
    assert same_arrays(one, other)
    assert rows.tobytes() == more.tobytes()


@pytest.mark.parametrize("lever", ["sharing", "inoculation"])
@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_levers_act_where_they_are_moved_and_nowhere_else(rule, lever):
    """Two populations without a tie between them; the lever stops all telling in the first."""
    half = follows(60, 5.0)
    indptr = np.concatenate([half.indptr, half.indptr[1:] + half.indptr[-1]])
    graph = SocialGraph(indptr, np.concatenate([half.indices, half.indices + 60]))
    rule = rule.but(start=(0, 1, 2, 60, 61, 62))
    first = np.arange(120) < 60
    moved_levers = Chances(**{lever: np.where(first, *((0.0, 1.0) if lever == "sharing" else (800.0, 0.0)))})
    today, _ = moved(rule, ground(graph), 10)
    plan, rows = moved(rule, ground(graph), 10, moved_levers)
    assert np.count_nonzero(today["status"][:60]) > 6
    assert np.count_nonzero(plan["status"][:60]) == 3
    np.testing.assert_array_equal(today["status"][60:], plan["status"][60:])
    assert (rows["person"][3:][rows["parent"][3:] >= 0] >= 60).all()


def test_inoculation_does_nothing_to_accurate_information():
    rule, place = MakiThompson(accurate=True, starters=2), ground(follows(80, 5.0))
    plan, _ = moved(rule, place, 10, Chances(inoculation=np.full(80, 5.0)))
    assert same_arrays(plan, moved(rule, place, 10)[0])


@pytest.mark.parametrize("rule", [MakiThompson(), DaleyKendall(), Nekovee(forget=0.0)], ids=repr)
def test_who_is_seen_by_nobody_stays_a_spreader(rule):
    graph = SocialGraph.from_ties([], [], 3, directed=False)
    run = rule.but(starters=2).run(graph, seed=1)
    assert run.curves["spreader"][-1] == 2 == run.reached


def test_who_is_seen_by_nobody_forgets():
    graph = SocialGraph.from_ties([], [], 3, directed=False)
    assert Nekovee(starters=3).run(graph, seed=1).curves["stifler"][-1] == 3


def test_nekovee_dies_out_where_people_forget_faster_than_they_tell():
    graph = erdos_renyi(2000, mean_degree=10.0, seed=1)
    rule = Nekovee(spread=0.1, stifle=0.0, forget=1.3, starters=20)
    assert rule.run(graph, seed=1).reached < 400


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: MakiThompson(contacts=0.0), "contacts"),
        (lambda: MakiThompson(contacts=math.nan), "contacts"),
        (lambda: DaleyKendall(failures=0), "failures"),
        (lambda: Nekovee(spread=-0.1), "spread"),
        (lambda: Nekovee(forget=math.inf), "forget"),
        (lambda: Nekovee(degree=0.0), "degree"),
        (lambda: Nekovee(forget=0.0, stifle=0.0), "set forget, or both others, above 0"),
        (lambda: MakiThompson(starters=4).run(complete_graph(3), seed=1), "the network has 3 people"),
        (lambda: DaleyKendall(start=(3,)).run(complete_graph(3), seed=1), "nobody in this network of 3"),
    ],
)
def test_refusals(make, sentence):
    with pytest.raises(InfodemicError, match=sentence):
        make()
