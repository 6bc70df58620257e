"""What opinions between 0 and 1 amount to: sums, spread, clusters, log-odds.

Sums are 64-bit fixed point, with as many bits behind the point as the number of terms leaves room for: the
order of people cannot matter, and little precision is lost.
"""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import kernel

MEAN, VARIANCE, CLUSTERS, MAJOR = range(4)


@kernel
def scale_for(terms):
    """The power of two by which so many numbers from 0 to 1 may be multiplied and summed in 63 bits."""
    scale = 2.0**61
    while terms > 1:
        terms = (terms + 1) // 2
        scale *= 0.5
    return scale


@kernel
def fixed(value, scale):
    """A number, not negative, as the nearest multiple of 1 / scale."""
    return np.int64(value * scale + 0.5)


@kernel
def mean_of(values):
    """Mean of numbers from 0 to 1, whatever their order."""
    scale = scale_for(values.size)
    total = np.int64(0)
    for person in range(values.size):
        total += fixed(values[person], scale)
    return total / (scale * values.size)


@kernel
def summary(opinion, gap, share):
    """Mean, variance, number of clusters, and how many of those hold at least a share of all people."""
    out = np.empty(4)
    out[MEAN] = mean_of(opinion)
    away = np.empty(opinion.size)
    for person in range(opinion.size):
        away[person] = (opinion[person] - out[MEAN]) * (opinion[person] - out[MEAN])
    out[VARIANCE] = mean_of(away)
    sizes = cluster_sizes(opinion, gap)
    out[CLUSTERS], out[MAJOR] = sizes.size, 0.0
    for cluster in range(sizes.size):
        if sizes[cluster] >= share * opinion.size:
            out[MAJOR] += 1.0
    return out


@kernel
def cluster_sizes(opinion, gap):
    """People in each cluster, from the lowest opinions up: neighbouring opinions lie at most a gap apart.

    Linear in people: opinions in one of the intervals as wide as the gap belong together, and whether two
    intervals do is told by the highest opinion of one and the lowest of the next.
    """
    intervals = int(1.0 / gap) + 2
    low, high = np.full(intervals, 2.0), np.full(intervals, -1.0)
    people = np.zeros(intervals, np.int64)
    for person in range(opinion.size):
        at = int(opinion[person] / gap)
        low[at], high[at] = min(low[at], opinion[person]), max(high[at], opinion[person])
        people[at] += 1
    sizes = np.zeros(intervals, np.int64)
    cluster, top = -1, -1.0
    for at in range(intervals):
        if people[at] > 0:
            if cluster < 0 or low[at] - top > gap:
                cluster += 1
            sizes[cluster] += people[at]
            top = high[at]
    return sizes[: cluster + 1]


@kernel
def log_odds(opinion, bound):
    """ln(x / (1 - x)) of each opinion, kept within ± bound: float64[n]."""
    out = np.empty(opinion.size)
    for person in range(opinion.size):
        x = opinion[person]
        if x <= 0.0 or x >= 1.0:
            out[person] = -bound if x <= 0.0 else bound
        else:
            out[person] = min(bound, max(-bound, math.log(x) - math.log1p(-x)))
    return out
