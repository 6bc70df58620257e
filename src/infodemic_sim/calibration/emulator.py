"""An emulator: what runs give on average at any point, learnt from those there are [Andrianakis2015]."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

from infodemic_sim.calibration.evidence import Observed
from infodemic_sim.calibration.generations import FEWEST_EMULATED
from infodemic_sim.errors import ParameterError

NEAREST, FARTHEST = 0.05, 50.0
"""Lengths, as shares of a parameter's range, over which a number may change."""


class Emulator:
    """Averages of numbers over all points, and how sure they are: a Gaussian process for each number.

    The chance of single runs, which is taken to be of one size everywhere, is part of what is learnt, and
    left out of what is told. Runs without a number tell nothing of it.

    Parameters
    ----------
    shares : of the way along each range, float64[m, d]. numbers : what a run gave there, float64[m, k].
    seen : names of the k numbers, and which of them there must be.

    Raises
    ------
    ParameterError
        If hardly any run gave one of those that there must be; of others nothing is known then.
    """

    def __init__(self, shares: np.ndarray, numbers: np.ndarray, seen: Observed) -> None:
        given = np.isfinite(numbers)
        enough = given.sum(axis=0) >= FEWEST_EMULATED * shares.shape[1]
        for k in np.flatnonzero(seen.fitted & ~enough)[:1]:
            raise ParameterError(
                f"calibrate: of {len(numbers)} runs {given[:, k].sum()} gave '{seen.names[k]}': give more "
                "particles, or change the scenario."
            )
        columns = zip(numbers.T, given.T, enough, strict=True)
        self.parts = [
            _Part(shares[there], column[there]) if any_ else None for column, there, any_ in columns
        ]

    def at(self, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Averages at some points, float64[m, k], and the variances of their errors, float64[m, k]."""
        unknown = np.full(len(shares), np.nan)
        found = (part.at(shares) if part else (unknown, unknown) for part in self.parts)
        means, variances = zip(*found, strict=True)
        return np.column_stack(means), np.column_stack(variances)


class _Part:
    """One number, from the runs that gave it."""

    def __init__(self, shares: np.ndarray, values: np.ndarray) -> None:
        self.middle, self.scale = float(values.mean()), float(values.std()) or 1.0
        lengths = np.ones(shares.shape[1])
        kernel = ConstantKernel(1.0, (1e-3, 1e4)) * RBF(lengths, (NEAREST, FARTHEST)) + WhiteKernel(0.1)
        process = GaussianProcessRegressor(kernel)
        with warnings.catch_warnings():  # that a length is at an end of what it may be
            warnings.simplefilter("ignore", ConvergenceWarning)
            process.fit(shares, (values - self.middle) / self.scale)
        self.signal, self.learnt_at = process.kernel_.k1, process.X_train_
        self.weights = process.alpha_
        self.narrows = np.linalg.inv(process.L_).T

    def at(self, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Its averages and variances: as the process predicts, with less ado for each of many calls."""
        alike = self.signal(shares, self.learnt_at)
        left = self.signal.diag(shares) - ((alike @ self.narrows) ** 2).sum(axis=1)
        return self.middle + self.scale * (alike @ self.weights), self.scale**2 * np.maximum(left, 0.0)
