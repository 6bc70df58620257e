"""A calibration in numbers alone, for whatever is simulated: a scenario, or a law whose answer is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from infodemic_sim.calibration.evidence import Observed
from infodemic_sim.errors import ParameterError
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.ranges import Range

FAR, FARTHEST = 1e300, 1e100
"""Misfit of a run that gives no number where one was observed, farther than any that does; and a gap of which
the square is a number still."""


class Problem:
    """Ranges of parameters, observed numbers, and a function that simulates them.

    Parameters
    ----------
    priors : range of each parameter, by path. observed : the numbers.
    simulate : from a point and a whole number that fixes every draw to float64[k].
    whole : paths whose values are whole numbers.
    """

    def __init__(
        self,
        priors: Mapping[str, Range],
        observed: Observed,
        simulate: Callable[[Point, int], np.ndarray],
        whole: frozenset[str] = frozenset(),
    ) -> None:
        self.priors, self.observed, self.simulate, self.whole = dict(priors), observed, simulate, whole

    def point(self, shares: np.ndarray) -> Point:
        """Values at shares of the way along each range, float64[parameters]."""
        values = {}
        for (path, known), share in zip(self.priors.items(), shares, strict=True):
            whole = path in self.whole
            at = np.asarray(share)
            values[path] = int(known.whole_at(at)) if whole else float(known.at(at))
        return values

    def misfit(self, simulated: np.ndarray) -> float:
        """Squared distance from what was observed, in standard errors, correlations accounted for."""
        used = self.observed.fitted
        gap = simulated[used] - self.observed.values[used]
        if not np.isfinite(gap).all():
            return FAR
        with np.errstate(over="ignore"):
            return min(float(gap @ self._precision @ gap), FAR)

    def log_likelihood(self, means: np.ndarray, variances: np.ndarray) -> np.ndarray:
        """Of what was observed about averages of runs not quite known, but for a constant; float64[m].

        Parameters
        ----------
        means, variances : of the averages, float64[m, k]; a normal law holds for their errors, too.
        """
        used = self.observed.fitted
        gap = np.clip(self.observed.values - means, -FARTHEST, FARTHEST)[:, used, None]
        errors = self.observed.covariance[np.ix_(used, used)]
        both = errors + variances[:, used, None] * np.eye(int(np.count_nonzero(used)))
        squared = (gap * np.linalg.solve(both, gap)).sum(axis=(1, 2))
        return np.asarray(-0.5 * (squared + np.linalg.slogdet(both).logabsdet))

    def error(self, luck: np.ndarray) -> np.ndarray:
        """Errors of the evidence, correlated as it says, from standard normal draws; float64[k]."""
        return np.asarray(self._root @ luck)

    @cached_property
    def _root(self) -> np.ndarray:
        return np.linalg.cholesky(self.observed.covariance)

    @cached_property
    def _precision(self) -> np.ndarray:
        used = self.observed.fitted
        return np.asarray(np.linalg.inv(self.observed.covariance[np.ix_(used, used)]))


def check(observed: Observed) -> None:
    """Refuse evidence from which nothing can be inferred.

    Raises
    ------
    ParameterError
        If nothing is left to infer from, a number is not finite, or an error is not above 0.
    """
    if len({name.lower() for name in observed.names}) < len(observed.names):
        raise ParameterError("names of the evidence that differ in case alone are one in its files: rename.")
    if not observed.fitted.any():
        raise ParameterError("the evidence has no number that parameters may be inferred from: name one.")
    for name, value, error in zip(observed.names, observed.values, observed.errors, strict=True):
        if not (np.isfinite(value) and np.isfinite(error) and error > 0.0):
            raise ParameterError(f"evidence '{name}' must have a standard error above 0, but has {error:g}.")
    if np.linalg.eigvalsh(observed.covariance).min() <= 0.0:
        raise ParameterError("the errors of the evidence say the same thing twice: leave out a number.")
