"""Sums over people in 64-bit fixed point, so that the order of people cannot matter."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.layout import READS
from infodemic_sim.kernels.persuasion import belief, sigmoid, veracity_logit

SCALE = 2.0**32
PEOPLE, CREDENCE, SQUARED, MISINFORMED, DISCERNMENT = range(5)
REACHED_ACCURATE, REACHED_FALSE, REACHED_BY_PLAN = range(READS, 2 * READS)
"""Columns of people reached, after those of posts read."""


@kernel
def fixed(value):
    """A number as a multiple of 2**-32."""
    return np.int64(np.floor(value * SCALE + 0.5))


@kernel
def sum_groups(values, groups, number):
    """Sum of a number of each person, float64[n], in each group: int64[number], fixed point.

    groups : int32[partitions, n], the group of each person in each partition; -1 counts nowhere.
    """
    out = np.zeros(number, np.int64)
    for person in range(values.size):
        value = fixed(values[person])
        for partition in range(groups.shape[0]):
            group = groups[partition, person]
            if group >= 0:
                out[group] += value
    return out


@kernel
def sum_beliefs(lines, topic, readers, rule, groups, number):
    """People and fixed-point sums of belief on one topic: int64[number, 5], columns as named above.

    groups : as in ``sum_groups``.
    """
    out = np.zeros((number, 5), np.int64)
    none = np.uint8(0)
    for person in range(groups.shape[1]):
        credence = sigmoid(belief(lines, person, topic))
        accurate = sigmoid(veracity_logit(readers, rule, lines, person, topic, 1, none))
        false = sigmoid(veracity_logit(readers, rule, lines, person, topic, -1, none))
        first, square, discerned = fixed(credence), fixed(credence * credence), fixed(accurate - false)
        for partition in range(groups.shape[0]):
            group = groups[partition, person]
            if group < 0:
                continue
            out[group, PEOPLE] += 1
            out[group, CREDENCE] += first
            out[group, SQUARED] += square
            out[group, MISINFORMED] += 1 if credence < 0.5 else 0
            out[group, DISCERNMENT] += discerned
    return out


@kernel
def sum_reads(reads, topic, groups, number):
    """Posts read and people reached on one topic: int64[number, 6], columns as named above.

    groups : as in ``sum_groups``.
    """
    out = np.zeros((number, 2 * READS), np.int64)
    for partition in range(groups.shape[0]):
        for person in range(groups.shape[1]):
            group = groups[partition, person]
            if group >= 0:
                for what in range(READS):
                    out[group, what] += reads[person, topic, what]
                    out[group, READS + what] += 1 if reads[person, topic, what] > 0 else 0
    return out
