"""Sets of 64-bit keys (open addressing), and numbering of ids that have gaps."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import mixed

FREE = np.int64(-(2**63))
"""Marks a free place; no key may have this value."""


@kernel
def new_set(keys):
    """Room for a number of keys, at most half full."""
    size = 16
    while size < 2 * keys:
        size *= 2
    return np.full(size, FREE)


@kernel
def slot_of(table, key):
    """Where the key is or belongs; `table` must not be full."""
    slot = np.int64(mixed(np.uint64(key)) & np.uint64(table.size - 1))
    while table[slot] != FREE and table[slot] != key:
        slot = (slot + 1) & (table.size - 1)
    return slot


@kernel
def added(table, key):
    """Put the key into the set; False if it was there."""
    slot = slot_of(table, key)
    if table[slot] == key:
        return False
    table[slot] = key
    return True


@kernel
def present(sources, targets, span):
    """Which of the ids 0 … span − 1 occur."""
    seen = np.zeros(span, np.bool_)
    for tie in range(sources.size):
        seen[sources[tie]] = True
        seen[targets[tie]] = True
    return seen


@kernel
def looked_up(ids, new):
    """new[id] for each id, as int32."""
    found = np.empty(ids.size, np.int32)
    for tie in range(ids.size):
        found[tie] = new[ids[tie]]
    return found


@kernel
def distinct(sources, targets):
    """Each id once, in no particular order; the set grows as ids are found."""
    table, known = new_set(1024), 0
    for tie in range(2 * sources.size):
        key = sources[tie >> 1] if tie & 1 == 0 else targets[tie >> 1]
        if added(table, key):
            known += 1
            if 2 * known > table.size:
                wider = new_set(2 * known)
                for old in table:
                    if old != FREE:
                        wider[slot_of(wider, old)] = old
                table = wider
    return table[table != FREE]


@kernel
def ranks(ids, labels):
    """Place of each id in the sorted labels, as int32."""
    table = new_set(labels.size)
    rank = np.empty(table.size, np.int32)
    for place in range(labels.size):
        slot = slot_of(table, labels[place])
        table[slot] = labels[place]
        rank[slot] = place
    found = np.empty(ids.size, np.int32)
    for tie in range(ids.size):
        found[tie] = rank[slot_of(table, ids[tie])]
    return found
