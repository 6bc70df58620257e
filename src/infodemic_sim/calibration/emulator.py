"""An emulator: what runs give on average at any point, learnt from those there are [Andrianakis2015]."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

from infodemic_sim.errors import ParameterError

FEWEST = 5
"""Runs with a number, at least, from which its average is learnt."""
NEAREST, FARTHEST = 0.05, 50.0
"""Lengths, as shares of a parameter's range, over which a number may change."""


class Emulator:
    """Averages of numbers over all points, and how sure they are: a Gaussian process for each number.

    The chance of single runs is part of what is learnt, and left out of what is told.

    Parameters
    ----------
    shares : of the way along each range, float64[m, d]. numbers : what a run gave there, float64[m, k].
    names : of the k numbers.

    Raises
    ------
    ParameterError
        If hardly any run gave one of the numbers.
    """

    def __init__(self, shares: np.ndarray, numbers: np.ndarray, names: tuple[str, ...]) -> None:
        self.parts = [_Part(shares, column, name) for column, name in zip(numbers.T, names, strict=True)]

    def at(self, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Averages at some points, float64[m, k], and the variances of their errors, float64[m, k]."""
        means, variances = zip(*(part.at(shares) for part in self.parts), strict=True)
        return np.column_stack(means), np.column_stack(variances)


class _Part:
    """One number."""

    def __init__(self, shares: np.ndarray, values: np.ndarray, name: str) -> None:
        given = np.isfinite(values)
        if np.count_nonzero(given) < FEWEST:
            raise ParameterError(
                f"calibrate: of {values.size} runs {np.count_nonzero(given)} gave '{name}': give more "
                "particles, or change the scenario."
            )
        self.middle, self.scale = float(values[given].mean()), float(values[given].std()) or 1.0
        lengths = np.ones(shares.shape[1])
        kernel = ConstantKernel(1.0, (1e-3, 1e4)) * RBF(lengths, (NEAREST, FARTHEST)) + WhiteKernel(0.1)
        process = GaussianProcessRegressor(kernel)
        with warnings.catch_warnings():  # that a length is at an end of what it may be
            warnings.simplefilter("ignore", ConvergenceWarning)
            process.fit(shares[given], (values[given] - self.middle) / self.scale)
        self.signal, self.learnt_at = process.kernel_.k1, process.X_train_
        self.weights = process.alpha_
        self.narrows = np.linalg.inv(process.L_).T

    def at(self, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Its averages and variances: as the process predicts, with less ado for each of many calls."""
        alike = self.signal(shares, self.learnt_at)
        left = self.signal.diag(shares) - ((alike @ self.narrows) ** 2).sum(axis=1)
        return self.middle + self.scale * (alike @ self.weights), self.scale**2 * np.maximum(left, 0.0)
