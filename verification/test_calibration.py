"""Calibrations held to answers that are known: ranks, and coverage (Talts et al. 2018).

A value is drawn from the prior and data are made from it. Among draws from what is inferred of them, any rank
of the value is then as likely as any other.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.calibration.borel import made

SETS, DRAWS = 200, 19
"""Data sets that are made, and draws of each: ten sets for each of the twenty ranks."""


@pytest.mark.parametrize(("method", "generations"), [("likelihood", 4), ("distance", 6)])
def test_ranks_of_what_made_the_data_are_uniform(target, method, generations):
    sets = [made(method, seed, particles=100, generations=generations) for seed in range(SETS)]
    luck = np.random.default_rng(1)
    counts = np.bincount([one.rank(luck, DRAWS) for one in sets], minlength=DRAWS + 1)
    uneven = float(((counts - SETS / (DRAWS + 1)) ** 2).sum() / (SETS / (DRAWS + 1)))
    limit = float(stats.chi2.ppf(0.999, DRAWS))
    name = f"Borel cascades, calibrated by {method}"
    target("A10", f"{name}, {SETS} made data sets: chi-square of ranks", DRAWS, uneven, limit - DRAWS)
    places = stats.kstest([one.place for one in sets], "uniform").pvalue
    target.holds("A10", f"{name}: exact answers, which must pass too", places > 0.001, f"p = {places:.2g}")
    inside = sum(0.05 < below(one) < 0.95 for one in sets)
    margin = 3.29 * np.sqrt(SETS * 0.9 * 0.1)
    target("A10", f"{name}: 90 % intervals that hold the value", 0.9 * SETS, inside, margin)


def below(one) -> float:
    """Share of what was inferred that lies below what made the data."""
    return float(one.weights[one.values < one.truth].sum())
