"""Calibrations held to answers that are known: ranks, and coverage (Talts et al. 2018).

A value is drawn from the prior and data are made from it. Among draws from what is inferred of them, any rank
of the value is then as likely as any other.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from infodemic_sim.calibration.bundled import BUNDLED
from infodemic_sim.calibration.cascade_sizes import CascadeSizes
from infodemic_sim.calibration.evidence import Observed
from infodemic_sim.calibration.generations import Settings
from infodemic_sim.calibration.running import calibrate
from tests.calibration.borel import inferred, made
from tests.calibration.small import SMALL

SETS, DRAWS = 200, 19
"""Data sets that are made, and draws of each: ten sets for each of the twenty ranks."""


@pytest.mark.parametrize(
    ("method", "particles", "generations"),
    [("likelihood", 100, 4), ("distance", 100, 6), ("emulator", 50, 3)],
)
def test_ranks_of_what_made_the_data_are_uniform(target, method, particles, generations):
    sets = [made(method, seed, particles, generations) for seed in range(SETS)]
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


PREDICTIONS = 120
"""As in ``experiments/calibration_cascades``, so that its numbers are these, to the last bit."""


def test_cascades_of_fake_and_real_news_as_calibrated(target, shared_data, tmp_path):
    """Means of new runs at points drawn from what is known, against the bands of drawing articles."""
    evidence = CascadeSizes(folder=str(shared_data / "cascades" / "politifact"))
    question = BUNDLED["cascades"](1).but(evidence=evidence)
    check = calibrate(question, tmp_path, workers=2, predictions=PREDICTIONS).check()
    for row in check.to_dict("records"):
        band = f"{row['observed_low']:.4g} to {row['observed_high']:.4g}"
        target.holds("C3", f"{row['number']}, calibrated, in {band}", row["inside"], f"{row['ours']:.4g}")
        if row["number"].endswith("size 2 or more"):
            never = f"{1.0 - row['observed_high']:.4g} to {1.0 - row['observed_low']:.4g}"
            label = f"{row['number'].partition(':')[0]}: never reshared, calibrated, in {never}"
            target.holds("C3", label, row["inside"], f"{1.0 - row['ours']:.4g}")


COVERED, POINTS = 20, 60
"""Data sets that are made by the model itself, and points of each calibration."""


def test_intervals_of_the_model_hold_what_made_the_data(target, tmp_path):
    """Two trials, two parameters: values from the prior, effects of runs there, and errors as published."""
    seen = SMALL.evidence.observed()
    places = np.array([_covered(tmp_path / str(seed), seen, seed) for seed in range(COVERED)])
    least = int(stats.binom.ppf(0.001, COVERED, 0.9))
    for path, place in zip(SMALL.parameters, places.T, strict=True):
        inside = int(((place > 0.05) & (place < 0.95)).sum())
        target.holds(
            "D1" if "claim" in path else "D4",
            f"{path}: 90 % intervals that hold it, in {COVERED} made data sets (at least {least})",
            inside >= least,
            f"{inside} of {COVERED}",
        )


def _covered(folder: Path, seen: Observed, seed: int) -> list[float]:
    """Share of what is inferred below each value that made the data."""
    luck = np.random.default_rng([7, seed])
    question = SMALL.but(particles=POINTS, generations=6, seed=seed)
    shares = luck.uniform(size=len(question.parameters))
    blank = question.problem(seen)
    truth = blank.point(shares)
    values = blank.simulate(truth, int(luck.integers(2**62))) + seen.errors * luck.standard_normal(
        seen.values.size
    )
    folder.mkdir()
    settings = Settings(question.method, POINTS, question.generations, question.least_acceptance, seed)
    points = inferred(folder, question.problem(seen._replace(values=values)), settings)
    weights = points["weight"].to_numpy()
    return [float(weights[points[path].to_numpy() < value].sum()) for path, value in truth.items()]
