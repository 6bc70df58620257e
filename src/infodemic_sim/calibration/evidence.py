"""Evidence: numbers that were observed, and how a scenario is asked for the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.params import Part
from infodemic_sim.plugins import Plugin, kind
from infodemic_sim.scenario import Scenario

Z95 = 1.959963984540054
"""Standard errors from the middle of a normal law to the ends of its central 95 %."""


class Observed(NamedTuple):
    """Observed numbers and how sure they are.

    Parameters
    ----------
    names : of the k numbers. values : float64[k].
    covariance : of their errors, float64[k, k], positive definite.
    low, high : ends of their 95 % intervals, float64[k].
    fitted : which of them parameters are inferred from; the others are predicted, to check, bool[k].
    """

    names: tuple[str, ...]
    values: np.ndarray
    covariance: np.ndarray
    low: np.ndarray
    high: np.ndarray
    fitted: np.ndarray

    @property
    def errors(self) -> np.ndarray:
        """Standard errors, float64[k]."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))


def with_errors(
    names: Sequence[str],
    values: Sequence[float],
    errors: Sequence[float],
    intervals: Sequence[tuple[float, float]] | None = None,
    fitted: Sequence[bool] | None = None,
) -> Observed:
    """Numbers with independent errors; intervals of 1.96 errors each way where none are given."""
    centre, spread = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    ends = np.column_stack([centre - Z95 * spread, centre + Z95 * spread])
    low, high = (ends if intervals is None else np.asarray(intervals, dtype=float)).T
    inferred = np.ones(centre.size, bool) if fitted is None else np.asarray(fitted, dtype=bool)
    return Observed(tuple(names), centre, np.diag(spread**2), low, high, inferred)


class Evidence(Plugin, Part):
    """What was observed in the world. A plug-in says how a scenario gives the same numbers."""

    def observed(self) -> Observed:
        """The numbers, read from wherever they stand."""
        raise NotImplementedError

    def prepared(self, scenario: Scenario) -> Scenario:
        """The scenario as it has to be run for these numbers; refused if it cannot give them."""
        return scenario

    def simulated(self, scenario: Scenario, draw: int) -> np.ndarray:
        """The same numbers in one run, float64[k]; NaN where a run has none.

        Parameters
        ----------
        scenario : prepared. draw : fixes every draw of the run.
        """
        raise NotImplementedError


GROUP = "infodemic_sim.evidence"


def _built_in() -> tuple[type[Evidence], ...]:
    from infodemic_sim.calibration.kinds import BUILT_IN

    return BUILT_IN


kind(Evidence, _built_in, GROUP)


def _made(value: object) -> object:
    from infodemic_sim.calibration.kinds import evidence

    return evidence(value)


EvidenceField = Annotated[SerializeAsAny[Evidence], BeforeValidator(_made)]
