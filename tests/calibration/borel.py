"""A law whose answer is known: how many are reached in all by cascades with Poisson offspring."""

from __future__ import annotations

import math
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from infodemic_sim.calibration.ahead import here
from infodemic_sim.calibration.emulated import EmulatedGenerations
from infodemic_sim.calibration.evidence import with_errors
from infodemic_sim.calibration.generations import Method, Settings, Steps
from infodemic_sim.calibration.problem import Problem
from infodemic_sim.calibration.smc import Generations
from infodemic_sim.sweeps.ranges import Range

ROOTS, PATH = 20, "reproduction"
PRIOR = Range(low=0.05, high=0.9)
NOISE = 0.08
"""Standard error with which the number, or under "emulator" its average, is observed."""


def simulated(roots: int, point: dict[str, float], draw: int) -> np.ndarray:
    """1 - roots / size, which is the maximum-likelihood estimate of the reproduction number."""
    luck = np.random.default_rng(draw)
    size, fresh = roots, roots
    while fresh:
        fresh = int(luck.poisson(point[PATH] * fresh))
        size += fresh
    return np.array([1.0 - roots / size])


def log_likelihood(reproduction: np.ndarray, roots: int, size: np.ndarray) -> np.ndarray:
    """Of the Borel–Tanner law, but for what does not depend on the reproduction number."""
    return (size - roots) * np.log(reproduction) - reproduction * size


def problem(observed: float, error: float, roots: int = ROOTS) -> Problem:
    evidence = with_errors(["estimate"], [observed], [error])
    return Problem({PATH: PRIOR}, evidence, partial(simulated, roots))


def average(reproduction: np.ndarray) -> np.ndarray:
    """Of the number over all cascades: E[1 / size] = 1 / roots - reproduction / (roots + 1)."""
    return reproduction * ROOTS / (ROOTS + 1.0)


def generations(folder: Path, asked: Problem, settings: Settings) -> Steps:
    if settings.method == "emulator":
        return EmulatedGenerations(folder, asked, settings, here, lambda kept: None)
    return Generations(folder / "generations.db", asked, settings, here, lambda kept: None)


def inferred(folder: Path, asked: Problem, settings: Settings) -> pd.DataFrame:
    steps = generations(folder, asked, settings)
    while not steps.complete and steps.step():
        pass
    return steps.points(len(steps.finished()) - 1)


def exact(
    method: Method, observed: float, noise: float, roots: int = ROOTS, points: int = 4000
) -> tuple[np.ndarray, np.ndarray]:
    """Values of the reproduction number and the exact distribution function there; noise 0: seen exactly."""
    edges = np.linspace(PRIOR.low, PRIOR.high, points + 1)
    middle = (edges[1:] + edges[:-1]) / 2.0
    if method == "emulator":
        logs = -0.5 * ((observed - average(middle)) / noise) ** 2
    elif noise == 0.0:
        logs = log_likelihood(middle, roots, np.array(roots / (1.0 - observed)))
    else:
        logs = np.log(_noisy(middle, observed, noise, roots))
    density = np.exp(logs - logs.max())
    return edges[1:], np.cumsum(density) / density.sum()


def _noisy(reproduction: np.ndarray, observed: float, noise: float, roots: int) -> np.ndarray:
    """Density of an observation with normal error, over all sizes that can be."""
    size = np.arange(roots, 200 * roots)
    constant = (
        np.log(roots / size)
        + (size - roots) * np.log(size)
        - np.array([math.lgamma(s - roots + 1) for s in size])
    )
    error = -0.5 * ((observed - (1.0 - roots / size)) / noise) ** 2
    parts = [np.exp(log_likelihood(r, roots, size) + constant + error).sum() for r in reproduction]
    return np.array(parts)


class Made(NamedTuple):
    """A data set made from a value that the prior gave, and what was inferred from it.

    Parameters
    ----------
    truth : the value. values, weights : points inferred.
    mean, deviation : of the exact answer. place : share of the exact answer below the truth.
    """

    truth: float
    values: np.ndarray
    weights: np.ndarray
    mean: float
    deviation: float
    place: float

    @property
    def effective(self) -> float:
        return 1.0 / float((self.weights**2).sum())

    @property
    def surprise(self) -> float:
        """Distance of the means in standard errors of an independent sample as large as it is effectively."""
        return (float(self.weights @ self.values) - self.mean) / (self.deviation / math.sqrt(self.effective))

    def rank(self, luck: np.random.Generator, draws: int) -> int:
        """How many of some draws from what was inferred lie below the truth: any rank is as likely."""
        return int((luck.choice(self.values, draws, p=self.weights) < self.truth).sum())


def made(method: Method, seed: int, particles: int, generations: int) -> Made:
    luck = np.random.default_rng([seed, ["likelihood", "distance", "emulator"].index(method)])
    truth = float(luck.uniform(PRIOR.low, PRIOR.high))
    observed = float(simulated(ROOTS, {PATH: truth}, int(luck.integers(2**62)))[0])
    if method == "emulator":
        observed = float(average(np.array(truth)))
    observed += NOISE * float(luck.standard_normal())
    settings = Settings(method, particles, generations, least_acceptance=0.001, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        points = inferred(Path(folder), problem(observed, NOISE), settings)
    values, below = exact(method, observed, NOISE)
    chances = np.diff(below, prepend=0.0)
    mean = float(chances @ values)
    deviation = math.sqrt(float(chances @ (values - mean) ** 2))
    place = float(np.interp(truth, values, below))
    return Made(truth, points[PATH].to_numpy(), points["weight"].to_numpy(), mean, deviation, place)
