"""What the runs leave open about the means of plans: draws of all of them at once."""

from __future__ import annotations

import numpy as np

DRAWS = 4_000
"""So many that a probability drawn has a standard error of .008 at most."""


def draws_of_means(values: np.ndarray, *, seed: int, number: int = DRAWS, share: float = 1.0) -> np.ndarray:
    """Draws of the true means of many quantities, measured in the same pairs of runs.

    The posterior of a normal mean with unknown variance, under the usual flat prior, is Student's t around
    the mean with n - 1 degrees of freedom and scale sd/√n [Branke2007]: it holds what the paired interval
    says, while resampling a handful of pairs would be too sure. Here it is joint: differences between plans
    vary as little as they do in runs with the same draws, and every weighted sum has exactly its own t.
    It is drawn as

        mean + √share · √((n - 1)/χ²) · Σ_i z_i (d_i - mean) / √(n (n - 1)),    z_i normal, χ² of n - 1,

    so plans may be more than pairs, and one more plan changes no draw of another.

    Parameters
    ----------
    values : float64[quantities, pairs], two pairs or more.
    seed : fixes the draws.
    share : of the variance; 1: all that is unknown. See ``information.of_further_pairs``.

    Returns
    -------
    float64[quantities, number].
    """
    pairs = values.shape[1]
    random = np.random.default_rng(seed)
    normal = random.standard_normal((pairs, number))
    tail = np.sqrt((pairs - 1) / random.chisquare(pairs - 1, number))
    middle = values.mean(axis=1, keepdims=True)
    scale = np.sqrt(share / (pairs * (pairs - 1)))
    # einsum, not a matrix product, whose last bits hang on the library and the machine
    return middle + scale * tail * np.einsum("qp,pd->qd", values - middle, normal)
