"""SIR, SIS and SEIR: equal to a plain twin bit for bit, what always holds, and mistakes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from infodemic_sim import testing
from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.randomness import Draws
from infodemic_sim.spread.epidemic import WINDOW, EpidemicRule
from infodemic_sim.spread.network_rule import UNTOUCHED, Chances, Ground
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS
from tests.spread.epidemic_settings import RULES, TIMES, follows, levers, of_every_kind, stepped
from tests.spread.epidemic_twin import EpidemicTwin

CHECKS = testing.RULE_CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
@of_every_kind
def test_what_every_rule_must_be(rule, check):
    check(rule.but(starters=3))


# --- the twin -------------------------------------------------------------------------------------------


@of_every_kind
@pytest.mark.parametrize(
    "graph", [erdos_renyi(80, mean_degree=5, seed=1), follows(80, 4, 1)], ids=["", "directed"]
)
def test_equals_the_twin_bit_for_bit(rule, graph):
    keys = np.random.default_rng(3).permutation(graph.n).astype(np.uint64) * np.uint64(7)
    for seed in range(4):
        rule = rule.but(starters=3)
        ground = Ground(graph, keys, Draws(seed, 0), 1.7)
        twin, (arrays, rows) = EpidemicTwin(rule, ground), rule.begin(ground)
        for step in range(12):
            chances = levers(graph.n, step) if step % 3 else UNTOUCHED
            twin.move(1, chances)
            rows = np.concatenate([rows, rule.advance(ground, arrays, step, chances)])
        assert_equal_to_twin(twin, arrays, rows)


def hub(leaves: int) -> SocialGraph:
    """A star in a sparse random graph: one row longer than all that kernels begin with room for."""
    draw = np.random.default_rng(1)
    ends = np.concatenate(
        [
            np.stack([np.zeros(leaves, int), np.arange(1, leaves + 1)], 1),
            draw.integers(0, leaves, (leaves, 2)),
        ]
    )
    return SocialGraph.from_ties(ends[:, 0], ends[:, 1], leaves + 1, False)


@of_every_kind
@pytest.mark.parametrize("graph", [follows(150, 4, 2), hub(600)], ids=["directed", "hub"])
@pytest.mark.parametrize("hours", [7.0, 200.0])
def test_a_stretch_equals_the_twin_bit_for_bit(rule, graph, hours):
    for seed in range(2):
        found = rule.run(graph, seed=seed, steps=30, hours_per_step=hours)
        twin = EpidemicTwin(rule, rule.ground(graph, seed, 0, hours))
        twin.move(30, UNTOUCHED)
        assert_equal_to_twin(twin, found.arrays, found.adoptions)


def assert_equal_to_twin(twin: EpidemicTwin, arrays: dict[str, np.ndarray], rows: np.ndarray) -> None:
    np.testing.assert_array_equal(arrays["status"], twin.statuses())
    told = np.array([tuple(row) for row in rows[["person", "parent"]]])
    np.testing.assert_array_equal(told, np.array([row[:2] for row in twin.adoptions]))
    np.testing.assert_array_equal(rows["time"], np.array([row[2] for row in twin.adoptions], np.float32))


@of_every_kind
def test_runs_longer_than_a_stretch(rule):
    """Across the seam between stretches curves go on from where they were."""
    rule = rule.but(transmission=0.002, recovery=0.002, starters=40)
    found = rule.run(erdos_renyi(200, mean_degree=4, seed=3), seed=1, steps=WINDOW + 40)
    assert found.steps == WINDOW + 40
    taken = np.bincount(np.ceil(found.adoptions["time"]).astype(int), minlength=found.steps + 1)
    assert taken[WINDOW - 40 : WINDOW].sum() > 0 < taken[WINDOW + 1 :].sum()
    if rule.ends:
        np.testing.assert_array_equal(200 - found.curves["susceptible"], np.cumsum(taken))


# --- what always holds ----------------------------------------------------------------------------------

chance = some.one_of(some.sampled_from([0.0, 1.0]), some.floats(0, 1))


@settings(max_examples=60, deadline=None)
@given(
    kind=some.sampled_from(RULES),
    time=some.sampled_from(TIMES),
    transmission=chance,
    recovery=chance,
    directed=some.booleans(),
    n=some.integers(1, 40),
    seed=some.integers(0, 99),
)
def test_invariants(kind, time, transmission, recovery, directed, n, seed):
    graph = (
        follows(n, 3, seed) if directed and n > 1 else erdos_renyi(n, mean_degree=min(4, n - 1), seed=seed)
    )
    rule = kind(time=time, transmission=transmission, recovery=recovery, starters=min(2, n))
    found = rule.run(graph, seed=seed, steps=30)
    again = rule.run(graph, seed=seed, steps=30)
    assert found.adoptions.tobytes() == again.adoptions.tobytes()
    counts = np.stack(list(found.curves.values()))
    assert (counts.sum(axis=0) == n).all()
    assert (counts >= 0).all()
    assert rule.summary(found.arrays) == {name: curve[-1] for name, curve in found.curves.items()}
    assert_tree(rule, graph, found.adoptions)
    arrays, rows, steps = stepped(rule, rule.ground(graph, seed, 0, 24.0), 12)
    assert all(sum(step.values()) == n for step in steps)
    assert_tree(rule, graph, rows)
    has_it = np.isin(arrays["status"], (rule.enters, rule.spreads))
    assert np.array_equal(np.sort(arrays["active"]), np.flatnonzero(has_it))


def assert_tree(rule: EpidemicRule, graph: SocialGraph, rows: np.ndarray) -> None:
    """In order of time, parents first, each from somebody seen; once each where it is once for all."""
    children = np.flatnonzero(rows["parent"] >= 0)
    parents = rows["parent"][children]
    assert (np.diff(rows["time"]) >= 0).all()
    assert (parents < children).all()
    for child, parent in zip(rows["person"][children], rows["person"][parents], strict=True):
        assert parent in graph.followees(child)
    if rule.time == "rounds":
        assert (rows["time"][parents] < rows["time"][children]).all()
    if rule.ends:
        assert np.unique(rows["person"]).size == rows.size


@of_every_kind
def test_order_of_people_does_not_matter(rule):
    graph = follows(120, 4, 5)
    new = np.random.default_rng(1).permutation(graph.n)
    keys = np.arange(graph.n, dtype=np.uint64) * np.uint64(11)
    moved, moved_keys = graph.relabel(new), keys[np.argsort(new)]
    rule, chances = rule.but(starters=5, transmission=0.4, recovery=0.1), levers(graph.n, 1)
    shuffled = Chances(
        sharing=chances.sharing[np.argsort(new)], inoculation=chances.inoculation[np.argsort(new)]
    )
    one, rows, _ = stepped(rule, Ground(graph, keys, Draws(1, 0)), 10, chances)
    other, moved_rows, _ = stepped(rule, Ground(moved, moved_keys, Draws(1, 0)), 10, shuffled)
    assert rows.size > 20
    np.testing.assert_array_equal(one["status"], other["status"][new])
    np.testing.assert_array_equal(new[rows["person"]], moved_rows["person"])
    for column in ("parent", "time"):
        np.testing.assert_array_equal(rows[column], moved_rows[column])


@of_every_kind
def test_neutral_levers_change_no_bit(rule):
    graph = erdos_renyi(100, mean_degree=5, seed=4)
    ground = rule.ground(graph, 3, 0, 24.0)
    rule = rule.but(starters=4)
    plain = stepped(rule, ground, 12)[1]
    for sharing, inoculation in itertools.product([np.ones(100), np.empty(0)], [np.zeros(100), np.empty(0)]):
        assert (
            stepped(rule, ground, 12, Chances(sharing, inoculation=inoculation))[1].tobytes()
            == plain.tobytes()
        )


@of_every_kind
def test_what_happens_elsewhere_changes_nobody(rule):
    """Two components: a lever moved in one leaves each person of the other as they were."""
    one = erdos_renyi(60, mean_degree=4, seed=6)
    ties = np.repeat(np.arange(60), one.degrees()), one.indices
    both = [np.concatenate([side, side + 60]) for side in ties]
    graph = SocialGraph.from_ties(*both, 120, False)
    rule = rule.but(start=(0, 1, 60, 61), transmission=0.4)
    there = Chances(sharing=np.where(np.arange(120) < 60, 1.0, 0.2))
    plain, moved = (
        stepped(rule, rule.ground(graph, 1, 0, 24.0), 10, levers)[:2] for levers in (UNTOUCHED, there)
    )
    np.testing.assert_array_equal(plain[0]["status"][:60], moved[0]["status"][:60])
    first = [rows["person"] < 60 for rows in (plain[1], moved[1])]
    here = [rows[mine][["person", "time"]] for rows, mine in zip((plain[1], moved[1]), first, strict=True)]
    np.testing.assert_array_equal(*here)
    assert np.count_nonzero(~first[0]) > np.count_nonzero(~first[1])


# --- corners --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RULES)
def test_certain_chances_are_a_breadth_first_search(kind):
    """Chance 1 and no recovery: the round of taking it up is the distance."""
    n = 50
    ring = SocialGraph.from_ties(np.arange(n), (np.arange(n) + 1) % n, n, False)
    certain = {"incubation": 1.0} if kind is SEIR else {}
    rule = kind(transmission=1.0, recovery=0.0, start=(0,), **certain)
    rows = rule.run(ring, seed=1, steps=60).adoptions
    rounds = np.empty(n)
    rounds[rows["person"]] = rows["time"]
    distance = np.minimum(np.arange(n), n - np.arange(n))
    np.testing.assert_array_equal(
        rounds, np.where(distance > 0, distance * 2 - 1, 0) if kind is SEIR else distance
    )


@of_every_kind
def test_nothing_to_spread_over(rule):
    alone = SocialGraph.from_ties([], [], 5, False)
    found = rule.but(starters=2).run(alone, seed=1, steps=500)
    assert found.reached == 2
    assert found.curves["infectious"][-1] == 0.0
    nobody = rule.but(starters=0).run(erdos_renyi(20, mean_degree=3, seed=1), seed=1, steps=9)
    assert nobody.steps == 0 == nobody.reached
    immune = rule.but(transmission=0.0, starters=3).run(
        erdos_renyi(20, mean_degree=3, seed=1), seed=1, steps=500
    )
    assert immune.reached == 3


def friends() -> SocialGraph:
    return SocialGraph.from_ties([0], [1], 2, False)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: SIR(transmission=1.2),
            "transmission must be a chance from 0 to 1 per round, but got 1.2; for r",
        ),
        (lambda: SIS(recovery=2.0), "recovery must be a chance from 0 to 1 per round, but got 2.0"),
        (lambda: SEIR(incubation=1.01), "incubation must be a chance from 0 to 1 per round"),
        (lambda: SIR(transmission=-0.1), "SIR.transmission should be greater than or equal to 0"),
        (lambda: SIR(recovery=float("nan")), "SIR.recovery should be a finite number"),
        (lambda: SIR(time="continuous", transmission=float("inf")), "SIR.transmission should be"),
        (lambda: SIR(time="days"), "SIR.time should be 'rounds' or 'continuous'"),
        (
            lambda: SIR(start=(99,)).run(friends(), seed=1),
            "has the key 99",
        ),
        (lambda: SIR(starters=3).run(friends(), seed=1), "has 2 people"),
        (lambda: SIS().run(friends(), seed=1), "SIS may go on for ever: give a number of steps"),
        (
            lambda: SIR(recovery=0.0).run(friends(), seed=1),
            "SIR goes on for ever with recovery 0: give a number",
        ),
        (lambda: SEIR(incubation=0.0).run(friends(), seed=1), "SEIR goes on for ever with incubation 0"),
        (lambda: SIR().run(friends(), seed=1, steps=-1), "steps must be a whole number"),
    ],
)
def test_mistakes_are_told_in_one_sentence(make, sentence):
    with pytest.raises(InfodemicError, match=sentence) as told:
        make()
    assert isinstance(told.value, ParameterError)
    assert "\n" not in str(told.value)


def test_tiny_chances_and_fast_rates():
    """Waiting times that no integer holds, and rates near the bound, give what they must."""
    graph = erdos_renyi(50, mean_degree=4, seed=1)
    slow = SIR(transmission=1e-300, recovery=1e-300, starters=5).run(graph, seed=1, steps=1000)
    assert slow.reached == 5 == slow.curves["infectious"][-1]
    fast = SIR(time="continuous", transmission=1e4, recovery=1e-4, start=(0,)).run(graph, seed=1, steps=3)
    connected = SIR(transmission=1.0, recovery=0.0, start=(0,)).run(graph, seed=1, steps=50)
    assert fast.reached == connected.reached > 40
