"""Which plan is best: that with the best expectation [Claxton1999]; and with which probability it is."""

from __future__ import annotations

import numpy as np

from infodemic_sim.decisions.front import ROUNDING


def probability_best(gains: np.ndarray) -> np.ndarray:
    """Share of draws in which no other plan has more; so plans that are equal count as best together.

    Then the shares sum to more than 1: of two plans that always gain the same, one is no less sure to be the
    right choice for the other. ``equals`` says how many such there are.

    This is about the means of plans, which no chance of single runs is part of: with ever more pairs, it
    goes to 1 for one plan and its equals. ``best_in_pairs`` tells the share of single pairs.

    Parameters
    ----------
    gains : float64[plans, draws], more is better.
    """
    return np.asarray(_none_is_better(gains).mean(axis=1))


def equals(gains: np.ndarray) -> np.ndarray:
    """How many other plans gain the same as each in every pair, and so in every draw; int64[plans].

    Parameters
    ----------
    gains : float64[plans, pairs].
    """
    least = ROUNDING * np.abs(gains).max(initial=0.0)
    return np.array([np.count_nonzero((np.abs(gains - mine) <= least).all(axis=1)) - 1 for mine in gains])


def best_in_pairs(gains: np.ndarray) -> np.ndarray:
    """Share of pairs in which no other plan gains more, float64[plans]; ties are shared, so they sum to 1.

    Pairs differ by chance and, where parameters are drawn in each, by what is not known of them: it tells how
    often the choice would have been right, had one pair been the world.

    Parameters
    ----------
    gains : float64[plans, pairs].
    """
    best = _none_is_better(gains)
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def expected_loss(gains: np.ndarray) -> np.ndarray:
    """What choosing each plan is expected to lose against the best one, float64[plans]."""
    return np.asarray((gains.max(axis=0) - gains).mean(axis=1))


def _none_is_better(gains: np.ndarray) -> np.ndarray:
    """Where no other plan has more, bool[plans, draws or pairs]; rounding makes no difference."""
    return np.asarray(gains >= gains.max(axis=0) - ROUNDING * np.abs(gains).max(initial=0.0))
