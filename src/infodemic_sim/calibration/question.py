"""The question of a calibration: which parameters, how much is open, and what was observed."""

from __future__ import annotations

from functools import partial
from typing import Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.calibration.evidence import Evidence, EvidenceField, Observed
from infodemic_sim.calibration.generations import FEWEST_EMULATED, MOST_EMULATED, Method
from infodemic_sim.calibration.problem import Problem
from infodemic_sim.errors import ParameterError
from infodemic_sim.mistakes import refused_at
from infodemic_sim.parameter_paths import changed, field_at
from infodemic_sim.params import Part, bounds, param
from infodemic_sim.scenario import Scenario
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.ranges import Range, Spread, as_declared, range_of


class Calibration(Part):
    """Parameters with what is known of them before, and evidence from which they are inferred.

    Before, every value of a range is as likely as any other, on the range's scale. With "likelihood" the
    evidence is a draw from a normal law around what a run gives, with the published errors [Wilkinson2013]:
    then results are exact but for chance, and errors of the evidence widen them as they should. With
    "emulator" it is a draw around the average of many runs, which a Gaussian process learns from all runs
    made [Andrianakis2015]: for evidence that is surer than one run, and numbers that change smoothly along
    the ranges and vary from run to run by about as much everywhere. With "distance" an error is drawn for
    each run, and those values are kept whose runs come closest with it: as with "likelihood", but wider by
    the distance that is left.
    """

    scenario: Scenario = param(doc="What is run; parameters stand at its values unless they are inferred.")
    parameters: dict[str, Spread] = param(
        doc="By path: low and high of what is thought possible, or 'declared', the range of its declaration."
    )
    evidence: EvidenceField = param(doc="What was observed.")
    method: Method = param("likelihood", doc="How runs are weighed by evidence.")
    particles: int = param(
        200,
        ge=10,
        le=100_000,
        doc="Points that stand for what is known; with an emulator also runs in a round.",
    )
    generations: int = param(8, ge=2, le=100, doc="Rounds of narrowing, the first from before the evidence.")
    least_acceptance: float = param(
        0.002, gt=0, le=1, unit="share", doc="Share of runs kept in a generation below which it is given up."
    )
    seed: int = param(ge=0, lt=2**63, doc="Fixes every draw.")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.parameters:
            raise ValueError("parameters names none: name one, such as spread.persuasion_claim: declared")
        for path, spread in self.parameters.items():
            with refused_at("parameters", path):
                prior(self.scenario, path, spread)
        if self.method == "emulator" and self.particles * self.generations > MOST_EMULATED:
            raise ValueError(
                f"an emulator learns from {MOST_EMULATED:,} runs at most: lower particles or generations"
            )
        if self.method == "emulator" and self.particles < (fewest := FEWEST_EMULATED * len(self.parameters)):
            raise ValueError(
                f"an emulator of {len(self.parameters)} parameters needs {fewest} runs to begin with: raise "
                "particles"
            )
        with refused_at("evidence"):
            self.evidence.prepared(self.scenario)
        return self

    def priors(self) -> dict[str, Range]:
        """The range of each parameter, by path."""
        return {path: prior(self.scenario, path, spread) for path, spread in self.parameters.items()}

    def problem(self, observed: Observed) -> Problem:
        """The same question in numbers alone."""
        scenario = self.evidence.prepared(self.scenario)
        whole = frozenset(path for path in self.parameters if field_at(self.scenario, path).annotation is int)
        return Problem(self.priors(), observed, partial(_simulated, scenario, self.evidence), whole)


def _simulated(scenario: Scenario, evidence: Evidence, point: Point, draw: int) -> np.ndarray:
    return evidence.simulated(changed(scenario, point), draw)


def prior(scenario: Scenario, path: str, spread: Spread) -> Range:
    """What is thought possible of a parameter, within what it can take.

    Declared is the plausible range of its declaration, else its bounds if it has two.

    Raises
    ------
    ParameterError
        If nothing says so, or the scenario cannot stand at an end of the range.
    """
    limits = bounds(field_at(scenario, path))
    try:
        found = range_of(scenario, path, spread)
    except ParameterError:
        if spread != "declared" or not {"ge", "le"} <= set(limits):
            raise
        found = Range(low=float(limits["ge"]), high=float(limits["le"]))
    ends = [as_declared(field_at(scenario, path), end) for end in (found.low, found.high)]
    if ends[0] == ends[1]:
        raise ParameterError(f"{path}: its range holds the whole number {ends[0]} alone: widen it.")
    for end in ends:
        changed(scenario, {path: end})
    return found
