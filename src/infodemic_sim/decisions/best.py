"""Which plan is best: that with the best expectation [Claxton1999]; and with which probability it is."""

from __future__ import annotations

import numpy as np

from infodemic_sim.decisions.front import ROUNDING


def probability_best(gains: np.ndarray) -> np.ndarray:
    """Share of draws in which each plan has the most; those that are equal share it.

    This is about the means of plans, which no chance of single runs is part of: with ever more pairs, it
    goes to 1 for one plan. ``economics.acceptability`` tells the share of single pairs instead.

    Parameters
    ----------
    gains : float64[plans, draws], more is better.
    """
    best = gains >= gains.max(axis=0) - ROUNDING * np.abs(gains).max(initial=0.0)
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def expected_loss(gains: np.ndarray) -> np.ndarray:
    """What choosing each plan is expected to lose against the best one, float64[plans]."""
    return np.asarray((gains.max(axis=0) - gains).mean(axis=1))
