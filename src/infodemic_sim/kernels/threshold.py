"""One round of contagion by threshold: people follow once enough of those whom they see have gone ahead."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.cascade import passed_on, reached_ties, tie_draw
from infodemic_sim.kernels.compiled import kernel

WHOLE = 2.0**53
"""Influence is added up in whole numbers, this many to 1, so that no order of adding can matter."""


@kernel
def influence(weights, tie):
    """What one active person counts for along a tie: its weight in units of 1 / WHOLE; without weights, 1."""
    return np.int64(np.float64(weights[tie]) * WHOLE) if weights.size else np.int64(1)


@kernel
def raised(threshold, inoculation, person):
    """A threshold, its log-odds raised by a person's inoculation; 0 changes no bit."""
    if not inoculation.size or inoculation[person] == 0.0 or not 0.0 < threshold < 1.0:
        return threshold
    return threshold / (threshold + (1.0 - threshold) * math.exp(-inoculation[person]))


@kernel
def gets_through(base, keys, source, target, sharing):
    """Whether what a person does is seen along a tie: always, unless their sharing is lowered."""
    chance = passed_on(1.0, sharing, source)
    return chance >= 1.0 or tie_draw(base, keys, source, target) < chance


@kernel
def followers_won(
    base, keys, fresh, indptr, indices, weights, full, thresholds, sharing, inoculation, pressure, status
):
    """Those whose threshold is met in this round: int32[m], in no set order.

    Parameters
    ----------
    fresh : int32[k], who became active in the round before: they begin to count now.
    indptr, indices, weights : row u holds those who see u; influence of ties, or empty: everybody counts 1.
    full : float64[n], the pressure that stands for a share of 1.
    thresholds : float64[n], shares.
    sharing, inoculation : float64[n], or empty where untouched.
    pressure : int64[n], what active people count for so far; brought up to date.
    status : int8[n], 0 for those not yet active; brought up to date.
    """
    found = np.empty(reached_ties(fresh, indptr), np.int32)
    count = 0
    for source in fresh:
        for tie in range(indptr[source], indptr[source + 1]):
            target = indices[tie]
            if status[target] != 0 or influence(weights, tie) == 0:
                continue
            if not gets_through(base, keys, source, target, sharing):
                continue
            pressure[target] += influence(weights, tie)
            found[count] = target
            count += 1
    return those_convinced(found[:count], full, thresholds, inoculation, pressure, status)


@kernel
def those_convinced(touched, full, thresholds, inoculation, pressure, status):
    """Of those whose pressure has grown, who has enough: int32[m], each once."""
    found = np.empty(touched.size, np.int32)
    count = 0
    for person in touched:
        limit = raised(thresholds[person], inoculation, person)
        if status[person] == 0 and np.float64(pressure[person]) / full[person] >= limit:
            status[person] = 1
            found[count] = person
            count += 1
    return found[:count].copy()


@kernel
def whom_followed(base, lots, keys, people, first, latest, indptr, indices, weights, sharing):
    """Whom each one followed: a lot among those who began to count in this round, int32[m].

    The lot falls in proportion to influence: of exponential clocks, -ln(U) / weight, the least wins.

    Parameters
    ----------
    base, lots : addresses of the draws of ties, and of the lots.
    people : int32[m], who were convinced.
    first : number of the first adoption of the round before; latest : int32[n], numbers of adoptions.
    indptr, indices, weights : row v holds those whom v sees.
    """
    sources = np.full(people.size, -1, np.int32)
    for k in range(people.size):
        target = people[k]
        least = np.inf
        for tie in range(indptr[target], indptr[target + 1]):
            source = indices[tie]
            if latest[source] < first or influence(weights, tie) == 0:
                continue
            clock = -math.log(tie_draw(lots, keys, source, target)) / np.float64(influence(weights, tie))
            if clock < least and gets_through(base, keys, source, target, sharing):
                sources[k], least = source, clock
    return sources
