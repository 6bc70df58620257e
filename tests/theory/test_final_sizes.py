"""Final sizes against the digits of the design, exact laws of small crowds, and limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory import (
    daley_kendall_law,
    daley_kendall_variance,
    independent_cascade_mean,
    linear_threshold_mean,
    maki_thompson_law,
    maki_thompson_variance,
    nekovee_final_size,
    rumour_ignorants,
    sir_final_size,
    sir_final_size_from,
    sir_outbreak_chance,
)

BAD = [-0.1, math.nan, math.inf, True, "1", None, [0.5], np.array([])]
shares = st.floats(0.0, 1.0)


@pytest.mark.parametrize(("failures", "published"), [(1, 0.2031879), (2, 0.05952)])
def test_ignorants(failures, published):
    assert rumour_ignorants(failures) == pytest.approx(published, abs=0.5e-5)


@pytest.mark.parametrize("failures", [1, 2, 3, 7, 30])
def test_ignorants_solve_their_equation(failures):
    theta = rumour_ignorants(failures)
    assert theta == pytest.approx(math.exp(-(failures + 1) * (1 - theta)), rel=1e-9)
    assert theta < 0.5


def test_variances():
    assert maki_thompson_variance() == pytest.approx(0.2727, abs=0.5e-4)
    assert daley_kendall_variance() == pytest.approx(0.3107, abs=0.5e-4)


def test_small_crowd_by_hand():
    """One spreader and two ignorants (Gani 2000)."""
    assert maki_thompson_law(2) == pytest.approx([3 / 4, 1 / 4, 0], abs=1e-15)
    assert daley_kendall_law(1) == pytest.approx([1, 0], abs=1e-15)
    # Two spreaders and one ignorant: of three pairs that may meet first, two tell and one stops both.
    assert daley_kendall_law(1, 2) == pytest.approx([2 / 3, 1 / 3], abs=1e-15)


@pytest.mark.parametrize(
    ("law", "variance", "tolerance"),
    [(maki_thompson_law, maki_thompson_variance, 0.01), (daley_kendall_law, daley_kendall_variance, 0.01)],
)
def test_exact_laws_tend_to_the_limits(law, variance, tolerance):
    """Mean and variance of crowds of n and 2n, taken to infinity: their errors fall as 1/n."""
    found = []
    for n in (200, 400):
        chances = law(n - 1)
        assert chances.sum() == pytest.approx(1.0, abs=1e-9)
        chances = np.where(np.arange(n) < n / 2, chances, 0.0)  # early ends are left out
        chances /= chances.sum()
        mean = chances @ np.arange(n)
        found.append((mean / n, chances @ (np.arange(n) - mean) ** 2 / n))
    means, variances = np.array(found).T
    assert 2 * means[1] - means[0] == pytest.approx(rumour_ignorants(), abs=2e-4)
    assert 2 * variances[1] - variances[0] == pytest.approx(variance(), rel=tolerance)


def test_nekovee():
    assert nekovee_final_size(10, 0.1, 0.1, 0.25) == pytest.approx(0.6420, abs=0.5e-4)  # ε = 1.6
    assert nekovee_final_size(50, 0.1, 0.1, 1.25) == pytest.approx(0.6420, abs=0.5e-4)
    assert nekovee_final_size(10, 0.1, 0.1, 1.0) == 0.0
    assert nekovee_final_size(10, 0.1, 0.1, 5.0) == 0.0
    assert nekovee_final_size(3, 1.0, 1.0, 0.0) == pytest.approx(1 - rumour_ignorants(), abs=1e-12)
    assert nekovee_final_size(3, 1.0, 0.0, 0.0) == 1.0
    assert nekovee_final_size(3, 0.0, 1.0, 0.0) == 0.0


@given(st.floats(0.0, 50.0))
def test_sir_final_size_is_a_root_and_a_share(reproduction):
    size = sir_final_size(reproduction)
    assert 0.0 <= size <= 1.0
    assert (size > 0.0) <= (reproduction > 1.0)
    assert size == pytest.approx(-math.expm1(-reproduction * size), abs=1e-12)


@given(st.floats(0.0, 1e-3))
def test_sir_final_size_near_its_threshold(above):
    """2(ℛ₀ − 1) to first order, so nothing jumps there."""
    assert sir_final_size(1.0 + above) == pytest.approx(2 * above, abs=1e-11 + 4 * above**2)


@given(st.floats(0.0, 20.0), st.floats(1e-9, 1.0))
def test_final_size_from_a_share(reproduction, infected):
    size = sir_final_size_from(reproduction, infected)
    assert infected <= size <= 1.0
    assert size == pytest.approx(1 - (1 - infected) * math.exp(-reproduction * size), abs=1e-9)
    assert size >= sir_final_size(reproduction) - 1e-6


def test_final_size_from_few_is_that_of_an_outbreak():
    assert sir_final_size_from(2.0, 1e-12) == pytest.approx(sir_final_size(2.0), abs=1e-9)
    assert sir_final_size_from(2.0, 0.0) == 0.0
    assert sir_final_size_from(0.0, 0.3) == pytest.approx(0.3, abs=1e-15)
    assert sir_final_size_from(2.0, 1.0) == 1.0


def test_outbreak_chance():
    assert sir_outbreak_chance(2.0) == 0.5
    assert sir_outbreak_chance(2.0, 3) == 0.875
    assert sir_outbreak_chance(1.0) == sir_outbreak_chance(0.0) == sir_outbreak_chance(2.0, 0) == 0.0


def friends(*pairs):
    return [tie for u, v in pairs for tie in ((u, v), (v, u))]


TRIANGLE = friends((0, 1), (1, 2), (2, 0))


def test_means_of_small_networks():
    assert independent_cascade_mean(TRIANGLE, 0.5) == 2.25
    assert independent_cascade_mean(friends((0, 1), (1, 2), (2, 3), (3, 0)), 0.5) == 2.5625
    assert independent_cascade_mean(friends(*((0, k) for k in range(1, 8))), 0.3) == pytest.approx(
        1 + 7 * 0.3
    )
    assert linear_threshold_mean((np.ones((3, 3)) - np.eye(3)) / 2) == 2.5


@given(shares)
def test_cascade_means_are_polynomials(chance):
    triangle = 1 + 2 * (chance + chance**2 - chance**3)
    assert independent_cascade_mean(TRIANGLE, chance) == pytest.approx(triangle, abs=1e-12)


@given(shares, shares)
def test_one_tie_gives_the_same_under_both_rules(weight, other):
    assert linear_threshold_mean([[0, other], [weight, 0]]) == pytest.approx(1 + weight, abs=1e-12)
    assert independent_cascade_mean([(0, 1)], weight) == pytest.approx(1 + weight, abs=1e-12)


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize(
    "call",
    [
        rumour_ignorants, sir_final_size, sir_outbreak_chance, maki_thompson_law, daley_kendall_law,
        lambda x: sir_final_size_from(2.0, x), lambda x: sir_final_size_from(x, 0.1),
        lambda x: sir_outbreak_chance(2.0, x), lambda x: maki_thompson_law(3, x),
        lambda x: nekovee_final_size(x, 1, 1, 1), lambda x: nekovee_final_size(1, x, 1, 1),
        lambda x: nekovee_final_size(1, 1, x, 1), lambda x: nekovee_final_size(1, 1, 1, x),
        lambda x: independent_cascade_mean([(0, 1)], 0.5, x),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(call, value):
    with pytest.raises(ParameterError) as error:
        call(value)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: rumour_ignorants(0), "failures must be a whole number from 1"),
        (lambda: sir_final_size_from(2.0, 1.1), "infected must be a number from 0 to 1, but got 1.1."),
        (lambda: nekovee_final_size(0, 1, 1, 1), "degree must be a number above 0, but got 0."),
        (lambda: maki_thompson_law(0), "a rumour needs 2 people or more"),
        (
            lambda: linear_threshold_mean([["1"]]),
            "weights must be a row of numbers, but got list.",
        ),
        (lambda: linear_threshold_mean([[math.nan]]), "must be numbers from 0 to 1, but one is nan."),
        (lambda: linear_threshold_mean([[0.7, 0.7], [0, 0]]), "must sum to at most 1"),
        (lambda: linear_threshold_mean([[0.7], [0.1]]), "needs one number for each of 2 people, but has 1."),
        (lambda: independent_cascade_mean([(0, k) for k in range(1, 23)], 0.5), "give a smaller network."),
    ],
)
def test_what_errors_say(call, sentence):
    with pytest.raises(ParameterError, match=sentence):
        call()
