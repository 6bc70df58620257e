"""The one equation behind final sizes: how large is what does not die out."""

from __future__ import annotations

from collections.abc import Callable

from scipy.optimize import brentq

SMALLEST = 1e-12
"""Roots below are told from 0 by no double-precision evaluation."""


def survival(reached: Callable[[float], float], slope: float) -> float:
    """The largest v in [0, 1] with v = reached(v).

    Parameters
    ----------
    reached : concave and rising, with reached(0) = 0 and reached(1) ≤ 1.
    slope : its slope at 0; where it is at most 1, the only root is 0.
    """
    if slope <= 1.0:
        return 0.0
    if reached(1.0) >= 1.0:
        return 1.0
    low = 0.5
    while reached(low) <= low:
        low /= 2.0
        if low < SMALLEST:
            return 0.0
    return float(brentq(lambda v: reached(v) - v, low, min(1.0, 2.0 * low), xtol=1e-15, rtol=1e-14))
