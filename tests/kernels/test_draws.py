"""Draws: equal to their plain-Python statement, uniform, and independent along every part of an address."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from infodemic_sim import randomness
from infodemic_sim.kernels import draws
from infodemic_sim.randomness import MASK, Draws, Purpose, address, name_key

WORD = st.integers(0, MASK)
MANY = 1 << 17
LEAST = 1e-4
"""Smallest p-value that passes; inputs are fixed, so a test that passes once passes always."""


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(WORD, WORD)
def test_absorb_is_its_plain_twin(state, word):
    assert int(draws.absorb(np.uint64(state), np.uint64(word))) == randomness.extended(state, word)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(WORD)
def test_uniform_is_exact_and_open(state):
    u = draws.uniform(np.uint64(state))
    assert u == ((state >> 12) * 2 + 1) / 2**53
    assert 0.0 < u < 1.0


@pytest.mark.parametrize("state", [0, MASK])
def test_the_ends_are_never_reached(state):
    assert 0.0 < draws.uniform(np.uint64(state)) < 1.0
    assert math.isfinite(draws.normal(np.uint64(state)))


def test_known_addresses_stay_what_they_are():
    """These numbers are part of every result ever published: they may never change."""
    assert int(address(1, 2, 3)) == 1979852667750893179
    assert int(address()) == randomness.ROOT
    assert name_key("message") == 15753744641433542120
    assert [purpose.value for purpose in Purpose] == [
        *range(1, 12),
        *range(20, 29),
        *range(40, 46),
        *range(50, 56),
        *range(60, 79),
        *range(80, 83),
        *range(90, 97),
        *range(100, 104),
        *range(110, 118),
        *range(120, 123),
    ]


def test_words_do_not_run_together():
    """No two of many short addresses coincide: order, number and value of words all count."""
    found = [int(address(a, b)) for a in range(60) for b in range(60)]
    found += [int(address(a)) for a in range(60)] + [
        int(address(a, b, 0)) for a in range(60) for b in range(60)
    ]
    assert len(set(found)) == len(found)


def numbers(kind: str) -> np.ndarray:
    """Uniform numbers along one part of an address while the others stay."""
    count = np.arange(MANY, dtype=np.uint64)
    run = Draws(5, 0)
    if kind == "person":
        return run.uniform(Purpose.RESHARE, count)
    if kind == "scattered identities":
        return run.uniform(Purpose.RESHARE, draws.absorb_all(np.zeros(MANY, np.uint64), count))
    if kind == "high bits":
        return run.uniform(Purpose.RESHARE, count << np.uint64(44))
    if kind == "step":
        return np.array([draws.uniform(Draws(5, 0).base(Purpose.RACE, s)) for s in range(MANY >> 3)])
    if kind == "seed":
        return np.array([draws.uniform(address(s, 0, Purpose.RACE)) for s in range(MANY >> 3)])
    return np.array([draws.uniform(address(5, r, Purpose.RACE)) for r in range(MANY >> 3)])


KINDS = ["person", "scattered identities", "high bits", "step", "seed", "replicate"]


@pytest.mark.parametrize("kind", KINDS)
def test_uniform_along_each_part(kind):
    u = numbers(kind)
    cells = np.bincount((u * 256).astype(int), minlength=256)
    assert stats.chisquare(cells).pvalue > LEAST
    assert stats.kstest(u, "uniform").pvalue > LEAST
    low_bits = np.bincount((u * 2**52).astype(np.uint64).astype(np.int64) & 255, minlength=256)
    assert stats.chisquare(low_bits).pvalue > LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_neighbours_are_independent(kind):
    u = (numbers(kind) * 16).astype(int)
    for lag in (1, 2, 7):
        pairs = np.bincount(16 * u[:-lag] + u[lag:], minlength=256)
        assert stats.chisquare(pairs).pvalue > LEAST


def test_purposes_are_independent():
    keys = np.arange(MANY, dtype=np.uint64)
    run = Draws(11, 3)
    one, other = (run.uniform(purpose, keys) for purpose in (Purpose.RESHARE, Purpose.BYSTANDER))
    cells = np.bincount((one * 16).astype(int) * 16 + (other * 16).astype(int), minlength=256)
    assert stats.chisquare(cells).pvalue > LEAST


def test_normal_numbers():
    z = Draws(1, 0).normal(Purpose.APPEAL, np.arange(MANY, dtype=np.uint64))
    assert stats.kstest(z, "norm").pvalue > LEAST
    lag = np.corrcoef(z[:-1], z[1:])[0, 1]
    assert abs(lag) < 4.0 / math.sqrt(MANY)


@pytest.mark.parametrize("mean", [0.01, 0.3, 2.0, 15.0])
def test_poisson_counts(mean):
    base = address(3, 0, Purpose.SESSIONS)
    counts = np.array(
        [draws.poisson(np.uint64(draws.absorb(base, np.uint64(k))), mean) for k in range(MANY >> 2)]
    )
    most = int(stats.poisson.ppf(1 - 20 / counts.size, mean))
    expected = stats.poisson.pmf(np.arange(most + 1), mean) * counts.size
    expected[-1] = counts.size - expected[:-1].sum()
    found = np.bincount(np.minimum(counts, most), minlength=most + 1)
    keep = expected > 5
    found, expected = pooled(found, keep), pooled(expected, keep)
    assert stats.chisquare(found, expected).pvalue > LEAST


def pooled(values: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """Cells that are large enough, and all others as one where they are not empty."""
    rest = values[~keep].sum()
    return np.append(values[keep], rest) if (~keep).any() and rest > 0 else values[keep]
