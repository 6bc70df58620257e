"""A calibration of a law whose answer is known; ranks over 200 data sets are in ``verification``."""

import pytest
from scipy import stats

from tests.calibration.borel import made

SETS = 3


@pytest.mark.parametrize(("method", "generations"), [("likelihood", 4), ("distance", 4), ("emulator", 2)])
def test_the_exact_answer_comes_out(method, generations):
    sets = [made(method, seed, particles=50, generations=generations) for seed in range(SETS)]
    # errors of points that share ancestors exceed those of as many independent ones, here less than twice
    assert sum((one.surprise / 2.0) ** 2 for one in sets) < stats.chi2.ppf(0.999, SETS)
    assert all(0.5 < spread(one) / one.deviation < 1.6 for one in sets)


def spread(one):
    mean = one.weights @ one.values
    return (one.weights @ (one.values - mean) ** 2) ** 0.5
