"""Generations of a calibration in which an emulator stands in for the average of many runs.

The first generation fills the ranges evenly; each further one is run where the emulator of all runs before it
says that the evidence may lie. What is known in the end is what the emulator of all runs says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from infodemic_sim.calibration.ahead import InOrder
from infodemic_sim.calibration.emulator import Emulator
from infodemic_sim.calibration.ensemble import drawn, evenly
from infodemic_sim.calibration.generations import Progress, Settings
from infodemic_sim.calibration.problem import Problem
from infodemic_sim.errors import ResultFileError
from infodemic_sim.randomness import Purpose, address
from infodemic_sim.study.store import write_parquet
from infodemic_sim.study.written import read_parquet


class EmulatedGenerations:
    """The generations of one problem, each in a file of its own.

    Parameters
    ----------
    folder : where the files are. in_order : makes runs, here or in workers.
    told : called with the number of runs so far, those of earlier generations included.
    """

    def __init__(
        self,
        folder: Path,
        problem: Problem,
        settings: Settings,
        in_order: InOrder,
        told: Callable[[int], None],
    ) -> None:
        self.folder, self.problem, self.settings = folder, problem, settings
        self.in_order, self.told = in_order, told
        self.names = [f"share_{k}" for k in range(len(problem.priors))]
        self._columns = [*self.names, *problem.observed.names]
        self._runs = list(self._read())

    def finished(self) -> list[Progress]:
        """What is done, generation by generation; half of its runs came as close as its threshold."""
        return [
            Progress(number, float(np.median(self._distances(numbers))), len(numbers), float(len(numbers)))
            for number, (_, numbers) in enumerate(self._runs)
        ]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return len(self._runs) >= self.settings.generations

    def step(self) -> bool:
        """The runs of the next generation."""
        generation, before = len(self._runs), len(self._runs) * self.settings.particles
        shares = self._first() if generation == 0 else self._likely(generation - 1)[0]
        task = partial(_run, self.problem, shares, self.settings.seed, generation)
        rows = []
        for row in self.in_order(task, iter(range(len(shares)))):
            rows.append(row)
            self.told(before + len(rows))
        self._write(generation, shares, np.array(rows))
        return True

    def points(self, generation: int) -> pd.DataFrame:
        """What is known after a generation, as the emulator says; after the first, what was before it."""
        if generation == 0:
            shares, numbers = self._runs[0]
        else:
            shares, numbers = self._likely(generation)
        values = pd.DataFrame([self.problem.point(row) for row in shares])
        values["weight"] = 1.0 / len(values)
        values["misfit"] = self._distances(numbers) ** 2
        return values.join(pd.DataFrame(numbers, columns=list(self.problem.observed.names)))

    def _first(self) -> np.ndarray:
        word = int(address(self.settings.seed, 0, Purpose.CALIBRATE, 0))
        return evenly(self.settings.particles, len(self.names), word)

    def _likely(self, last: int) -> tuple[np.ndarray, np.ndarray]:
        """Points as likely as the runs up to a generation say, and the average of runs there."""
        shares = np.concatenate([some for some, _ in self._runs[: last + 1]])
        numbers = np.concatenate([some for _, some in self._runs[: last + 1]])
        with threadpool_limits(1):  # sums of several threads have other last bits
            return self._learnt(shares, numbers, last)

    def _learnt(self, shares: np.ndarray, numbers: np.ndarray, last: int) -> tuple[np.ndarray, np.ndarray]:
        emulator = Emulator(shares, numbers, self.problem.observed)
        word = int(address(self.settings.seed, 0, Purpose.CALIBRATE, last + 1))
        found = drawn(
            lambda points: self.problem.log_likelihood(*emulator.at(points)),
            len(self.names),
            self.settings.particles,
            word,
        )
        return found, emulator.at(found)[0]

    def _distances(self, numbers: np.ndarray) -> np.ndarray:
        return np.sqrt([self.problem.misfit(row) for row in numbers])

    def _file(self, generation: int) -> Path:
        return self.folder / f"generation-{generation}.parquet"

    def _write(self, generation: int, shares: np.ndarray, numbers: np.ndarray) -> None:
        table = pd.DataFrame(np.hstack([shares, numbers]), columns=self._columns)
        write_parquet(table, self._file(generation))
        self._runs.append((shares, numbers))

    def _read(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Shares and numbers of the generations that are there, from the first on.

        Raises
        ------
        ResultFileError
            If one of the files cannot be read, or holds something else.
        """
        for generation in range(self.settings.generations):
            if not (path := self._file(generation)).exists():
                return
            try:
                table = read_parquet(path)[self._columns].to_numpy(float)
            except (OSError, ValueError, KeyError, duckdb.Error):
                table = np.empty((0, len(self._columns)))
            shares, numbers = np.hsplit(table, [len(self.names)])
            if len(table) != self.settings.particles or not ((shares >= 0.0) & (shares <= 1.0)).all():
                raise ResultFileError(f"{path}: no runs of a generation can be read here: delete it.")
            yield shares, numbers


def _run(problem: Problem, shares: np.ndarray, seed: int, generation: int, number: int) -> np.ndarray:
    """Run k of a generation, with the draws of the address (seed, CALIBRATE, generation, k)."""
    draw = int(address(seed, 0, Purpose.CALIBRATE, generation, number))
    return np.asarray(problem.simulate(problem.point(shares[number]), draw), dtype=float)
