"""Curves of the differential equations, to draw beside those of a run.

Each function gives shares of people by status and time: {"time": float64[m], status: float64[m] …}, with the
names of the statuses that the rule of the same name reports. Everybody may meet everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import number, numbers, share

Curves = dict[str, np.ndarray]
SMALLEST = 1e-15
"""Shares at the start below are followed less exactly; there are fewer people on earth than 1/SMALLEST."""


def sir_curves(times: Any, transmission: float, recovery: float, infectious: float) -> Curves:
    """SIR: S′ = −βSI, I′ = βSI − γI, R′ = γI [KermackMcKendrick1927].

    Parameters
    ----------
    times : moments, days, ≥ 0 and rising.
    transmission : β, contacts that infect, per day, ≥ 0; on a network of k ties each, k times that of a tie.
    recovery : γ, per day, ≥ 0.
    infectious : share infectious at time 0, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    beta, gamma, seed = (
        number("transmission", transmission),
        number("recovery", recovery),
        share("infectious", infectious),
    )

    def slope(_: float, y: np.ndarray) -> list[float]:
        new, over = beta * y[0] * y[1], gamma * y[1]
        return [-new, new - over, over]

    return _solved(slope, times, {"susceptible": 1.0 - seed, "infectious": seed, "recovered": 0.0})


def sis_curves(times: Any, transmission: float, recovery: float, infectious: float) -> Curves:
    """SIS: I′ = βI(1 − I) − γI; in the long run I = 1 − γ/β, or 0 where β ≤ γ [PastorSatorras2015].

    Parameters
    ----------
    times : moments, days, ≥ 0 and rising.
    transmission : β, contacts that infect, per day, ≥ 0.
    recovery : γ, per day, ≥ 0.
    infectious : share infectious at time 0, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    beta, gamma, seed = (
        number("transmission", transmission),
        number("recovery", recovery),
        share("infectious", infectious),
    )

    def slope(_: float, y: np.ndarray) -> list[float]:
        change = beta * y[0] * y[1] - gamma * y[1]
        return [-change, change]

    return _solved(slope, times, {"susceptible": 1.0 - seed, "infectious": seed})


def seir_curves(
    times: Any, transmission: float, incubation: float, recovery: float, infectious: float
) -> Curves:
    """SEIR: S′ = −βSI, E′ = βSI − σE, I′ = σE − γI, R′ = γI [PastorSatorras2015].

    Parameters
    ----------
    times : moments, days, ≥ 0 and rising.
    transmission : β, contacts that infect, per day, ≥ 0.
    incubation : σ, rate at which the exposed become infectious, per day, ≥ 0.
    recovery : γ, per day, ≥ 0.
    infectious : share infectious at time 0, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    beta, sigma, gamma = (
        number("transmission", transmission),
        number("incubation", incubation),
        number("recovery", recovery),
    )
    seed = share("infectious", infectious)

    def slope(_: float, y: np.ndarray) -> list[float]:
        new, ripe, over = beta * y[0] * y[2], sigma * y[1], gamma * y[2]
        return [-new, new - ripe, ripe - over, over]

    start = {"susceptible": 1.0 - seed, "exposed": 0.0, "infectious": seed, "recovered": 0.0}
    return _solved(slope, times, start)


def maki_thompson_curves(times: Any, contacts: float, spreaders: float) -> Curves:
    """Rumour of Maki & Thompson: x′ = −cxy, y′ = cxy − cy(1 − x) [DaleyKendall1965], [Sudbury1985].

    Daley & Kendall's rule has the same curves: two spreaders who meet both stop, but meet half as often as
    each of them makes contacts.

    Parameters
    ----------
    times : moments, days, ≥ 0 and rising.
    contacts : c, contacts that each spreader makes, per day, ≥ 0.
    spreaders : share of people who know and spread it at time 0, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    return nekovee_curves(times, 1.0, contacts, contacts, 0.0, spreaders)


def nekovee_curves(
    times: Any, degree: float, spread: float, stifle: float, forget: float, spreaders: float
) -> Curves:
    """Rumour of Nekovee et al.: x′ = −kλxy, y′ = kλxy − kαy(1 − x) − δy [Nekovee2007].

    Parameters
    ----------
    times : moments, days, ≥ 0 and rising.
    degree : k, ties per person, ≥ 0.
    spread : λ, per tie and day, ≥ 0.
    stifle : α, per tie and day, ≥ 0.
    forget : δ, per day, ≥ 0.
    spreaders : share of people who spread it at time 0, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    ties = number("degree", degree)
    told, stopped = ties * number("spread", spread), ties * number("stifle", stifle)
    delta, seed = number("forget", forget), share("spreaders", spreaders)

    def slope(_: float, y: np.ndarray) -> list[float]:
        new, over = told * y[0] * y[1], (stopped * (y[1] + y[2]) + delta) * y[1]
        return [-new, new - over, over]

    return _solved(slope, times, {"ignorant": 1.0 - seed, "spreader": seed, "stifler": 0.0})


def _solved(slope: Callable[[float, np.ndarray], list[float]], times: Any, start: dict[str, float]) -> Curves:
    """The solution at the given moments."""
    moments = numbers("times", times)
    if (np.diff(moments) < 0.0).any():
        raise ParameterError("times must rise from one to the next: sort them.")
    end = float(moments[-1])
    if end == 0.0:
        constant = {name: np.full(len(moments), value) for name, value in start.items()}
        return {"time": moments, **constant}
    values = list(start.values())
    finest = 1e-10 * max(SMALLEST, min(value for value in values if value > 0.0))
    found = solve_ivp(slope, (0.0, end), values, "LSODA", t_eval=moments, rtol=1e-10, atol=finest)
    return {"time": moments, **dict(zip(start, found.y, strict=True))}
