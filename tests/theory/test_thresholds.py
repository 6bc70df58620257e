"""Eigenvalues, thresholds and windows against closed forms and dense algebra."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.special import gammaincc

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.theory import (
    DegreeLaw,
    largest_eigenvalue,
    most_ties_of_vulnerable,
    nekovee_threshold,
    sis_threshold,
    watts_spread,
    watts_window,
)


def friends(n: int, pairs: list[tuple[int, int]]) -> SocialGraph:
    return SocialGraph.from_ties(*np.array(pairs).T, n, False)


def star(n: int) -> SocialGraph:
    return friends(n, [(0, k) for k in range(1, n)])


def ring(n: int, reach: int = 1) -> SocialGraph:
    return friends(n, [(k, (k + step) % n) for k in range(n) for step in range(1, reach + 1)])


@pytest.mark.parametrize("n", [2, 10, 101, 1001])
def test_star(n):
    assert sis_threshold(star(n)) == pytest.approx(1 / math.sqrt(n - 1), abs=1e-9)


@pytest.mark.parametrize("n", [5, 100, 1001])
def test_rings_and_regular_networks(n):
    assert largest_eigenvalue(ring(n)) == pytest.approx(2.0, abs=1e-9)
    assert sis_threshold(ring(n)) == pytest.approx(1 / 2, abs=1e-9)
    if n > 6:
        assert sis_threshold(ring(n, 3)) == pytest.approx(1 / 6, abs=1e-9)


def test_path():
    """A path of n: 2 cos(π/(n + 1)), with a gap that simple iteration would take ages to cross."""
    path = friends(500, [(k, k + 1) for k in range(499)])
    assert largest_eigenvalue(path) == pytest.approx(2 * math.cos(math.pi / 501), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_networks_against_dense_algebra(seed):
    graph = erdos_renyi(300, mean_degree=3.0, seed=seed)
    dense = np.zeros((300, 300))
    for v in range(300):
        dense[v, graph.followees(v)] = 1.0
    assert largest_eigenvalue(graph) == pytest.approx(np.linalg.eigvalsh(dense)[-1], abs=1e-9)
    assert largest_eigenvalue(csr_matrix(dense)) == pytest.approx(np.linalg.eigvalsh(dense)[-1], abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_way_ties_against_dense_algebra(seed):
    generator = np.random.default_rng(seed)
    dense = (generator.random((150, 150)) < 0.02).astype(float)
    np.fill_diagonal(dense, 0.0)
    expected = abs(np.linalg.eigvals(dense)).max()
    assert largest_eigenvalue(dense) == pytest.approx(expected, abs=1e-6)


def test_special_networks():
    assert largest_eigenvalue(np.triu(np.ones((40, 40)), 1)) == 0.0  # nothing comes back: no circle at all
    assert largest_eigenvalue([[0.0, 4.0], [1.0, 0.0]]) == pytest.approx(2.0, abs=1e-12)
    assert largest_eigenvalue([[3.0]]) == 3.0
    assert sis_threshold(friends(3, [(0, 1)])) == 1.0
    assert sis_threshold(SocialGraph.from_ties([], [], 3, False)) == math.inf
    two = friends(2000, [(k, (k + 1) % 1000) for k in range(1000)] + [(1000, k) for k in range(1001, 2000)])
    assert largest_eigenvalue(two) == pytest.approx(math.sqrt(999), abs=1e-9)


@given(st.integers(2, 12), st.floats(0.1, 10.0))
def test_scaling_a_matrix_scales_its_eigenvalue(n, factor):
    matrix = np.add.outer(np.arange(n), np.arange(n)) + 1.0
    assert largest_eigenvalue(factor * matrix) == pytest.approx(factor * largest_eigenvalue(matrix), rel=1e-9)
    assert matrix.sum(axis=1).min() - 1e-9 <= largest_eigenvalue(matrix) <= matrix.sum(axis=1).max() + 1e-9


def test_watts_window():
    window = watts_window(0.18)
    assert window == pytest.approx((1.0207, 5.7647), abs=0.5e-4)
    for mean in (2, 3, 4, 5):
        assert watts_spread(DegreeLaw.poisson(mean), 0.18) > 1.0
        assert window.low < mean < window.high
    for mean in (0.8, 7):
        assert watts_spread(DegreeLaw.poisson(mean), 0.18) < 1.0


@given(st.floats(0.2, 12.0), st.floats(0.02, 0.5))
def test_watts_spread_of_poisson_ties(mean, threshold):
    most = most_ties_of_vulnerable(threshold)
    expected = mean * gammaincc(most - 1, mean) if most > 1 else 0.0
    assert watts_spread(DegreeLaw.poisson(mean), threshold) == pytest.approx(expected, abs=1e-10)


@given(st.floats(0.03, 0.25))
def test_the_window_ends_where_the_condition_does(threshold):
    window = watts_window(threshold)
    for end in window:
        assert watts_spread(DegreeLaw.poisson(end), threshold) == pytest.approx(1.0, abs=1e-8)
    assert watts_spread(DegreeLaw.poisson(math.sqrt(window.low * window.high)), threshold) > 1.0


def test_windows_at_the_edges():
    assert watts_window(0.0) == (1.0, math.inf)
    assert all(math.isnan(end) for threshold in (0.26, 1 / 3, 0.5, 1.0) for end in watts_window(threshold))
    assert watts_spread(DegreeLaw.poisson(3.0), 0.0) == pytest.approx(3.0, abs=1e-9)
    assert watts_spread([0, 0], 0.18) == watts_spread(DegreeLaw.regular(7), 0.18) == 0.0
    assert watts_spread(DegreeLaw.regular(5), 0.18) == pytest.approx(4.0, abs=1e-12)


@given(st.integers(1, 2000))
def test_a_share_of_exactly_one_tie_in_k_is_enough(k):
    """1/φ is rounded; the rule compares 1/k with φ."""
    assert most_ties_of_vulnerable(1.0 / k) == k


def test_nekovee_threshold():
    assert nekovee_threshold(DegreeLaw.regular(10), 1.0) == pytest.approx(0.1, abs=1e-12)
    assert nekovee_threshold(DegreeLaw.poisson(4.0), 2.0) == pytest.approx(2 * 4 / 20, abs=1e-9)
    assert nekovee_threshold([0, 0], 1.0) == math.inf


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: largest_eigenvalue(np.ones((2, 3))), "network must be a square matrix or a graph"),
        (lambda: largest_eigenvalue(np.zeros((0, 0))), "network must be a square matrix or a graph"),
        (lambda: largest_eigenvalue([[0.0, -1.0], [1.0, 0.0]]), "finite numbers of 0 or more"),
        (lambda: largest_eigenvalue([[0.0, math.nan], [1.0, 0.0]]), "finite numbers of 0 or more"),
        (lambda: watts_window(1.2), "threshold must be a number from 0 to 1, but got 1.2."),
        (lambda: watts_spread([], 0.1), "degrees must be a row of one number or more"),
        (lambda: nekovee_threshold([1, 1], -1.0), "forget must be a number of 0 or more, but got -1.0."),
    ],
)
def test_what_errors_say(call, sentence):
    with pytest.raises(ParameterError, match=sentence):
        call()
