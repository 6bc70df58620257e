"""What pyABC is handed: a problem as its model and its distances, and a temperature."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyabc
from pyabc.epsilon.temperature import TemperatureBase
from pyabc.storage import history as pyabc_history

from infodemic_sim.calibration.problem import FAR, Problem


class Simulated(pyabc.Model):
    """The problem's simulation as pyABC calls it; the run's draws come from those of its candidate.

    Parameters
    ----------
    errors : whether the evidence's errors are drawn, too, for ``Misfit``.
    """

    def __init__(self, problem: Problem, names: list[str], errors: bool) -> None:
        super().__init__("model")
        self.problem, self.shares, self.errors = problem, names, errors

    def sample(self, pars: Any) -> dict[str, np.ndarray]:
        shares = np.array([pars[name] for name in self.shares])
        draw = int(np.random.randint(0, 2**63, dtype=np.uint64))  # noqa: NPY002
        drawn = {"error": self._error()} if self.errors else {}  # before a run, which may draw here as well
        numbers = np.asarray(self.problem.simulate(self.problem.point(shares), draw), dtype=float)
        return {"numbers": numbers, **drawn}

    def _error(self) -> np.ndarray:
        return self.problem.error(np.random.standard_normal(len(self.problem.observed.names)))  # noqa: NPY002


class Misfit(pyabc.Distance):
    """How far what would be seen of a run, errors and all, lies from what was observed, in standard errors.

    Errors that only scaled the distance would count for nothing once it is small [Wilkinson2013].
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem

    def __call__(self, x: Any, x_0: Any, t: int | None = None, par: Any = None) -> float:
        return math.sqrt(self.problem.misfit(x["numbers"] + x["error"]))


class LogLikelihood(pyabc.StochasticKernel):
    """Logarithm of the normal density of what was observed about what was simulated, less its maximum."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(ret_scale="SCALE_LOG", pdf_max=0.0)
        self.problem = problem

    def __call__(self, x: Any, x_0: Any, t: int | None = None, par: Any = None) -> float:
        return -0.5 * min(self.problem.misfit(x["numbers"]), FAR)


class FixedTemperature(TemperatureBase):
    """The temperature of one generation."""

    def __init__(self, temperature: float) -> None:
        self.temperature = temperature

    def __call__(self, t: int) -> float:
        return self.temperature


@contextmanager
def without_git() -> Iterator[None]:
    """Nobody asks git in which folder of whose code this runs: results know their version themselves."""
    before = pyabc_history.git_hash
    pyabc_history.git_hash = lambda: ""
    try:
        yield
    finally:
        pyabc_history.git_hash = before
