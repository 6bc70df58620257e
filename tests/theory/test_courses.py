"""Hoaxes, opinions, adoption, votes and curves against the digits of the design and against each other."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from infodemic_sim import theory
from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.theory.hoax import ORDERS, HoaxShares

shares = st.floats(0.0, 1.0)
START = HoaxShares(0.3, 0.3, 0.4)

# --- hoax -----------------------------------------------------------------------------------------------

EXPECTED = {
    "synchronous": (0.09524, (0.27299, 0.56034, 0.16667)),
    "exclusive": (0.08571, (0.23148, 0.60185, 0.16667)),
    "sequential": (0.07895, (0.20690, 0.61129, 0.18182)),
}


@pytest.mark.parametrize("order", ORDERS)
def test_hoax_numbers(order):
    threshold, equilibrium = EXPECTED[order]
    assert theory.hoax_threshold(order, 0.3, 0.1) == pytest.approx(threshold, abs=0.5e-5)
    found = theory.hoax_equilibrium(order, 0.5, 0.3, 0.1, 0.05)
    assert found == pytest.approx(equilibrium, abs=0.5e-5)
    assert theory.hoax_course(order, 0.5, 0.3, 0.1, 0.05, START, 3000)[-1] == pytest.approx(found, abs=1e-9)


@given(
    st.sampled_from(ORDERS),
    st.floats(0.05, 1.0),
    st.floats(0.05, 0.95),
    st.floats(0.05, 0.45),
    st.floats(0, 0.5),
)
def test_equilibria_stand_still_and_sum_to_one(order, spread, credibility, forget, verify):
    rates = (spread, credibility, forget, verify)
    found = theory.hoax_equilibrium(order, *rates)
    assert sum(found) == pytest.approx(1.0, abs=1e-12)
    assert min(found) >= 0.0
    after = theory.hoax_course(order, *rates, found, 1)[-1]
    assert after == pytest.approx(found, abs=1e-12)
    assert (found.believers > 1e-12) <= (verify < theory.hoax_threshold(order, credibility, forget))
    course = theory.hoax_course(order, *rates, START, 50)
    assert course.sum(axis=1) == pytest.approx(np.ones(51), abs=1e-12)
    assert course.min() >= -1e-12


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("spread", [0.2, 0.9])
def test_hoaxes_live_below_their_threshold_whatever_the_spread(order, spread):
    threshold = theory.hoax_threshold(order, 0.3, 0.1)
    below = theory.hoax_course(order, spread, 0.3, 0.1, 0.85 * threshold, START, 6000)[-1]
    above = theory.hoax_course(order, spread, 0.3, 0.1, 1.15 * threshold, START, 6000)[-1]
    assert below[0] > 0.05
    assert above[0] < 1e-6


def test_hoax_limits():
    assert theory.hoax_threshold("synchronous", 1.0, 0.1) == theory.hoax_threshold("synchronous", 0.5, 1.0)
    assert theory.hoax_threshold("sequential", 1.0, 0.1) == 1.0
    assert theory.hoax_threshold("exclusive", 0.0, 0.1) == 0.0
    for order in ORDERS:
        assert theory.hoax_equilibrium(order, 0.0, 0.3, 0.1, 0.2) == (0.0, 0.0, 1.0)
        assert theory.hoax_equilibrium(order, 0.5, 0.3, 0.0, 0.2) == (0.0, 1.0, 0.0)
        assert theory.hoax_equilibrium(order, 0.5, 0.3, 0.1, 0.0).fact_checkers == pytest.approx(0, abs=1e-15)
        assert theory.hoax_course(order, 0.5, 0.3, 0.1, 0.1, (0, 0, 1), 5)[-1] == pytest.approx([0, 0, 1])


# --- opinions -------------------------------------------------------------------------------------------

W = [[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]]


def test_opinions_of_three():
    assert theory.degroot_limit(W, [1, 0, 0]) == pytest.approx([0.25] * 3, abs=1e-12)
    assert theory.degroot_influence(W) == pytest.approx([0.25, 0.5, 0.25], abs=1e-12)
    found = theory.friedkin_johnsen_limit(W, [0, 0.5, 1], [0.5, 0.8, 0.9])
    assert found == pytest.approx([0.122951, 0.368852, 0.483607], abs=0.5e-6)


@settings(max_examples=30)
@given(st.integers(2, 7), st.integers(0, 10**6))
def test_limits_are_what_iteration_reaches(n, seed):
    generator = np.random.default_rng(seed)
    weights = generator.random((n, n)) * (generator.random((n, n)) < 0.5) + 0.2 * np.eye(n)
    weights /= weights.sum(axis=1, keepdims=True)
    start, open_to = generator.normal(size=n), np.where(generator.random(n) < 0.5, 1.0, 0.7)
    for susceptibility in (np.ones(n), open_to):
        found = theory.friedkin_johnsen_limit(weights, start, susceptibility)
        assert found == pytest.approx(iterated(weights, start, susceptibility), abs=1e-7)
        assert start.min() - 1e-9 <= found.min() <= found.max() <= start.max() + 1e-9


def iterated(weights, start, susceptibility):
    """2^40 steps of people and of their first opinions, which stay as they are, by squaring."""
    n = len(start)
    step = np.block(
        [[susceptibility[:, None] * weights, np.diag(1 - susceptibility)], [np.zeros((n, n)), np.eye(n)]]
    )
    for _ in range(40):
        step = step @ step
        step /= step.sum(axis=1, keepdims=True)  # rounding would grow
    return (step @ np.concatenate([start, start]))[:n]


def test_groups_and_those_between():
    """Two who listen only to themselves, and one who listens to both."""
    weights = [[1, 0, 0], [0, 1, 0], [0.25, 0.25, 0.5]]
    assert theory.degroot_limit(weights, [0, 1, 9]) == pytest.approx([0, 1, 0.5], abs=1e-12)
    with pytest.raises(ParameterError, match="2 groups listen only to themselves"):
        theory.degroot_influence(weights)
    assert theory.degroot_influence([[1, 0], [1, 0]]) == pytest.approx([1, 0], abs=1e-12)
    assert theory.friedkin_johnsen_limit([[0, 1], [1, 0]], [0, 1], [0, 1]) == pytest.approx([0, 0])


def test_circles_have_no_limit():
    with pytest.raises(ParameterError, match="circles of 2 steps"):
        theory.degroot_limit([[0, 1], [1, 0]], [0, 1])
    with pytest.raises(ParameterError, match="circles of 3 steps"):
        theory.degroot_limit(np.roll(np.eye(3), 1, axis=1), [0, 1, 2])


# --- adoption and votes ---------------------------------------------------------------------------------


def test_bass():
    assert theory.bass_peak_time(0.03, 0.38) == pytest.approx(6.193, abs=0.5e-3)
    assert theory.bass_peak_share(0.03, 0.38) == pytest.approx(0.4605, abs=0.5e-4)
    assert theory.bass_peak_time(0.3, 0.1) == theory.bass_peak_share(0.3, 0.1) == 0.0
    assert theory.bass_peak_rate(0.3, 0.1) == 0.3
    assert theory.bass_share(0.0, 0.4, [0, 9]) == pytest.approx([0, 0])
    assert theory.bass_share(0.2, 0.0, [1.0]) == pytest.approx(1 - math.exp(-0.2))


@settings(max_examples=30)
@given(st.floats(0.001, 1.0), st.floats(0.0, 2.0))
def test_bass_curve_solves_its_equation(p, q):
    times = np.linspace(0, 40, 4001)
    curve = theory.bass_share(p, q, times)
    assert curve[0] == 0.0
    assert ((curve >= 0) & (curve <= 1)).all()
    slope = (p + q * curve) * (1 - curve)
    assert np.gradient(curve, times)[1:-1] == pytest.approx(slope[1:-1], abs=1e-3)
    peak = theory.bass_peak_time(p, q)
    assume(peak < 39)
    assert theory.bass_share(p, q, [peak])[0] == pytest.approx(theory.bass_peak_share(p, q), abs=1e-9)
    assert slope.max() == pytest.approx(theory.bass_peak_rate(p, q), abs=1e-4)


def test_voter_chances():
    star = SocialGraph.from_ties([0] * 4, [1, 2, 3, 4], 5, False)
    assert theory.voter_win_chance(star, [0]) == 0.5
    assert theory.voter_win_chance(star, np.array([False, True, True, False, False])) == 0.25
    assert theory.voter_win_chance([3, 3, 3, 3], [1, 1]) == 0.25
    assert theory.voter_win_chance(star, []) == 0.0


@given(st.integers(2, 12))
def test_voter_time_against_linear_equations(n):
    """Mean numbers of copyings T(m) = 1 + p(T(m + 1) + T(m − 1)) + (1 − 2p)T(m)."""
    m = np.arange(1, n)
    step = m * (n - m) / (n * (n - 1))
    system = np.diag(2 * step) - np.diag(step[:-1], 1) - np.diag(step[1:], -1)
    expected = np.linalg.solve(system, np.ones(n - 1)) / n
    found = [theory.voter_consensus_time(n, int(k)) for k in m]
    assert found == pytest.approx(expected, rel=1e-9)
    assert theory.voter_consensus_time(n, 0) == theory.voter_consensus_time(n, n) == 0.0


def test_voter_time_of_many():
    assert theory.voter_consensus_time_large(200, 0.5) == pytest.approx(200 * math.log(2))
    for x in (0.1, 0.5, 0.9):
        exact = theory.voter_consensus_time(20_000, int(20_000 * x))
        assert exact == pytest.approx(theory.voter_consensus_time_large(20_000, x), rel=1e-3)
    assert theory.voter_consensus_time_large(200, 0.0) == 0.0


# --- curves ---------------------------------------------------------------------------------------------

TIMES = np.linspace(0, 400, 81)


def test_curves_end_where_final_sizes_say():
    sir = theory.sir_curves(TIMES, 0.4, 0.2, 1e-4)
    assert sir["recovered"][-1] == pytest.approx(theory.sir_final_size_from(2.0, 1e-4), abs=1e-7)
    seir = theory.seir_curves(TIMES, 0.4, 0.5, 0.2, 1e-4)
    assert seir["recovered"][-1] == pytest.approx(theory.sir_final_size_from(2.0, 1e-4), abs=1e-6)
    sis = theory.sis_curves(TIMES, 0.4, 0.2, 0.01)
    assert sis["infectious"][-1] == pytest.approx(0.5, abs=1e-9)
    rumour = theory.maki_thompson_curves(TIMES, 1.0, 1e-9)
    assert rumour["ignorant"][-1] == pytest.approx(theory.rumour_ignorants(), abs=1e-6)
    forgotten = theory.nekovee_curves(TIMES, 10.0, 0.1, 0.1, 0.25, 1e-9)
    assert 1 - forgotten["ignorant"][-1] == pytest.approx(
        theory.nekovee_final_size(10, 0.1, 0.1, 0.25), abs=1e-6
    )


def test_sis_is_logistic():
    times = np.linspace(0, 30, 61)
    found = theory.sis_curves(times, 0.7, 0.2, 0.05)["infectious"]
    level, rate = 1 - 0.2 / 0.7, 0.5
    assert found == pytest.approx(level / (1 + (level / 0.05 - 1) * np.exp(-rate * times)), abs=1e-8)


@settings(max_examples=30)
@given(st.floats(0, 3), st.floats(0, 3), shares)
def test_curves_are_shares_that_sum_to_one(one, other, start):
    times = np.linspace(0, 20, 11)
    for curves in (
        theory.sir_curves(times, one, other, start),
        theory.sis_curves(times, one, other, start),
        theory.seir_curves(times, one, 0.5, other, start),
        theory.maki_thompson_curves(times, one, start),
        theory.nekovee_curves(times, 4.0, one, other, 0.1, start),
    ):
        parts = np.array([values for name, values in curves.items() if name != "time"])
        assert curves["time"] == pytest.approx(times)
        assert parts.sum(axis=0) == pytest.approx(np.ones(11), abs=1e-9)
        assert parts.min() > -1e-8


def test_a_curve_at_the_start_alone():
    assert theory.sir_curves([0.0, 0.0], 1.0, 1.0, 0.2)["infectious"] == pytest.approx([0.2, 0.2])


# --- mistakes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf, "x", None])
@pytest.mark.parametrize(
    "call",
    [
        lambda x: theory.hoax_threshold("exclusive", x, 0.1),
        lambda x: theory.hoax_threshold("exclusive", 0.1, x),
        lambda x: theory.hoax_equilibrium("exclusive", x, 0.3, 0.1, 0.1),
        lambda x: theory.hoax_course("exclusive", 0.5, 0.3, 0.1, 0.1, (x, 0, 1), 3),
        lambda x: theory.hoax_course("exclusive", 0.5, 0.3, 0.1, 0.1, START, x),
        lambda x: theory.degroot_limit([[x]], [1]), lambda x: theory.friedkin_johnsen_limit([[1]], [1], [x]),
        lambda x: theory.bass_share(x, 0.1, [1]), lambda x: theory.bass_share(0.1, 0.1, [x]),
        lambda x: theory.bass_peak_time(x, 0.1), lambda x: theory.bass_peak_share(0.1, x),
        lambda x: theory.voter_win_chance([x], [0]), lambda x: theory.voter_consensus_time(x, 1),
        lambda x: theory.voter_consensus_time(9, x), lambda x: theory.voter_consensus_time_large(9, x),
        lambda x: theory.sir_curves([x], 1, 1, 0.1), lambda x: theory.sis_curves([1], x, 1, 0.1),
        lambda x: theory.seir_curves([1], 1, x, 1, 0.1), lambda x: theory.nekovee_curves([1], 1, 1, 1, 1, x),
        lambda x: theory.maki_thompson_curves([1], x, 0.1),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(call, value):
    with pytest.raises(ParameterError) as error:
        call(value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: theory.hoax_threshold("synchron", 0.3, 0.1), "Did you mean 'synchronous'?"),
        (
            lambda: theory.hoax_equilibrium("exclusive", 0.5, 0.3, 0.6, 0.6),
            "forget \\+ verify must be at most 1",
        ),
        (lambda: theory.hoax_equilibrium("exclusive", 0.5, 0.3, 0.0, 0.0), "the long run hangs on the start"),
        (lambda: theory.hoax_equilibrium("exclusive", 0.5, 0.0, 0.1, 0.0), "the long run hangs on the start"),
        (lambda: theory.hoax_course("exclusive", 0.5, 0.3, 0.1, 0.1, (0.5, 0.6, 0), 3), "must sum to 1"),
        (lambda: theory.degroot_limit([[0.5, 0.4], [0, 1]], [0, 1]), "each row must sum to 1"),
        (lambda: theory.degroot_limit([[1.0]], [0, 1]), "start needs one number for each of 1 people"),
        (lambda: theory.degroot_limit([[0.5, 0.5]], [0, 1]), "weights must be a square matrix"),
        (lambda: theory.degroot_limit([], []), "each row of weights must be a row of one number or more"),
        (lambda: theory.bass_peak_time(0.0, 0.4), "innovation must be above 0"),
        (lambda: theory.bass_share(0.1, 0.4, []), "times must be a row of one number or more"),
        (lambda: theory.voter_win_chance([1, 1], [2]), "people are numbered 0 to 1."),
        (lambda: theory.voter_win_chance([0, 0], [1]), "nobody has a tie"),
        (
            lambda: theory.voter_win_chance(SocialGraph.from_ties([0], [1], 2, True), [0]),
            "the ties go one way",
        ),
        (lambda: theory.voter_consensus_time(3, 4), "holders must be at most the number of people"),
        (lambda: theory.sir_curves([2.0, 1.0], 1, 1, 0.1), "times must rise"),
    ],
)
def test_what_errors_say(call, sentence):
    with pytest.raises(ParameterError, match=sentence):
        call()
