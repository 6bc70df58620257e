"""Final sizes where everybody may meet everybody: rumours and epidemics."""

from __future__ import annotations

import math

from infodemic_sim.theory.checks import above, count, number, share
from infodemic_sim.theory.roots import survival


def rumour_ignorants(failures: int = 1) -> float:
    """Share of people who never hear a rumour, in a large crowd where one person starts it.

    A spreader stops after k contacts with people who know it already. The share θ that stays ignorant is the
    root below 1 of θ = exp(−(k + 1)(1 − θ)); k = 1 are the rules of Daley & Kendall and of Maki & Thompson
    [DaleyKendall1965], [Sudbury1985].

    Parameters
    ----------
    failures : k, contacts, ≥ 1.

    Raises
    ------
    ParameterError
        If ``failures`` is no whole number from 1.
    """
    return 1.0 - sir_final_size(count("failures", failures, 1) + 1.0)


def maki_thompson_variance() -> float:
    """n × variance of the final share of ignorants under Maki & Thompson's rule, for large n.

    θ(1 − θ)/(1 − 2θ) with θ of ``rumour_ignorants()`` [Pittel1990]: the limit of a Gaussian approximation
    along the path of the rumour, stopped when no spreader is left.
    """
    theta = rumour_ignorants()
    return theta * (1.0 - theta) / (1.0 - 2.0 * theta)


def daley_kendall_variance() -> float:
    """n × variance of the final share of ignorants under Daley & Kendall's rule, for large n.

    θ(1 − θ)/(1 − 2θ) + 2θ³(1 − θ)/(1 − 2θ)² with θ of ``rumour_ignorants()`` [Pittel1990]: spreaders who stop
    two at a time add the second term. Rumours that die out early are left out.
    """
    theta = rumour_ignorants()
    return maki_thompson_variance() + 2.0 * theta**3 * (1.0 - theta) / (1.0 - 2.0 * theta) ** 2


def nekovee_final_size(degree: float, spread: float, stifle: float, forget: float) -> float:
    """Share of people who ever hear a rumour that may be forgotten, in the mean field of Nekovee et al.

    R = 1 − exp(−εR) with ε = k(λ + α)/(kα + δ); it dies out where δ ≥ kλ [Nekovee2007].

    Parameters
    ----------
    degree : k, ties per person, > 0.
    spread : λ, rate at which a spreader tells an ignorant tie, per day, ≥ 0.
    stifle : α, rate at which a tie who knows makes a spreader stop, per day, ≥ 0.
    forget : δ, rate at which a spreader stops unprompted, per day, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    ties = above("degree", degree)
    told, stopped = number("spread", spread), number("stifle", stifle)
    stops = ties * stopped + number("forget", forget)
    starts = ties * (told + stopped)
    if told == 0.0:
        return 0.0
    return sir_final_size(starts / stops) if stops > 0.0 else 1.0


def sir_final_size(reproduction: float) -> float:
    """Share of a large well-mixed population that an epidemic reaches, if it takes off.

    R = 1 − exp(−ℛ₀ R), whatever the law of the infectious period [KermackMcKendrick1927].

    Parameters
    ----------
    reproduction : ℛ₀, people whom the first one infects, ≥ 0.

    Raises
    ------
    ParameterError
        If ``reproduction`` is out of its bounds.
    """
    basic = number("reproduction", reproduction)
    return survival(lambda size: -math.expm1(-basic * size), basic)


def sir_final_size_from(reproduction: float, infected: float) -> float:
    """Share of a large well-mixed population ever infected, if a share of it is infected at the start.

    The root in [0, 1] of R = 1 − (1 − i₀) exp(−ℛ₀ R); those who start are counted [KermackMcKendrick1927].

    Parameters
    ----------
    reproduction : ℛ₀, ≥ 0.
    infected : i₀, share infected at the start, 0 to 1. At 0 nothing happens.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    basic, start = number("reproduction", reproduction), share("infected", infected)
    if start == 0.0:
        return 0.0
    # With R = i₀ + (1 − i₀)v, the share v of the others is again the root of a concave function.
    low, high = 0.0, 1.0
    while high - low > 1e-16 and low < (middle := (low + high) / 2.0) < high:
        reached = -math.expm1(-basic * (start + (1.0 - start) * middle))
        low, high = (middle, high) if reached > middle else (low, middle)
    return start + (1.0 - start) * (low + high) / 2.0


def sir_outbreak_chance(reproduction: float, seeds: int = 1) -> float:
    """Chance that an epidemic with exponential infectious periods takes off in a large well-mixed population.

    1 − ℛ₀^(−seeds) above the threshold ℛ₀ = 1, else 0 [Whittle1955].

    Parameters
    ----------
    reproduction : ℛ₀, ≥ 0.
    seeds : people infected at the start, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    basic, people = number("reproduction", reproduction), count("seeds", seeds)
    return 1.0 - basic**-people if basic > 1.0 else 0.0
