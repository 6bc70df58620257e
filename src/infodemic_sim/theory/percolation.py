"""Cascades and epidemics on random networks with any numbers of ties, by generating functions.

``ties`` is a ``DegreeLaw``, a network of friendships, or a row of numbers of ties, one per person. Results
hold for large networks that are random but for the numbers of ties: without clustering or communities.
"""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
from scipy.special import gammaln, xlogy

from infodemic_sim.theory.checks import above, count, number, share
from infodemic_sim.theory.degree_laws import DegreeLaw
from infodemic_sim.theory.roots import survival


def giant_share(ties: Any, transmissibility: float) -> float:
    """Share of people in the giant cluster when each tie is open with chance T.

    S = 1 − G₀(1 − T + Tu), where u = G₁(1 − T + Tu) [NewmanSpread2002]. It is at once the share that a large
    independent cascade reaches, and the chance that a cascade from a person drawn at random grows large.

    Parameters
    ----------
    ties : degree law, network, or degrees.
    transmissibility : T, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    law, chance = DegreeLaw.of(ties), share("transmissibility", transmissibility)
    met = law.met
    lasting = survival(lambda v: 1.0 - met.generate(1.0 - chance * v), chance * law.further)
    return 1.0 - law.generate(1.0 - chance * lasting) if lasting > 0.0 else 0.0


def cascade_outbreak_chance(ties: Any, transmissibility: float) -> float:
    """Chance that an independent cascade from one person drawn at random grows large.

    Ties are open independently of one another, so it equals ``giant_share`` [NewmanSpread2002]; of an
    epidemic whose infectious periods vary this is not true, see ``sir_network_outbreak_chance``.

    Parameters
    ----------
    ties : degree law, network, or degrees.
    transmissibility : T, chance that a tie passes it on, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    return giant_share(ties, transmissibility)


def sir_transmissibility(transmission: float, recovery: float) -> float:
    """Chance that a tie passes an infection on before recovery, T = β/(β + γ) [NewmanSpread2002].

    Parameters
    ----------
    transmission : β, rate along each tie, per day, ≥ 0.
    recovery : γ, rate, per day, > 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    rate = number("transmission", transmission)
    return rate / (rate + above("recovery", recovery))


def sir_network_size(ties: Any, transmission: float, recovery: float) -> float:
    """Share that a large epidemic reaches, with exponential infectious periods.

    ``giant_share`` at T = β/(β + γ): who is reached depends only on ties into a person, which are open
    independently of one another [KenahRobins2007].

    Parameters
    ----------
    ties : degree law, network, or degrees.
    transmission : β, rate along each tie, per day, ≥ 0.
    recovery : γ, rate, per day, > 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    return giant_share(ties, sir_transmissibility(transmission, recovery))


def sir_network_outbreak_chance(ties: Any, transmission: float, recovery: float) -> float:
    """Chance that an epidemic from one person drawn at random grows large.

    Ties out of a person share the person's infectious period τ: with T(τ) = 1 − e^(−βτ), u solves
    u = E[G₁(1 − T(τ)(1 − u))], and the chance is 1 − E[G₀(1 − T(τ)(1 − u))] [KenahRobins2007]. It is less
    than the share ``sir_network_size`` that an outbreak reaches.

    Parameters
    ----------
    ties : degree law, network, or degrees.
    transmission : β, rate along each tie, per day, ≥ 0.
    recovery : γ, rate, per day, > 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    law, chance = DegreeLaw.of(ties), sir_transmissibility(transmission, recovery)
    if chance == 0.0:
        return 0.0
    ratio = float(recovery) / float(transmission)
    met = law.met
    lasting = survival(lambda v: 1.0 - _over_periods(met, ratio, v), chance * law.further)
    return 1.0 - _over_periods(law, ratio, lasting) if lasting > 0.0 else 0.0


def _over_periods(law: DegreeLaw, ratio: float, v: float) -> float:
    """E[G(1 − T(τ)v)] over exponential periods, where ``ratio`` is γ/β.

    E[(1 − Tv)^k] = m_k follows from m_0 = 1 by parts: m_k = (ratio + k(1 − v)m_(k−1))/(ratio + k).
    """
    moment, total = 1.0, float(law.chances[0])
    for k in range(1, len(law.chances)):
        moment = (ratio + k * (1.0 - v) * moment) / (ratio + k)
        total += float(law.chances[k]) * moment
    return total


def critical_transmissibility(ties: Any) -> float:
    """The chance per tie above which cascades can grow large: T_c = ⟨k⟩/(⟨k²⟩ − ⟨k⟩).

    Above 1, and infinite where nobody has two ties, they cannot [NewmanSpread2002].

    Parameters
    ----------
    ties : degree law, network, or degrees.

    Raises
    ------
    ParameterError
        If ``ties`` is none of these.
    """
    further = DegreeLaw.of(ties).further
    return 1.0 / further if further > 0.0 else math.inf


def mean_small_size(ties: Any, transmissibility: float) -> float:
    """Mean number of people in a cascade below the threshold, the one who starts included.

    1 + T G₀′(1)/(1 − T G₁′(1)) [NewmanSpread2002]; infinite from the threshold on, and as near to it
    as sums are rounded.

    Parameters
    ----------
    ties : degree law, network, or degrees.
    transmissibility : T, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    law, chance = DegreeLaw.of(ties), share("transmissibility", transmissibility)
    short, lost = 1.0 - chance * law.further, len(law.chances) * sys.float_info.epsilon
    return 1.0 + chance * law.mean / short if short > lost else math.inf


def mean_tree_size(reproduction: float) -> float:
    """Mean size of a cascade in which each person brings R others on average: 1/(1 − R).

    Infinite from R = 1 on [Otter1949].

    Parameters
    ----------
    reproduction : R, ≥ 0.

    Raises
    ------
    ParameterError
        If ``reproduction`` is out of its bounds.
    """
    mean = number("reproduction", reproduction)
    return 1.0 / (1.0 - mean) if mean < 1.0 else math.inf


def borel_law(reproduction: float, largest: int) -> np.ndarray:
    """Chances of cascades of 1, 2 … people when each brings Poisson many others, float64[largest].

    P(s) = e^(−Rs) (Rs)^(s−1) / s! [Otter1949]; for R > 1 they sum to the chance that a cascade ends.

    Parameters
    ----------
    reproduction : R, mean number of others whom each person brings, ≥ 0.
    largest : the largest size asked for, ≥ 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    mean = number("reproduction", reproduction)
    sizes = np.arange(1.0, count("largest", largest, 1) + 1.0)
    return np.exp(xlogy(sizes - 1.0, mean * sizes) - mean * sizes - gammaln(sizes + 1.0))
