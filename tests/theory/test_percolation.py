"""Generating functions against the digits of the design, samples, each other, and limits."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.theory import (
    DegreeLaw,
    borel_law,
    cascade_outbreak_chance,
    critical_transmissibility,
    giant_share,
    mean_small_size,
    mean_tree_size,
    sir_final_size,
    sir_network_outbreak_chance,
    sir_network_size,
    sir_transmissibility,
)

POISSON = DegreeLaw.poisson(4.0)
laws = (
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8).filter(lambda p: sum(p) > 0.01).map(DegreeLaw.given)
)
shares = st.floats(0.0, 1.0)


@pytest.mark.parametrize(
    ("ties", "chance", "expected"),
    [(POISSON, 0.5, 0.79681), (DegreeLaw.regular(4), 0.5, 0.85410), (DegreeLaw.regular(3), 0.6, 0.70370)],
)
def test_giant_share(ties, chance, expected):
    assert giant_share(ties, chance) == pytest.approx(expected, abs=0.5e-5)
    assert cascade_outbreak_chance(ties, chance) == giant_share(ties, chance)


def test_closed_forms():
    """3-regular: u from a quadratic; Poisson: the equation of the SIR final size."""
    assert giant_share(DegreeLaw.regular(3), 0.6) == pytest.approx(1 - (0.4 / 0.6) ** 3, abs=1e-12)
    assert giant_share(DegreeLaw.regular(4), 0.5) == pytest.approx((3 * math.sqrt(5) - 5) / 2, abs=1e-12)
    for mean, chance in [(4, 0.5), (1.2, 0.9), (40, 0.1), (3000, 0.001)]:
        expected = sir_final_size(mean * chance)
        assert giant_share(DegreeLaw.poisson(mean), chance) == pytest.approx(expected, abs=1e-10)


def test_markovian_epidemic():
    assert sir_network_size(POISSON, 1.0, 1.0) == pytest.approx(0.79681, abs=0.5e-5)
    assert sir_network_outbreak_chance(POISSON, 1.0, 1.0) == pytest.approx(0.63923, abs=0.5e-5)


@pytest.mark.parametrize("ratio", [0.2, 1.0, 3.0])
def test_outbreak_chance_against_an_integral(ratio):
    """u = E[e^(−zT(1 − u))] over exponential periods, by quadrature and plain iteration."""
    mean, u = 8.0, 0.0
    for _ in range(300):
        u = quad(lambda r, v=1 - u: math.exp(-mean * (1 - r ** (1 / ratio)) * v), 0, 1)[0]  # r = e^(−γτ)
    found = sir_network_outbreak_chance(DegreeLaw.poisson(mean), 1.0, ratio)
    assert found == pytest.approx(1 - u, abs=1e-7)


def test_fast_recovery_of_many_ties_is_the_well_mixed_epidemic():
    law = DegreeLaw.poisson(2000.0)
    assert sir_network_outbreak_chance(law, 2.0 / 2000, 1.0) == pytest.approx(0.5, abs=1e-3)
    assert sir_network_size(law, 2.0 / 2000, 1.0) == pytest.approx(sir_final_size(2.0), abs=1e-3)


@given(laws, shares)
def test_shares_are_shares_and_obey_the_threshold(law, chance):
    size = giant_share(law, chance)
    assert 0.0 <= size <= 1.0 - law.chances[0] + 1e-12
    assert (size > 1e-9) <= (chance >= critical_transmissibility(law) - 1e-12)
    if chance > critical_transmissibility(law) * 1.05:
        assert size > 0.0


@given(laws, st.floats(0.01, 10.0))
def test_an_outbreak_is_less_likely_than_large(law, infection):
    chance = sir_network_outbreak_chance(law, infection, 1.0)
    assert 0.0 <= chance <= sir_network_size(law, infection, 1.0) + 1e-9


@given(laws, shares, shares)
def test_more_open_ties_reach_more(law, one, other):
    low, high = sorted((one, other))
    assert giant_share(law, low) <= giant_share(law, high) + 1e-9


@given(laws, st.floats(0.0, 0.9))
def test_mean_small_size_is_the_sum_over_generations(law, part):
    critical = critical_transmissibility(law)
    assume(math.isfinite(critical))
    chance = min(1.0, part * critical)
    reached, total = chance * law.mean, 1.0
    for _ in range(400):
        total, reached = total + reached, reached * chance * law.further
    assert mean_small_size(law, chance) == pytest.approx(total, rel=1e-9)


def test_sub_critical_cascades():
    assert mean_tree_size(0.8) == pytest.approx(5.0, abs=1e-12)
    assert mean_small_size(DegreeLaw.poisson(1.6), 0.5) == pytest.approx(5.0, abs=1e-9)
    assert borel_law(0.8, 3) == pytest.approx([0.4493, 0.1615, 0.0871], abs=0.5e-4)
    assert mean_tree_size(1.0) == mean_tree_size(3.0) == mean_small_size(POISSON, 0.25) == math.inf


@given(st.floats(0.0, 0.95))
def test_borel_law_sums_to_one_with_its_mean(reproduction):
    law = borel_law(reproduction, 20_000)
    assert law.sum() == pytest.approx(1.0, abs=1e-6)
    assert law @ np.arange(1, 20_001) == pytest.approx(mean_tree_size(reproduction), rel=1e-5)


def test_borel_law_above_the_threshold_sums_to_the_chance_of_ending():
    assert borel_law(2.0, 3000).sum() == pytest.approx(1.0 - sir_final_size(2.0), abs=1e-9)


def test_a_sampled_network_is_near_its_law():
    graph = erdos_renyi(20_000, mean_degree=4.0, seed=5)
    law = DegreeLaw.of(graph)
    assert law.mean == pytest.approx(2 * graph.number_of_ties / graph.n, abs=1e-12)
    assert abs(DegreeLaw.of(graph.degrees()).chances - law.chances).max() == 0.0
    assert giant_share(graph, 0.5) == pytest.approx(giant_share(POISSON, 0.5), abs=0.01)
    assert critical_transmissibility(graph) == pytest.approx(0.25, abs=0.01)


def test_laws():
    assert POISSON.mean == pytest.approx(4.0, abs=1e-12)
    assert POISSON.further == pytest.approx(4.0, abs=1e-12)
    assert POISSON.generate(0.3) == pytest.approx(math.exp(-2.8), abs=1e-14)
    assert POISSON.met.generate(0.3) == pytest.approx(math.exp(-2.8), abs=1e-14)
    assert DegreeLaw.poisson(0.0).mean == DegreeLaw.regular(0).mean == DegreeLaw.regular(0).further == 0.0
    assert DegreeLaw.regular(5).met.mean == 4.0
    assert DegreeLaw.of([1, 1, 3]).chances == pytest.approx([0, 2 / 3, 0, 1 / 3])
    assert DegreeLaw.poisson(1e5).mean == pytest.approx(1e5, rel=1e-9)


def test_networks_in_which_nothing_grows():
    for ties in (DegreeLaw.regular(0), DegreeLaw.regular(1), [0, 0, 0], [1, 1]):
        assert giant_share(ties, 1.0) == 0.0
        assert critical_transmissibility(ties) == math.inf
        assert sir_network_outbreak_chance(ties, 1.0, 1.0) == 0.0
    assert giant_share(DegreeLaw.regular(2), 1.0) == 0.0  # a long ring: critical, T = T_c
    assert mean_small_size([0, 0], 1.0) == 1.0
    assert mean_small_size([1, 1], 1.0) == 2.0
    assert sir_transmissibility(0.0, 1.0) == sir_network_outbreak_chance(POISSON, 0.0, 1.0) == 0.0


def test_errors_are_one_sentence():
    for call in (
        lambda x: giant_share(POISSON, x), lambda x: mean_small_size(POISSON, x), lambda x: borel_law(x, 3),
        lambda x: borel_law(0.5, x), mean_tree_size, lambda x: sir_transmissibility(x, 1.0),
        lambda x: sir_transmissibility(1.0, x), lambda x: sir_network_size(POISSON, x, 1.0),
        lambda x: sir_network_outbreak_chance(POISSON, 1.0, x), DegreeLaw.poisson, DegreeLaw.regular,
        lambda x: DegreeLaw.of([x]), lambda x: DegreeLaw.given([x]),
    ):  # fmt: skip
        for value in (-0.1, math.nan, math.inf, "x", None):
            with pytest.raises(ParameterError) as error:
                call(value)
            assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: giant_share(POISSON, 1.5), "transmissibility must be a number from 0 to 1, but got 1.5."),
        (lambda: giant_share([], 0.5), "degrees must be a row of one number or more"),
        (lambda: giant_share([1.5], 0.5), "degrees must be whole numbers"),
        (lambda: DegreeLaw.given([0.0, 0.0]), "chances: at least one must be above 0."),
        (lambda: giant_share(SocialGraph.from_ties([0], [1], 2, True), 0.5), "the ties go one way"),
        (lambda: sir_transmissibility(1.0, 0.0), "recovery must be a number above 0"),
    ],
)
def test_what_errors_say(call, sentence):
    with pytest.raises(ParameterError, match=sentence):
        call()
