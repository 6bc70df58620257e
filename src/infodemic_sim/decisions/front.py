"""The Pareto front: plans that no other beats in everything, and how sure it is that they are on it."""

from __future__ import annotations

import numpy as np

SURELY, POSSIBLY = 0.95, 0.05
"""From which probability on a plan is surely, or possibly, on the front."""
ROUNDING = 1e-9
"""Differences below this share of the largest number of an objective are rounding."""


def on_front(gains: np.ndarray) -> np.ndarray:
    """Which plans are on the front: none other is as good in all objectives and better in one.

    Parameters
    ----------
    gains : float64[plans, objectives, draws], more is better.

    Returns
    -------
    bool[plans, draws].
    """
    least = ROUNDING * np.abs(gains).max(axis=(0, 2), initial=0.0)
    found = np.empty((gains.shape[0], gains.shape[2]), bool)
    for plan, mine in enumerate(gains):
        nowhere_worse = np.ones(found.shape, bool)
        somewhere_better = np.zeros(found.shape, bool)
        for k, tolerance in enumerate(least):
            more = gains[:, k] - mine[k]
            nowhere_worse &= more >= -tolerance
            somewhere_better |= more > tolerance
        found[plan] = ~(nowhere_worse & somewhere_better).any(axis=0)
    return found


def standing(probability: float) -> str:
    """How sure it is that a plan is on the front."""
    if probability >= SURELY:
        return "surely"
    return "possibly" if probability > POSSIBLY else "no"
