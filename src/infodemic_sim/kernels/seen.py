"""Which messages each person has read: exact, in small open-addressing tables of one common pool."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.draws import GOLDEN
from infodemic_sim.kernels.prefetch import prefetch

WORD = np.uint64(64)
AHEAD = 16
"""People whose tables are asked for before their turn, where all tables are gone through."""
USUALLY_READ = 8
"""Messages of one step for which readers get room at first; the few who read more get it when they do."""


@kernel
def home(slot, bits):
    """The first place to look for a message slot in a table of 2**bits entries."""
    return np.int64((np.uint64(slot) * GOLDEN) >> (WORD - np.uint64(bits)))


@kernel
def contains(pool, start, bits, slot):
    """Whether the table of 2**bits entries at ``start`` of the pool holds a message slot."""
    mask = (1 << np.int64(bits)) - 1
    place = home(slot, bits)
    entry = pool[start + place]
    while entry != 0 and entry != slot + 1:
        place = (place + 1) & mask
        entry = pool[start + place]
    return entry != 0


@kernel
def near_home(pool, start, bits, slot):
    """Whether the slot stands first or second where it is looked for, as nearly all in a table do."""
    place = home(slot, bits)
    second = (place + 1) & ((1 << np.int64(bits)) - 1)
    return (pool[np.uint64(start + place)] == slot + 1) | (pool[np.uint64(start + second)] == slot + 1)


@inlined
def remember(seen, person, slot):
    """Add a message that is not in the table yet, where there is room for it, see ``has_room``."""
    bits = seen.bits[person]
    mask = (1 << np.int64(bits)) - 1
    start = seen.start[person]
    place = home(slot, bits)
    while seen.pool[start + place] != 0:
        place = (place + 1) & mask
    seen.pool[start + place] = slot + 1
    seen.number[person] += 1


@kernel
def has_room(seen, person, more):
    """Whether the person's table stays at most 2/3 full with so many more messages."""
    return 3 * (seen.number[person] + more) <= 2 << np.int64(seen.bits[person])


@kernel
def bits_for(number, bits):
    """Bits of the smallest table, of 2**bits entries at least, that so many messages fill to at most 2/3."""
    while 3 * number > 2 << bits:
        bits += 1
    return bits


@kernel
def reserve(seen, used, readers, sessions, budget, most):
    """Give these readers, int32[m], room for what they may read, but for ``most`` messages at most.

    Returns the end of the used pool, and the size that the pool must have before calling again
    (0 when every reader has been served).
    """
    for person in readers:
        more = min(np.int64(sessions[person]) * budget[person], most)
        if has_room(seen, person, more):
            continue
        bits = bits_for(seen.number[person] + more, np.int64(seen.bits[person]) + 1)
        if used + (1 << bits) > seen.pool.size:
            return used, used + (1 << bits)
        used = move(seen, person, used, bits)
    return used, 0


@kernel
def move(seen, person, used, bits):
    """Copy one person's table to the end of the used pool, at a new size; the new end.

    Behind the used pool all is 0, as ``make_room`` and ``forget`` make it.
    """
    old, old_size = seen.start[person], 1 << np.int64(seen.bits[person])
    seen.start[person] = used
    seen.bits[person] = bits
    seen.number[person] = 0
    for place in range(old, old + old_size):
        if seen.pool[place] != 0:
            remember(seen, person, seen.pool[place] - 1)
    return used + (1 << bits)


@kernel
def packed(seen, live, least_bits):
    """Close up the living entries of all tables, and give each a place: (total, kept, start, bits).

    The old tables are of no more use, but for the first ``kept`` entries of each, which ``refill`` reads.
    The new ones stand close together; each has the room that its person's next visit will ask for, or most
    would soon have to move.

    Parameters
    ----------
    live : int8[slots + 1], 1 for the entry (slot + 1) of a living message.
    """
    n = seen.start.size
    kept, start, bits = np.empty(n, np.int32), np.empty(n, np.int64), np.empty(n, np.int8)
    total = 0
    for person in range(n):
        prefetch(seen.pool, seen.start[min(person + AHEAD, n - 1)])
        first = seen.start[person]
        count = 0
        for place in range(first, first + (1 << np.int64(seen.bits[person]))):  # without a branch
            entry = seen.pool[place]
            seen.pool[first + count] = entry
            count += live[entry] != 0
        size = bits_for(count + USUALLY_READ, least_bits)
        kept[person], start[person], bits[person] = count, total, size
        total += 1 << size
    return total, kept, start, bits


@kernel
def refill(old, kept, new):
    """Copy the first entries of the old tables, ``kept`` of each, into the new, empty ones."""
    n = old.start.size
    for person in range(n):
        prefetch(old.pool, old.start[min(person + AHEAD, n - 1)])
        first = old.start[person]
        for place in range(first, first + kept[person]):
            remember(new, person, old.pool[place] - 1)
