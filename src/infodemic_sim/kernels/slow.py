"""Slow processes of one step: sessions begin, beliefs and readings fade, states approach their goals."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, poisson, uniform
from infodemic_sim.kernels.layout import LASTING, SEEN_ACCURATE, SEEN_FALSE, SHORT


@kernel
def begin_sessions(keys, per_hour, hours, base, sessions):
    """Sessions of each person in this step, Poisson, written into uint8[n]; and who has any, int32[m].

    Most have none, which is soon told; who may have some is noted first, without a branch to guess.
    """
    noted = np.empty(keys.size, np.int32)
    count = 0
    for person in range(keys.size):
        sessions[person] = 0
        noted[count] = person
        count += uniform(absorb(base, keys[person])) > 1.0 - per_hour[person] * hours
    visitors = 0
    for person in noted[:count]:
        mean = per_hour[person] * hours
        if mean > 0.0:
            sessions[person] = min(poisson(absorb(base, keys[person]), mean), 255)
        noted[visitors] = person
        visitors += sessions[person] > 0
    return noted[:visitors].copy()


@kernel
def fade(lines, lasting, short, readings):
    """Multiply the lasting and short parts of belief and the readings by their decay of one step."""
    flat = lines.reshape(-1, lines.shape[2])
    for row in range(flat.shape[0]):
        flat[row, LASTING] *= lasting
        flat[row, SHORT] *= short
        flat[row, SEEN_ACCURATE] *= readings
        flat[row, SEEN_FALSE] *= readings


@kernel
def approach(level, goal, share):
    """Close ``share`` of each person's distance from a goal; level is float64[n], changed in place."""
    for person in range(level.size):
        level[person] += share * (goal[person] - level[person])
