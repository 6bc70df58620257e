"""SIR, SIS and SEIR in law: pairs of people against the solved chain, and runs against their steps."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.stats import chi2, ks_2samp

from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.network_rule import Chances
from infodemic_sim.spread.sir import SIR
from tests.spread.epidemic_settings import KINDS, NAMES, TIMES, of_every_kind, stepped

LEVEL = 0.001
"""Of every comparison of distributions: with seeds free, one in a thousand would fail by chance."""

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
