"""A seeded stream of random numbers for graph generators (splitmix64, Steele et al. 2014).

``state`` is a uint64 array of length 1, owned by one generator call: no global state, and integer
arithmetic only, so a seed gives the same graph on every platform.
"""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import GOLDEN, mixed


def new_state(seed: int) -> np.ndarray:
    """Stream for `seed`, 0 ≤ seed < 2⁶⁴; seeds next to each other give unrelated streams."""
    return mixed(np.array([seed], dtype=np.uint64) + GOLDEN)


@kernel
def uniform(state):
    """Next number in [0, 1), a multiple of 2⁻⁵³."""
    state[0] += GOLDEN
    return np.float64(mixed(state[0]) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def below(state, bound):
    """Next whole number in 0 … bound − 1, bound < 2⁵³."""
    return np.int64(uniform(state) * np.float64(bound))


@kernel
def shuffle(state, values):
    """Shuffle in place (Fisher and Yates)."""
    for last in range(values.size - 1, 0, -1):
        other = below(state, last + 1)
        values[last], values[other] = values[other], values[last]
