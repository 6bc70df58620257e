"""A calibration to numbers that hang on parameters linearly, and are seen with large errors."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest

from infodemic_sim.calibration.ahead import here, in_order
from infodemic_sim.calibration.evidence import Observed, with_errors
from infodemic_sim.calibration.generations import Progress, Settings
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.problem import Problem
from infodemic_sim.calibration.smc import Generations
from infodemic_sim.sweeps.ranges import Range

LAW = np.array([[2.0, 1.0], [1.0, -1.0]])
SEEN = with_errors(["x", "y"], [1.1, 0.2], [0.15, 0.15])
CHANCE = 0.05
"""Standard deviation of a run's own chance, where it has any."""
DEPENDENCE = 2.2
"""Error of what points say beside that of as many independent ones, which they are not; see decision 15."""


def run(chance, point, draw):
    own = chance * np.random.default_rng(draw).standard_normal(2)
    return LAW @ np.array([point["a"], point["b"]]) + own


def problem(chance=0.0, seen=SEEN):
    priors = {name: Range(low=0.0, high=1.0) for name in "ab"}
    return Problem(priors, seen, partial(run, chance))


def narrowed(folder, method, generations, chance=0.0, work=here):
    folder.mkdir(exist_ok=True)
    settings = Settings(method, 100, generations, 0.001, 1)
    steps = Generations(folder / "generations.db", problem(chance), settings, work, lambda kept: None)
    while not steps.complete and steps.step():
        pass
    return steps.points(len(steps.finished()) - 1), steps.finished()[-1]


def exact(chance, threshold):
    """Mean and deviation by sums over a grid; what lies within a distance of so much counts as an error."""
    middle = (np.arange(400) + 0.5) / 400
    points = np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
    variance = SEEN.errors[0] ** 2 * (1.0 + threshold**2 / 4.0) + chance**2  # of a disc: its square over 4
    weights = np.exp(-0.5 * ((points @ LAW.T - SEEN.values) ** 2).sum(axis=1) / variance)
    weights /= weights.sum()
    mean = weights @ points
    return mean, np.sqrt(weights @ (points - mean) ** 2)


@pytest.mark.parametrize(
    ("method", "generations", "chance"),
    [("likelihood", 4, CHANCE), ("distance", 7, 0.0), ("distance", 6, CHANCE)],
)
def test_what_is_known_is_as_wide_as_the_errors_leave_it(tmp_path, method, generations, chance):
    points, last = narrowed(tmp_path, method, generations, chance)
    mean, deviation = exact(chance, last.threshold if method == "distance" else 0.0)
    weights, values = points["weight"].to_numpy(), points[["a", "b"]].to_numpy()
    ours = weights @ values
    spread = np.sqrt(weights @ (values - ours) ** 2)
    assert np.all(np.abs(ours - mean) < 3.0 * DEPENDENCE * deviation / np.sqrt(last.effective))
    assert np.all(np.abs(spread / deviation - 1.0) < 3.0 * DEPENDENCE / np.sqrt(2.0 * last.effective))


def test_numbers_and_misfits_of_points_are_those_of_their_runs(tmp_path):
    points, last = narrowed(tmp_path, "distance", 3)
    numbers = points[["a", "b"]].to_numpy() @ LAW.T
    assert points[["x", "y"]].to_numpy() == pytest.approx(numbers)
    assert points["misfit"].to_numpy() == pytest.approx((((numbers - SEEN.values) / 0.15) ** 2).sum(axis=1))
    assert points["misfit"].max() > last.threshold**2  # what came close was the run with an error drawn


def test_errors_drawn_are_the_same_for_workers(tmp_path):
    alone, _ = narrowed(tmp_path / "alone", "distance", 2, CHANCE)
    with in_order(2) as work:
        together, _ = narrowed(tmp_path / "together", "distance", 2, CHANCE, work)
    assert together.equals(alone)


def test_errors_are_drawn_as_correlated_as_they_are():
    covariance = np.array([[0.04, 0.03], [0.03, 0.09]])
    seen: Observed = SEEN._replace(covariance=covariance)
    luck = np.random.default_rng(1).standard_normal((20_000, 2))
    drawn = np.array([problem(seen=seen).error(each) for each in luck])
    variances = np.diag(covariance)
    error = np.sqrt((np.outer(variances, variances) + covariance**2) / len(luck))
    assert np.all(np.abs(np.cov(drawn, rowvar=False) - covariance) < 4.0 * error)


@pytest.mark.parametrize(
    ("threshold", "generations", "said"),
    [
        (0.3, 2, ""),
        (
            2.0,
            2,
            "Stopped at a distance of 2: errors of the evidence count as if they were 1.4 times as large",
        ),
        (0.3, 3, "Stopped at a distance of 0.3, as too few runs came closer: "),
    ],
)
def test_how_much_wider_points_are_for_their_distance_is_told(threshold, generations, said):
    progress = pd.DataFrame([Progress(0, np.inf, 10, 10.0), Progress(1, threshold, 20, 9.0)])
    none = pd.DataFrame({"misfit": [1.0]})
    question = {"method": "distance", "parameters": {}, "seed": 1, "generations": generations}
    told = Posterior(question, SEEN, none, none, progress, none).unfinished
    assert told.startswith(said)
    assert bool(told) == bool(said)
