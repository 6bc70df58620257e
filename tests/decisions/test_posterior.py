"""What is unknown about means: draws against Student's t, and values of information against closed forms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.stats import norm, t

from infodemic_sim.decisions.best import equals, expected_loss, probability_best
from infodemic_sim.decisions.front import on_front
from infodemic_sim.decisions.information import of_further_pairs
from infodemic_sim.decisions.posterior import draws_of_means
from infodemic_sim.study.paired import paired_statistics

MANY = 200_000
RANDOM = np.random.default_rng(7)
VALUES = RANDOM.normal([[0.3], [0.5], [0.2]], [[1.0], [0.1], [2.0]], (3, 6)) + RANDOM.normal(size=6)


def test_every_difference_has_the_interval_of_its_pairs():
    """Shares of draws below both ends, within four standard errors of a share of MANY draws."""
    drawn = draws_of_means(VALUES, seed=1, number=MANY)
    for weights in ([1, 0, 0], [-1, 1, 0], [1, -2, 3]):
        each = np.array(weights) @ VALUES
        found = paired_statistics(np.zeros((1, 6)), each[None])
        mine = np.array(weights) @ drawn
        for end, share in (("low", 0.025), ("high", 0.975)):
            error = math.sqrt(share * (1 - share) / MANY)
            assert abs(np.mean(mine < found[end][0]) - share) < 4 * error


def test_one_more_plan_changes_no_draw_of_another():
    alone = draws_of_means(VALUES[:1], seed=1)
    assert np.array_equal(alone[0], draws_of_means(VALUES, seed=1)[0])
    assert not np.array_equal(alone[0], draws_of_means(VALUES[:1], seed=2)[0])


def test_equal_plans_stay_equal():
    drawn = draws_of_means(np.stack([VALUES[0], VALUES[1], VALUES[0]]), seed=1)
    assert np.array_equal(drawn[0], drawn[2])


def test_probability_best_of_two_is_that_of_a_t():
    """P(mean of the difference > 0), within four standard errors."""
    difference = VALUES[1] - VALUES[0]
    expected = float(t.cdf(difference.mean() / (difference.std(ddof=1) / math.sqrt(6)), df=5))
    found = probability_best(draws_of_means(VALUES[:2], seed=1, number=MANY))
    assert abs(found[1] - expected) < 4 * math.sqrt(expected * (1 - expected) / MANY)
    assert found.sum() == pytest.approx(1.0)


def test_plans_that_are_equal_are_best_together():
    gains = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-12], [0.0, 2.0]])
    assert probability_best(gains).tolist() == [0.5, 0.5, 0.5]
    assert equals(gains).tolist() == [1, 1, 0]


def test_a_plan_is_no_less_sure_for_its_equals():
    """Also where an equal one costs more, so that it is no twin."""
    alone = probability_best(draws_of_means(VALUES[:2], seed=1))
    twice = np.stack([VALUES[0], VALUES[1], VALUES[1]])
    assert probability_best(draws_of_means(twice, seed=1)).tolist() == [*alone, alone[1]]
    assert equals(twice).tolist() == [0, 1, 1]


def test_expected_loss():
    assert expected_loss(np.array([[0.0, 4.0], [2.0, 0.0]])).tolist() == [1.0, 2.0]


def loss_of_t(mean: float, scale: float, freedom: int) -> float:
    """E max(0, X) - max(0, mean) for X = mean + scale · t: the linear loss of Raiffa and Schlaifer."""
    u = abs(mean) / scale
    tail = (freedom + u * u) / (freedom - 1) * t.pdf(u, freedom) - u * t.sf(u, freedom)
    return scale * tail


def test_the_linear_loss_itself():
    """With many degrees of freedom it is the normal's; E|t|/2 at 0."""
    assert loss_of_t(0.7, 2.0, 10**7) == pytest.approx(2 * (norm.pdf(0.35) - 0.35 * norm.sf(0.35)), rel=1e-6)
    assert loss_of_t(0.0, 1.0, 5) == pytest.approx(t.expect(abs, args=(5,)) / 2, rel=1e-6)


@pytest.mark.parametrize("further", [1, 6, 54, math.inf])
@pytest.mark.parametrize("mean", [0.0, 0.1, -0.4])
def test_value_of_more_pairs_is_the_closed_form(further, mean):
    """Of one plan against today, within four standard errors of the mean of the draws."""
    pairs = 6
    values = RANDOM.normal(size=pairs)
    values += mean - values.mean()
    share = 1.0 if math.isinf(further) else further / (pairs + further)
    scale = values.std(ddof=1) * math.sqrt(share / pairs)
    plans = np.stack([np.zeros(pairs), values])
    found = of_further_pairs(plans, further, seed=3, number=MANY)
    gained = np.maximum(0.0, draws_of_means(plans, seed=3, number=MANY, share=share)[1]) - max(0.0, mean)
    assert abs(found - loss_of_t(mean, scale, pairs - 1)) < 4 * gained.std() / math.sqrt(MANY)


def test_value_of_more_pairs_rises_to_that_of_knowing_all():
    found = [of_further_pairs(VALUES, further, seed=1) for further in (1, 6, 60, 6_000, math.inf)]
    assert all(0 < one <= other for one, other in itertools.pairwise(found))
    assert found[-2] == pytest.approx(found[-1], rel=1e-2)  # the scale differs by a factor of √(6000/6006)


def test_nothing_is_learnt_where_pairs_agree_or_are_too_few():
    assert of_further_pairs(np.array([[0.0] * 4, [1.0] * 4]), 10, seed=1) == 0.0
    assert math.isnan(of_further_pairs(VALUES[:, :2], 10, seed=1))


def test_the_front_of_known_points():
    points = np.array([[3.0, 0.0], [2.0, 2.0], [1.0, 1.0], [0.0, 3.0], [2.0, 2.0], [3.0, -1.0]])
    assert on_front(points[:, :, None])[:, 0].tolist() == [True, True, False, True, True, False]


def test_the_front_agrees_with_its_definition():
    """Against a plain loop over pairs of plans, on whole numbers with many ties."""
    gains = RANDOM.integers(0, 4, (9, 3, 40)).astype(float)
    found = on_front(gains)
    for draw in range(40):
        for plan in range(9):
            mine = gains[plan, :, draw]
            beaten = any(
                all(other >= mine) and any(other > mine) for other in (gains[q, :, draw] for q in range(9))
            )
            assert found[plan, draw] == (not beaten)


def test_rounding_decides_nothing():
    gains = np.array([[1.0, 0.1 + 0.2], [1.0, 0.3]])[:, :, None]
    assert on_front(gains).all()
