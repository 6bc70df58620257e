"""Global cascades under Watts' threshold rule: one starts, and all join at the same share of their ties."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaincc

from infodemic_sim.theory.checks import share
from infodemic_sim.theory.degree_laws import DegreeLaw


class Window(NamedTuple):
    """Mean numbers of ties between which something happens; both NaN where it happens for none."""

    low: float
    high: float


def most_ties_of_vulnerable(threshold: float) -> float:
    """K* = ⌊1/φ⌋, the most ties with which one neighbour is enough to join; infinite at φ = 0.

    Parameters
    ----------
    threshold : φ, share of ties who have joined that makes a person join, 0 to 1.

    Raises
    ------
    ParameterError
        If ``threshold`` is out of its bounds.
    """
    phi = share("threshold", threshold)
    if phi == 0.0:
        return math.inf
    ties = math.floor(1.0 / phi)
    return float(ties + 1 if 1.0 / (ties + 1) >= phi else ties)


def watts_spread(ties: Any, threshold: float) -> float:
    """How many further vulnerable people one vulnerable person met along a tie brings in.

    Σ_{k ≤ K*} k(k − 1) p_k / ⟨k⟩, with K* = ⌊1/φ⌋: global cascades are possible where it is above 1
    [Watts2002]. With Poisson ties of mean z it is z·Q(K* − 1, z), Q the regularised upper gamma function.

    Parameters
    ----------
    ties : degree law, network, or degrees.
    threshold : φ, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    law, most = DegreeLaw.of(ties), most_ties_of_vulnerable(threshold)
    k = np.arange(len(law.chances), dtype=float)
    total = float((law.chances * k * (k - 1.0))[k <= most].sum())
    return total / law.mean if law.mean > 0.0 else 0.0


def watts_window(threshold: float) -> Window:
    """Mean numbers of ties between which global cascades are possible, on Poisson networks.

    Where ``watts_spread`` is above 1 [Watts2002]; φ = .18 gives (1.0207, 5.7647). Empty for φ > 1/4.

    Parameters
    ----------
    threshold : φ, 0 to 1; at 0 there is no upper end.

    Raises
    ------
    ParameterError
        If ``threshold`` is out of its bounds.
    """
    most = most_ties_of_vulnerable(threshold)
    if math.isinf(most):
        return Window(1.0, math.inf)
    means = np.geomspace(0.5, 2.0 * most + 4.0, 4000)
    margin = np.array([_poisson_margin(mean, most) for mean in means])
    best = int(margin.argmax())
    if margin[best] <= 0.0:
        return Window(math.nan, math.nan)
    low = brentq(_poisson_margin, means[0], means[best], args=(most,), xtol=1e-12)
    high = brentq(_poisson_margin, means[best], means[-1], args=(most,), xtol=1e-12)
    return Window(float(low), float(high))


def _poisson_margin(mean: float, most: float) -> float:
    """z·Q(K* − 1, z) − 1, which is above 0 where cascades are possible."""
    return float(mean * gammaincc(most - 1.0, mean)) - 1.0 if most > 1.0 else -1.0
