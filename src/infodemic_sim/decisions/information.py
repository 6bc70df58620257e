"""What more replicates are worth to a choice between plans, and what it would be worth to know all."""

from __future__ import annotations

import numpy as np

from infodemic_sim.decisions.posterior import DRAWS, draws_of_means


def of_further_pairs(values: np.ndarray, further: float, *, seed: int, number: int = DRAWS) -> float:
    """How much better the choice is expected to be after so many more pairs of every plan.

    The expected value of sample information [Ades2004]: E max_j m_j - max_j E m_j, where m_j is the mean of
    plan j once n + m pairs are known. Seen from now, m is distributed as the means
    themselves are, with the share m/(n + m) of their variance: exactly so for a normal with unknown
    variance and a flat prior. It is never negative, and 0 where no new pair could change the choice.

    Parameters
    ----------
    values : float64[plans, pairs], what each plan gains in each pair; more is better.
    further : pairs more; infinite: the value of perfect information on the means of the model, which says
        nothing on whether the model is right.

    Returns
    -------
    In the unit of the values; not a number below three pairs, where the expectation is infinite.
    """
    pairs = values.shape[1]
    if pairs < 3:
        return np.nan
    share = 1.0 if np.isinf(further) else further / (pairs + further)
    means = values.mean(axis=1)
    spread = draws_of_means(values, seed=seed, number=number, share=share)
    chosen = int(means.argmax())
    # against the plan chosen now: its own noise cancels, and what is left is never negative
    return float((spread - spread[chosen]).max(axis=0).mean())
