"""A question of sensitivity: over which ranges, by which method, of which outcome."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.codebook import check_measure
from infodemic_sim.mistakes import refused_at
from infodemic_sim.params import param
from infodemic_sim.sensitivity import methods
from infodemic_sim.sensitivity.table import Answer, answered
from infodemic_sim.sweeps.design import Listed, placed
from infodemic_sim.sweeps.drawing import refuse_faults
from infodemic_sim.sweeps.ranges import Spread, range_of
from infodemic_sim.sweeps.running import sweep
from infodemic_sim.sweeps.study import Base, Study

Method = Literal["morris", "sobol", "delta", "pawn"]


class Sensitivity(Base):
    """How strongly the end of a run, and what plans change, hang on each of some parameters.

    - morris [Morris1991]: mean absolute effect of a step in one parameter, the others anywhere.
    - sobol [Sobol2001], [Saltelli2010]: shares of the variance, alone (S1) and with all interactions (ST).
    - delta [Borgonovo2007], [Plischke2013]: shift of the whole distribution when the parameter is known.
    - pawn [PianosiWagener2015]: largest distance between the distributions with and without knowing it.

    With ``draws``, other parameters are drawn anew in each replicate, the same at all points: what is said of
    an outcome is then said of its mean over replicates, and so over what is not known of those.
    """

    parameters: dict[str, Spread] = param(doc="The range of each parameter, by path, or 'declared'.")
    method: Method = param("morris", doc="How sensitivity is measured.")
    number: int = param(
        16, ge=4, le=1_000_000, doc="Trajectories (morris), base points (sobol), or points (delta, pawn)."
    )
    measure: str | None = param(None, doc="The outcome, at the end of runs; none: the primary one.")
    resamples: int = param(
        500,
        ge=50,
        le=100_000,
        doc="Bootstrap samples of intervals; at most 50 for delta and 200 for pawn, which are slow.",
    )

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        for path, spread in self.parameters.items():
            with refused_at("parameters", path):
                range_of(self.scenario, path, spread)
        if len(self.parameters) < 2:
            raise ValueError("parameters must be two or more: with one, run a grid and look at it")
        if self.method == "sobol" and self.number & (self.number - 1):
            raise ValueError(f"number must be a power of two for sobol, but is {self.number}")
        if self.method in ("delta", "pawn") and self.number < 30:
            raise ValueError(f"number must be at least 30 for {self.method}, but is {self.number}")
        if self.measure is not None:
            with refused_at("measure"):
                check_measure(self.measure)
            if said := self.scenario.why_unmeasured(self.measure):
                raise ValueError(f"measure {said}")
        return self

    @property
    def outcome(self) -> str:
        """The measure that is looked at."""
        return self.measure or self.scenario.primary

    @property
    def points(self) -> int:
        """Points that the method needs."""
        return methods.points_of(self.method, len(self.parameters), self.number)

    def shares(self) -> np.ndarray:
        """Where the points lie on the way along each range, float64[points, parameters]."""
        return methods.sample(self.method, len(self.parameters), self.number, self.seed)

    def study(self) -> Study:
        """The study that has to be run.

        Raises
        ------
        ParameterError
            If a plan cannot be made at some point, as it is or with the draws of a replicate, so that the
            method would lack its outcome; or the draws cannot be used.
        """
        rows = placed(self.scenario, self.parameters, self.shares())
        fields = {name: getattr(self, name) for name in Base.model_fields}
        study = Study(design=Listed(rows=tuple(rows)), **fields)
        refuse_faults(study, rows)
        return study

    def run(
        self,
        out: str | Path,
        *,
        workers: int = 1,
        executor: Executor | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Answer:
        """Make what is left of the runs in a folder, see ``sweep``, and look at them.

        Raises
        ------
        ResultFileError
            If runs failed, so that points have no outcome.
        """
        results = sweep(self.study(), out, workers=workers, executor=executor, progress=progress)
        return answered(self, results)
