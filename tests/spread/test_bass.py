"""The Bass model: exact law of few people, the slow twin, the classical curve, levers and refusals."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from infodemic_sim import testing
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.spread.bass import Bass
from infodemic_sim.spread.network_rule import Chances
from tests.spread.rumour_checks import chi_square, follows, ground, moved, same_arrays, shuffled_keys
from tests.spread.rumour_twin import uniform

LIVELY = Bass(p=0.3, q=2.0, starters=2)


@pytest.mark.parametrize("check", testing.RULE_CHECKS, ids=[check.__name__ for check in testing.RULE_CHECKS])
def test_public_checks(check):
    check(LIVELY)


def law(n: int, p: float, q: float, time: float) -> dict[int, float]:
    """The chance of each number of adopters at a time: a chain that only grows."""
    rates = [(n - k) * (p + q * k / (n - 1)) for k in range(n + 1)]
    generator = np.diag([-rate for rate in rates]) + np.diag(rates[:-1], 1)
    return dict(enumerate(expm(generator * time)[0]))


@pytest.mark.parametrize("steps", [1, 7])
def test_exact_law_whatever_the_length_of_a_step(steps):
    rule, graph = Bass(p=0.2, q=1.5), complete_graph(8)
    exact = law(8, 0.2, 1.5, 2.0)
    runs = (rule.run(graph, seed=7, replicate=k, steps=steps, hours_per_step=48 / steps) for k in range(3000))
    assert chi_square(Counter(run.reached for run in runs), exact) > 0.001


def test_the_classical_curve():
    """One run of 4,000 people; the share that has adopted strays by a few 1 / sqrt(n)."""
    run = Bass().run(complete_graph(4000), seed=1, steps=20)
    days = np.arange(21)
    shrinking = np.exp(-0.41 * days)
    np.testing.assert_allclose(
        run.curves["adopter"] / 4000, (1 - shrinking) / (1 + 0.38 / 0.03 * shrinking), atol=0.05
    )


def test_parents_by_word_of_mouth():
    """Without imitation nobody has a parent; without innovation only those who start have none."""
    graph = complete_graph(300)
    assert (Bass(q=0.0).run(graph, seed=1).adoptions["parent"] == -1).all()
    parents = Bass(p=0.0, starters=2).run(graph, seed=1).adoptions["parent"]
    assert (parents == -1).sum() == 2


def test_parents_are_innovation_and_imitation_in_proportion():
    """All adopt in the end; the expected share of innovators is (p / q) ln(1 + q / p)."""
    rows = [Bass().run(complete_graph(500), seed=2, replicate=k).adoptions for k in range(20)]
    share = np.mean([row["parent"] == -1 for row in rows])
    expected = 0.03 / 0.38 * math.log(1 + 0.38 / 0.03)
    assert abs(share - expected) < 4 * math.sqrt(expected * (1 - expected) / 10_000)


class BassTwin:
    """The rule in plain Python; people are keys, ``seen`` lists whom each one sees."""

    def __init__(self, rule: Bass, seen, start, draws: Draws) -> None:
        self.rule, self.draws = rule, draws
        self.seen = {key: sorted(others) for key, others in seen.items()}
        self.adopters = set(start)
        self.told = []  # (person, by whom, when)

    def share(self, key: int, sharing) -> float:
        total = sum(round(sharing.get(u, 1.0) * 2**32) for u in self.seen[key] if u in self.adopters)
        return total / 2**32 / max(len(self.seen[key]), 1)

    def step(self, step: int, days: float, chances) -> None:
        sharing = chances["sharing"]
        bases = [int(self.draws.base(p, step)) for p in (Purpose.CLOCK, Purpose.TRANSMIT, Purpose.ADOPT)]
        doubt = {key: math.exp(-chances["inoculation"].get(key, 0.0)) for key in self.seen}
        due = {}
        for key in self.seen:
            rate = (self.rule.p + self.rule.q * self.share(key, sharing)) * doubt[key]
            if key not in self.adopters and rate > 0.0:
                due[key] = (-math.log(uniform(bases[0], key)) / rate, None)
        new = []
        while due and min(due.values())[0] < days:
            key = min(due, key=lambda person: (due[person][0], person))
            now, source = due.pop(key)
            new.append(key)
            source = self.cause(bases[2], key, sharing) if source is None else source
            self.told.append((key, source, step * days + now))
            for other in self.seen:
                if other in due or (other not in self.adopters and other not in new):
                    if key not in self.seen[other]:
                        continue
                    rate = self.rule.q * sharing.get(key, 1.0) / len(self.seen[other]) * doubt[other]
                    luck = uniform(bases[1], key, other)
                    time = now - math.log(luck) / rate if rate > 0.0 else math.inf
                    if time < due.get(other, (math.inf, None))[0]:
                        due[other] = (time, key)
        self.adopters.update(new)

    def cause(self, base: int, key: int, sharing):
        own, imitation = absorb(base, key), self.rule.q * self.share(key, sharing)
        if uniform(own) * (self.rule.p + imitation) < self.rule.p:
            return None
        seen = self.seen[key]
        most = max(sharing.get(u, 1.0) for u in seen if u in self.adopters)
        attempt = 0
        while True:
            address, inner = absorb(own, attempt), 0
            while (other := seen[int(uniform(address, inner) * len(seen))]) not in self.adopters:
                inner += 1
            if uniform(address) * most < sharing.get(other, 1.0):
                return other
            attempt += 1


@pytest.mark.parametrize("touched", [False, True], ids=["untouched", "with levers"])
@pytest.mark.parametrize("days", [0.1, 1.0])
def test_twin(days, touched):
    graph, keys = follows(60, 5.0), shuffled_keys(60)
    rule = Bass(p=0.05, q=1.2, starters=3)
    place = ground(graph, seed=3, keys=keys, days=days)
    draw = np.random.default_rng(2)
    values = {
        "sharing": draw.choice([0.0, 0.4, 1.0, 3.0], 60),
        "inoculation": draw.choice([0.0, 0.5, 2.0], 60),
    }
    chances = Chances(**values) if touched else Chances()
    names = keys.tolist()
    named = {
        name: dict(zip(names, array.tolist(), strict=True)) if touched else {}
        for name, array in values.items()
    }
    arrays, rows = rule.begin(place)
    seen = {names[v]: [names[u] for u in graph.followees(v)] for v in range(60)}
    twin = BassTwin(rule, seen, keys[rows["person"]].tolist(), Draws(3, 0))
    found = [rows]
    for step in range(8):
        found.append(rule.advance(place, arrays, step, chances))
        twin.step(step, days, named)
        assert set(keys[arrays["status"] > 0].tolist()) == twin.adopters
    rows = np.concatenate(found)
    new = rows[3:]
    assert keys[new["person"]].tolist() == [person for person, _, _ in twin.told]
    sources = [None if parent < 0 else names[rows["person"][parent]] for parent in new["parent"]]
    assert sources == [by for _, by, _ in twin.told]
    np.testing.assert_allclose(new["time"], [time for _, _, time in twin.told], rtol=1e-6)


@given(
    n=st.integers(1, 40),
    degree=st.floats(0, 4),
    seed=st.integers(0, 2**40),
    p=st.floats(0, 1),
    q=st.floats(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_bookkeeping(n, degree, seed, p, q):
    graph = follows(n, min(degree, n - 1), seed)
    place = ground(graph, seed=seed, keys=shuffled_keys(n))
    rule = Bass(p=p, q=q, starters=1)
    arrays, rows = moved(rule, place, 6)
    for person in range(n):
        assert arrays["heard"][person] == arrays["status"][graph.followees(person)].sum()
    assert np.unique(rows["person"]).size == rows.size == arrays["status"].sum()
    child = rows["parent"] >= 0
    assert (np.diff(rows["time"]) >= 0).all()
    for person, source in zip(rows["person"][child], rows["person"][rows["parent"][child]], strict=True):
        assert source in graph.followees(person)


def test_neutral_levers_change_no_bit():
    place = ground(follows(80, 5.0))
    neutral = Chances(sharing=np.ones(80), inoculation=np.zeros(80))
    (one, rows), (other, more) = moved(LIVELY, place, 5), moved(LIVELY, place, 5, neutral)
    assert same_arrays(one, other)
    assert rows.tobytes() == more.tobytes()


@pytest.mark.parametrize("lever", ["sharing", "inoculation"])
def test_levers_act_where_they_are_moved_and_nowhere_else(lever):
    half = follows(60, 5.0)
    indptr = np.concatenate([half.indptr, half.indptr[1:] + half.indptr[-1]])
    graph = SocialGraph(indptr, np.concatenate([half.indices, half.indices + 60]))
    rule = Bass(p=0.0, q=2.0, start=(0, 1, 2, 60, 61, 62))
    off, neutral = (0.0, 1.0) if lever == "sharing" else (800.0, 0.0)
    chances = Chances(**{lever: np.where(np.arange(120) < 60, off, neutral)})
    (today, _), (plan, _) = moved(rule, ground(graph), 10), moved(rule, ground(graph), 10, chances)
    assert today["status"][:60].sum() > 10
    assert plan["status"][:60].sum() == 3
    np.testing.assert_array_equal(today["status"][60:], plan["status"][60:])


def test_half_the_say_is_half_the_rate():
    """Without innovation, sharing .5 for all makes q half: 3,000 runs each of few people, exact law."""
    graph = complete_graph(6)
    rule = Bass(p=0.2, q=3.0)
    exact = law(6, 0.2, 1.5, 1.0)
    counts: Counter[int] = Counter()
    for seed in range(3000):
        arrays, _ = moved(rule, ground(graph, seed=seed, days=0.5), 2, Chances(sharing=np.full(6, 0.5)))
        counts[int(arrays["status"].sum())] += 1
    assert chi_square(counts, exact) > 0.001


def test_nothing_can_happen_without_anybody_to_imitate():
    graph = SocialGraph.from_ties([0], [1], 4, directed=False)
    assert Bass(p=0.0).run(graph, seed=1).steps == 0
    assert Bass(p=0.0, start=(0,)).run(graph, seed=1).reached == 2
    assert Bass(p=0.0, q=0.0, start=(0,)).run(graph, seed=1).steps == 0
    assert Bass().run(graph, seed=1).reached == 4


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Bass(p=-0.1), "p"),
        (lambda: Bass(q=math.nan), "q"),
        (lambda: Bass(starters=4).run(complete_graph(3), seed=1), "the network has 3 people"),
    ],
)
def test_refusals(make, sentence):
    with pytest.raises(InfodemicError, match=sentence):
        make()
