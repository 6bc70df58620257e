"""Ties swapped at random until only what is to be kept is left.

A tie is one number, source × 2³² + target.
"""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import mixed
from infodemic_sim.kernels.graph_ids import FREE, added, new_set, slot_of
from infodemic_sim.kernels.graph_random import below, uniform
from infodemic_sim.kernels.prefetch import prefetch

AHEAD = 16
"""Pairs of ties between a hint to the processor and the swap."""
STAY = 0.25
"""Chance that two ties are let alone: without it an even number of swaps would always remain even."""
LOW = np.int64(2**32 - 1)


@kernel
def packed(source, target):
    """A tie as one number."""
    return np.int64(source) << 32 | np.int64(target)


@kernel
def turned(tie):
    """The tie with its ends exchanged."""
    return packed(tie & LOW, tie >> 32)


@kernel
def tie_key(tie, directed):
    """The number under which a tie is known; a friendship has the same either way."""
    return tie if directed or tie >> 32 < tie & LOW else turned(tie)


@kernel
def removed(table, key):
    """Take a key out of a set of ``graph_ids``, where it must be; later keys move up to leave no gap."""
    mask = table.size - 1
    gap = slot_of(table, key)
    slot = (gap + 1) & mask
    while table[slot] != FREE:
        home = np.int64(mixed(np.uint64(table[slot])) & np.uint64(mask))
        if (slot - home) & mask >= (slot - gap) & mask:
            table[gap] = table[slot]
            gap = slot
        slot = (slot + 1) & mask
    table[gap] = FREE


@kernel
def is_new(table, key):
    """Whether a key is not in a set."""
    return table[slot_of(table, key)] == FREE


@kernel
def swapped(one, other):
    """Two ties with their targets exchanged."""
    return packed(one >> 32, other & LOW), packed(other >> 32, one & LOW)


@kernel
def shuffle_ties(state, ties, weights, first, end, turning):
    """Put ties first … end − 1 in random order, with their weights, and turn each round with chance 1/2."""
    for last in range(end - 1, first, -1):
        other = first + below(state, last + 1 - first)
        ties[last], ties[other] = ties[other], ties[last]
        if weights.size:
            weights[last], weights[other] = weights[other], weights[last]
    if turning:
        for place in range(first, end):
            if uniform(state) < 0.5:
                ties[place] = turned(ties[place])


@kernel
def foresee(table, one, other, directed):
    """Ask for the memory that a swap of two ties will need."""
    new_one, new_other = swapped(one, other)
    mask = np.uint64(table.size - 1)
    for tie in (one, other, new_one, new_other):
        prefetch(table, np.int64(mixed(np.uint64(tie_key(tie, directed))) & mask))


@kernel
def swap_pairs(state, table, ties, first, end, directed):
    """Swap the targets of each two ties that stand side by side, but for some at random.

    Nor are those swapped from which a self-loop or a repeat would come.
    """
    for place in range(first, end - 1, 2):
        if place + 2 * AHEAD + 1 < end:
            foresee(table, ties[place + 2 * AHEAD], ties[place + 2 * AHEAD + 1], directed)
        if uniform(state) < STAY:
            continue
        one, other = swapped(ties[place], ties[place + 1])
        if one >> 32 == one & LOW or other >> 32 == other & LOW:
            continue
        one_slot = slot_of(table, tie_key(one, directed))
        if table[one_slot] != FREE or not is_new(table, tie_key(other, directed)):
            continue
        table[one_slot] = tie_key(one, directed)
        added(table, tie_key(other, directed))
        removed(table, tie_key(ties[place], directed))
        removed(table, tie_key(ties[place + 1], directed))
        ties[place], ties[place + 1] = one, other


@kernel
def swap_ties(state, ties, weights, starts, turning, directed, rounds):
    """In each round every tie is offered a swap with another of its block, drawn at random; in place.

    Block k holds the ties starts[k] … starts[k + 1] − 1, and turning[k] tells whether they may be turned
    round. Weights stay with the sources of ties that are not.
    """
    table = new_set(ties.size)
    for tie in ties:
        added(table, tie_key(tie, directed))
    for _ in range(rounds):
        for block in range(starts.size - 1):
            shuffle_ties(state, ties, weights, starts[block], starts[block + 1], turning[block])
            swap_pairs(state, table, ties, starts[block], starts[block + 1], directed)


@kernel
def sorted_by(groups, number, order):
    """The order, with entries of one group side by side and otherwise as before (counting sort)."""
    free = np.zeros(number + 1, np.int64)
    for entry in range(order.size):
        free[groups[order[entry]] + 1] += 1
    for group in range(number):
        free[group + 1] += free[group]
    out = np.empty(order.size, np.int64)
    for entry in range(order.size):
        group = groups[order[entry]]
        out[free[group]] = order[entry]
        free[group] += 1
    return out
