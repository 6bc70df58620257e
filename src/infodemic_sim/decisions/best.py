"""Which plan is best: that with the best expectation [Claxton1999]; and with which probability it is."""

from __future__ import annotations

import numpy as np

from infodemic_sim.decisions.front import ROUNDING


def probability_best(gains: np.ndarray) -> np.ndarray:
    """Share of draws in which no other plan has more; so plans that are equal count as best together.

    Then the shares sum to more than 1: of two plans that always gain the same, one is no less sure to be the
    right choice for the other. ``equals`` says how many such there are.

    Of draws of means it is about the means of plans, which no chance of single runs is part of: with ever
    more pairs, it goes to 1 for one plan and its equals. Of single pairs it is the share of those in which a
    plan is best, which hangs on chance and on what is drawn in each pair, and not on how many there are.

    Parameters
    ----------
    gains : float64[plans, draws], draws of means or single pairs; more is better.
    """
    best = gains >= gains.max(axis=0) - ROUNDING * np.abs(gains).max(initial=0.0)
    return np.asarray(best.mean(axis=1))


def equals(gains: np.ndarray) -> np.ndarray:
    """How many other plans gain the same as each in every pair, and so in every draw; int64[plans].

    Parameters
    ----------
    gains : float64[plans, pairs].
    """
    least = ROUNDING * np.abs(gains).max(initial=0.0)
    return np.array([np.count_nonzero((np.abs(gains - mine) <= least).all(axis=1)) - 1 for mine in gains])


def expected_loss(gains: np.ndarray) -> np.ndarray:
    """What choosing each plan is expected to lose against the best one, float64[plans]."""
    return np.asarray((gains.max(axis=0) - gains).mean(axis=1))
