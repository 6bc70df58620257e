"""Bass' curve of adoption: some find something by themselves, others hear of it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import number, numbers


def bass_share(innovation: float, imitation: float, times: Any) -> np.ndarray:
    """Share of people who have adopted by each time, float64[m].

    F(t) = (1 − e^(−(p + q)t))/(1 + (q/p) e^(−(p + q)t)), the solution of F′ = (p + qF)(1 − F) from 0
    [Bass1969].

    Parameters
    ----------
    innovation : p, rate of finding it by oneself, per unit of time, ≥ 0. At 0 nobody ever starts.
    imitation : q, rate of hearing of it once all have adopted, per unit of time, ≥ 0.
    times : moments, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    alone, heard = number("innovation", innovation), number("imitation", imitation)
    left = np.exp(-(alone + heard) * numbers("times", times))
    return alone * (1.0 - left) / (alone + heard * left) if alone > 0.0 else np.zeros(len(left))


def bass_peak_time(innovation: float, imitation: float) -> float:
    """When most people adopt at once: ln(q/p)/(p + q), or at the start where q ≤ p [Bass1969].

    Parameters
    ----------
    innovation : p, per unit of time, > 0.
    imitation : q, per unit of time, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    alone, heard = _started(innovation, imitation)
    return math.log(heard / alone) / (alone + heard) if heard > alone else 0.0


def bass_peak_share(innovation: float, imitation: float) -> float:
    """Share of people who have adopted at the peak: 1/2 − p/(2q), or 0 where q ≤ p [Bass1969].

    Parameters
    ----------
    innovation : p, per unit of time, > 0.
    imitation : q, per unit of time, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    alone, heard = _started(innovation, imitation)
    return 0.5 - alone / (2.0 * heard) if heard > alone else 0.0


def bass_peak_rate(innovation: float, imitation: float) -> float:
    """Share of people who adopt per unit of time at the peak: (p + q)²/(4q), or p where q ≤ p [Bass1969].

    Parameters
    ----------
    innovation : p, per unit of time, > 0.
    imitation : q, per unit of time, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    alone, heard = _started(innovation, imitation)
    return (alone + heard) ** 2 / (4.0 * heard) if heard > alone else alone


def _started(innovation: float, imitation: float) -> tuple[float, float]:
    alone, heard = number("innovation", innovation), number("imitation", imitation)
    if alone == 0.0:
        raise ParameterError("innovation must be above 0 per unit of time: without it nobody ever starts.")
    return alone, heard
