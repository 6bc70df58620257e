"""SIR, SIS and SEIR: against closed forms, against a plain twin bit for bit, and run against steps in law."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.linalg import expm
from scipy.stats import chi2, ks_2samp

from infodemic_sim import testing
from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.randomness import Draws
from infodemic_sim.spread.epidemic import WINDOW, EpidemicRule
from infodemic_sim.spread.network_rule import UNTOUCHED, Chances, Ground
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS
from tests.spread.epidemic_twin import EpidemicTwin

LEVEL = 0.001
"""Of every test that compares distributions: with seeds free, one in a thousand would fail by chance."""
RULES = [SIR, SIS, SEIR]
TIMES = ["rounds", "continuous"]
KINDS = [rule(time=time, transmission=0.15, recovery=0.3) for rule in RULES for time in TIMES]
NAMES = [f"{type(rule).__name__} in {rule.time}" for rule in KINDS]
of_every_kind = pytest.mark.parametrize("rule", KINDS, ids=NAMES)
CHECKS = testing.RULE_CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
@pytest.mark.parametrize("rule", KINDS[::3], ids=NAMES[::3])
def test_what_every_rule_must_be(rule, check):
    check(rule.but(starters=3))


def stepped(rule: EpidemicRule, ground: Ground, steps: int, chances: Chances = UNTOUCHED):
    """Steps one by one, as in a scenario: the arrays, adoptions, and counts after each step."""
    arrays, first = rule.begin(ground)
    rows, counts = [first], [rule.summary(arrays)]
    for step in range(steps):
        rows.append(rule.advance(ground, arrays, step, chances))
        counts.append(rule.summary(arrays))
    return arrays, np.concatenate(rows), counts


def follows(n: int, mean: float, seed: int) -> SocialGraph:
    """A directed graph."""
    draw = np.random.default_rng(seed)
    ends = draw.integers(0, n, (round(n * mean), 2))
    return SocialGraph.from_ties(ends[:, 0], ends[:, 1], n, True)


def levers(n: int, seed: int) -> Chances:
    draw = np.random.default_rng(seed)
    return Chances(sharing=draw.uniform(0, 3, n), inoculation=draw.choice([0.0, 0.5, 2.0], n))


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


@of_every_kind
def test_a_stretch_equals_the_twin_bit_for_bit(rule):
    graph = follows(150, 4, 2)
    for seed in range(4):
        found = rule.run(graph, seed=seed, steps=60, hours_per_step=7.0)
        twin = EpidemicTwin(rule, rule.ground(graph, seed, 0, 7.0))
        twin.move(60, UNTOUCHED)
        assert_equal_to_twin(twin, found.arrays, found.adoptions)


def assert_equal_to_twin(twin: EpidemicTwin, arrays: dict[str, np.ndarray], rows: np.ndarray) -> None:
    np.testing.assert_array_equal(arrays["status"], twin.statuses())
    told = np.array([tuple(row) for row in rows[["person", "parent"]]])
    np.testing.assert_array_equal(told, np.array([row[:2] for row in twin.adoptions]))
    np.testing.assert_array_equal(rows["time"], np.array([row[2] for row in twin.adoptions], np.float32))


# --- pairs of people: the chain of their joint statuses, solved -----------------------------------------

PAIRS = 3_000


def chances_of(rule: EpidemicRule, own: int, other: int) -> tuple[float, int]:
    """Chance or rate at which somebody's status changes, given the other's; and into which."""
    if own == 0:
        return (rule.transmission if other == rule.spreads else 0.0), rule.enters
    if own == rule.spreads:
        return rule.recovery, rule.ends
    return (rule._chances()["incubation"], rule.spreads) if own == rule.enters else (0.0, own)


def joint(rule: EpidemicRule, steps: int) -> np.ndarray:
    """Distribution over joint statuses (first starts, the second does not) after so many days or rounds."""
    kinds = len(rule.statuses)
    moves = np.zeros((kinds, kinds, kinds, kinds))
    for a, b in itertools.product(range(kinds), repeat=2):
        (p, to_a), (q, to_b) = chances_of(rule, a, b), chances_of(rule, b, a)
        if rule.time == "rounds":
            for (x, new_a), (y, new_b) in itertools.product([(p, to_a), (1 - p, a)], [(q, to_b), (1 - q, b)]):
                moves[a, b, new_a, new_b] += x * y
        else:
            for rate, new_a, new_b in ((p, to_a, b), (q, a, to_b)):
                moves[a, b, new_a, new_b] += rate
                moves[a, b, a, b] -= rate
    matrix = moves.reshape(kinds**2, kinds**2)
    power = np.linalg.matrix_power(matrix, steps) if rule.time == "rounds" else expm(matrix * steps)
    return power[rule.spreads * kinds]


def assert_pairs_as_expected(rule: EpidemicRule, status: np.ndarray, steps: int) -> None:
    kinds = len(rule.statuses)
    seen = np.bincount(status[0::2].astype(int) * kinds + status[1::2], minlength=kinds**2)
    expected = joint(rule, steps) * PAIRS
    assert seen[expected < 1e-9].sum() == 0
    order = np.argsort(expected)
    rare = order[: 1 + np.searchsorted(np.cumsum(expected[order]), 5.0)]  # taken as one, of 5 at least
    seen, expected = (np.append(np.delete(x, rare), x[rare].sum()) for x in (seen, expected))
    assert ((seen - expected) ** 2 / expected).sum() < chi2.isf(LEVEL, expected.size - 1)


def pairs() -> SocialGraph:
    first = np.arange(0, 2 * PAIRS, 2)
    return SocialGraph.from_ties(first, first + 1, 2 * PAIRS, False)


@of_every_kind
@pytest.mark.parametrize("stretch", [True, False], ids=["run", "step by step"])
def test_joint_statuses_of_pairs(rule, stretch):
    rule = rule.but(transmission=0.6, recovery=0.35, start=tuple(range(0, 2 * PAIRS, 2)))
    if stretch:
        assert_pairs_as_expected(rule, rule.run(pairs(), seed=5, steps=4).arrays["status"], 4)
    else:
        assert_pairs_as_expected(rule, stepped(rule, rule.ground(pairs(), 5, 0, 24.0), 4)[0]["status"], 4)


@pytest.mark.parametrize("rule", KINDS[1::2], ids=NAMES[1::2])
@pytest.mark.parametrize("hours", [96.0, 4.0])
def test_continuous_time_is_exact_whatever_the_step(rule, hours):
    rule = rule.but(transmission=3.0, recovery=1.5, start=tuple(range(0, 2 * PAIRS, 2)))
    steps = round(96.0 / hours)
    ground = rule.ground(pairs(), 6, 0, hours)
    assert_pairs_as_expected(rule, stepped(rule, ground, steps)[0]["status"], 4)
    found = rule.run(pairs(), seed=7, steps=steps, hours_per_step=hours)
    assert_pairs_as_expected(rule, found.arrays["status"], 4)


@pytest.mark.parametrize("time", TIMES)
def test_levers_change_chances_as_declared(time):
    rule = SIR(time=time, transmission=0.4, recovery=0.5, start=tuple(range(0, 2 * PAIRS, 2)))
    chances = Chances(sharing=np.full(2 * PAIRS, 1.5), inoculation=np.full(2 * PAIRS, 0.7))
    weight = np.exp(-0.7)
    left = 0.6 * weight / (0.4 + 0.6 * weight) if time == "rounds" else 0.6 * weight
    status = stepped(rule, rule.ground(pairs(), 8, 0, 24.0), 4, chances)[0]["status"]
    assert_pairs_as_expected(rule.but(transmission=left), status, 4)
    accurate = rule.but(accurate=True)
    status = stepped(accurate, accurate.ground(pairs(), 8, 0, 24.0), 4, chances)[0]["status"]
    assert_pairs_as_expected(rule.but(transmission=0.6), status, 4)


@of_every_kind
def test_whom_one_has_it_from_is_even(rule):
    """Three who start are seen by one: each is as likely to be the source."""
    one = np.arange(0, 4 * PAIRS, 4)
    ends = np.concatenate([np.stack([one, one + k], 1) for k in (1, 2, 3)])
    graph = SocialGraph.from_ties(ends[:, 0], ends[:, 1], 4 * PAIRS, True)
    rule = rule.but(start=tuple(np.flatnonzero(np.arange(4 * PAIRS) % 4).tolist()), transmission=0.5)
    for rows in (
        rule.run(graph, seed=2, steps=3).adoptions,
        stepped(rule, rule.ground(graph, 2, 0, 24.0), 3)[1],
    ):
        taken = rows[rows["parent"] >= 0]
        seen = np.bincount(rows["person"][taken["parent"]] % 4, minlength=4)[1:]
        misfit = ((seen - seen.mean()) ** 2 / seen.mean()).sum()
        assert seen.sum() > PAIRS / 2
        assert misfit < chi2.isf(LEVEL, 2)


# --- a run and its steps --------------------------------------------------------------------------------

REPEATS = 400


@of_every_kind
def test_a_run_and_its_steps_have_one_law(rule):
    """Adoptions in all and people who have it half-way, in 400 runs of either kind: Kolmogorov-Smirnov."""
    graph = erdos_renyi(100, mean_degree=4, seed=2)
    rule, steps = rule.but(transmission=0.2, recovery=0.25, starters=2), 16
    long, short = [], []
    for replicate in range(REPEATS):
        found = rule.run(graph, seed=1, replicate=replicate, steps=steps)
        kept = {
            name: np.append(curve, [curve[-1]] * steps)[steps // 2] for name, curve in found.curves.items()
        }
        long.append((found.adoptions.size, kept["infectious"]))
        _, rows, counts = stepped(rule, rule.ground(graph, 2, replicate, 24.0), steps)
        short.append((rows.size, counts[steps // 2]["infectious"]))
    for one, other in zip(np.array(long).T, np.array(short).T, strict=True):
        assert ks_2samp(one, other).pvalue > LEVEL


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
            lambda: SIR(start=(99,)).run(SocialGraph.from_ties([0], [1], 2, False), seed=1),
            "has the key 99",
        ),
        (lambda: SIR(starters=3).run(SocialGraph.from_ties([0], [1], 2, False), seed=1), "has 2 people"),
        (lambda: SIS().run(pairs(), seed=1), "SIS may go on for ever: give a number of steps"),
        (
            lambda: SIR(recovery=0.0).run(pairs(), seed=1),
            "SIR goes on for ever with recovery 0: give a number",
        ),
        (lambda: SEIR(incubation=0.0).run(pairs(), seed=1), "SEIR goes on for ever with incubation 0"),
        (lambda: SIR().run(pairs(), seed=1, steps=-1), "steps must be a whole number"),
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
