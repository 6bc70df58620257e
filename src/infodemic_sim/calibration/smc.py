"""Generations of the sequential Monte Carlo of pyABC [Schalte2022], each from its database.

Every generation starts from the database alone, as if the one before had been run by somebody else: so a
calibration that was stopped goes on with the same bits. Generation 0 is drawn from before the evidence. The
database holds numbers, texts and arrays in numpy's own format without pickles.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyabc
from pyabc.epsilon.temperature import match_acceptance_rate

from infodemic_sim.calibration.ahead import InOrder
from infodemic_sim.calibration.for_pyabc import (
    FixedTemperature,
    LogLikelihood,
    Misfit,
    Simulated,
    without_git,
)
from infodemic_sim.calibration.generations import Progress, Settings
from infodemic_sim.calibration.problem import Problem
from infodemic_sim.calibration.sampler import AddressedSampler
from infodemic_sim.errors import ParameterError

logging.getLogger("ABC").setLevel(logging.WARNING)

KEPT, ACCEPTED, SPREAD = 0.5, 0.3, 2.0
"""Share of a generation that the next distance would keep; share of runs that the next temperature would."""


class Generations:
    """The generations of one problem in one database file.

    Parameters
    ----------
    in_order : runs candidates, here or in workers.
    told : called with the number of points kept so far, those of earlier generations included.
    """

    def __init__(
        self,
        file: Path,
        problem: Problem,
        settings: Settings,
        in_order: InOrder,
        told: Callable[[int], None],
    ) -> None:
        self.database = f"sqlite:///{file}"
        self.file, self.problem, self.settings = file, problem, settings
        self.sampler = AddressedSampler(settings.seed, in_order, told)
        self.names = [f"share_{k}" for k in range(len(problem.priors))]
        self._done: list[Progress] = []
        self._kept: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def finished(self) -> list[Progress]:
        """What is done, generation by generation."""
        if not self._done and self.file.exists():
            self._done = self._read()
        return self._done

    def _read(self) -> list[Progress]:
        table = self._history().get_all_populations()
        rows = table[table["t"] >= 0].to_dict("records")
        return [
            Progress(int(row["t"]), float(row["epsilon"]), int(row["samples"]), self._worth(int(row["t"])))
            for row in rows
        ]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do: all generations are there, or the temperature has reached 1."""
        done = self.finished()
        cold = self.settings.method == "likelihood" and bool(done) and done[-1].threshold <= 1.0
        return cold or len(done) >= self.settings.generations

    def step(self) -> bool:
        """The next generation; False if it was given up, as too few runs would have been kept."""
        with without_git():
            done = self.finished()
            self.sampler.before = len(done) * self.settings.particles
            solver = pyabc.ABCSMC(
                Simulated(self.problem, self.names, errors=self.settings.method == "distance"),
                pyabc.Distribution(**{name: pyabc.RV("uniform", 0.0, 1.0) for name in self.names}),
                self._distance(),
                population_size=self.settings.particles,
                eps=self._threshold(done),
                acceptor=self._acceptor(),
                sampler=self.sampler,
                transitions=pyabc.MultivariateNormalTransition(scaling=SPREAD),
            )
            if done:
                solver.load(self.database, abc_id=self._history().id)  # an earlier one may have been killed
            else:
                solver.new(self.database, {"numbers": self.problem.observed.values})
            with _nothing_near():
                solver.run(max_nr_populations=1, min_acceptance_rate=self.settings.least_acceptance)
        self._done = self._read()
        return len(self._done) > len(done)

    def points(self, generation: int) -> pd.DataFrame:
        """The points of a generation: shares, weight, misfit and the numbers of each run."""
        particles = self._history().get_population(t=generation).particles
        shares = np.array([[one.parameter[name] for name in self.names] for one in particles])
        values = pd.DataFrame([self.problem.point(row) for row in shares])
        weights = np.array([one.weight for one in particles])
        numbers = np.array([one.sum_stat["numbers"] for one in particles])
        values["weight"] = weights / weights.sum()
        values["misfit"] = [self.problem.misfit(row) for row in numbers]
        return values.join(pd.DataFrame(numbers, columns=list(self.problem.observed.names)))

    def _history(self) -> Any:
        """pyABC's record of what is done, which is only read."""
        return pyabc.History(self.database, create=False)

    def _distance(self) -> Any:
        if self.settings.method == "distance":
            return Misfit(self.problem)
        return LogLikelihood(self.problem)

    def _acceptor(self) -> Any:
        if self.settings.method == "distance":
            return pyabc.UniformAcceptor()
        best = self._best()
        return pyabc.StochasticAcceptor(pdf_norm_method=lambda **_: best)

    def _threshold(self, done: list[Progress]) -> Any:
        if self.settings.method == "distance":
            return pyabc.QuantileEpsilon(alpha=KEPT) if done else pyabc.ConstantEpsilon(math.inf)
        return FixedTemperature(self._temperature(done))

    def _temperature(self, done: list[Progress]) -> float:
        """As the last generation would be kept in part, but in time for 1 at the end [Schalte2020]."""
        if not done:
            return math.inf
        left = self.settings.generations - len(done)
        if left == 1:
            return 1.0
        densities, weights = self._of(done[-1].generation)
        wanted = float(match_acceptance_rate(weights, densities, self._best(), "SCALE_LOG", ACCEPTED))
        before = done[-1].threshold
        even = before ** ((left - 1) / left) if math.isfinite(before) else math.inf
        return max(1.0, min(wanted, even))

    def _best(self) -> float:
        """Logarithm of the largest density so far; that of nothing done is of no account."""
        return max((float(self._of(row.generation)[0].max()) for row in self.finished()), default=0.0)

    def _of(self, generation: int) -> tuple[np.ndarray, np.ndarray]:
        """Distances, or logarithms of densities, of points kept, and their weights."""
        if generation not in self._kept:
            table = self._history().get_weighted_distances(generation)
            self._kept[generation] = table["distance"].to_numpy(), table["w"].to_numpy()
        return self._kept[generation]

    def _worth(self, generation: int) -> float:
        weights = self._of(generation)[1]
        return float(weights.sum() ** 2 / (weights**2).sum())


@contextmanager
def _nothing_near() -> Iterator[None]:
    """pyABC's assertion that some weight is above zero, in words."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            yield
    except AssertionError as error:
        if "normalized" not in str(error):
            raise
        raise ParameterError(
            "calibrate: no run comes anywhere near the evidence: look at the numbers that were observed and "
            "at their errors, or widen the ranges of the parameters."
        ) from None
