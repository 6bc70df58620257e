"""What is to happen to whom, in order of time: a page for each step to come, a heap for the present one.

A page is a chain of blocks of one pool, written in no order. Where something earlier overtakes what awaits a
person, the old entry stays and is passed over. When its step comes, a page is read and sorted; what comes up
within the step then goes to the heap.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.growing import roomier

BLOCK_BITS = 4
BLOCK = 1 << BLOCK_BITS
NONE = -1
FIRST, UNUSED = 0, 1
"""Places in ``free``: the first free block, and how many there are."""


class Pages(NamedTuple):
    """Who waits for what is to come."""

    ends: np.ndarray  # int64[steps + 1], place in the pool of the last entry of each page, NONE if empty
    pool: np.ndarray  # int32[blocks * BLOCK], people
    before: np.ndarray  # int64[blocks], the block before each of a page; after each free one, the next
    free: np.ndarray  # int64[2]


@kernel
def empty_pages(steps):
    """Pages of so many steps, and of step 0, without blocks."""
    free = np.array([NONE, 0])
    return Pages(np.full(steps + 1, NONE, np.int64), np.empty(0, np.int32), np.empty(0, np.int64), free)


@kernel
def blocks_for(people, pages):
    """Free blocks that so many people may need, over so many pages."""
    return 1 + (people >> BLOCK_BITS) + min(people, pages)


@kernel
def room_for(pages, people):
    """The pages, with room for so many people wherever they go."""
    old, needed = pages.before.size, blocks_for(people, pages.ends.size)
    if pages.free[UNUSED] >= needed:
        return pages
    blocks = max(2 * old, old + needed)
    before, pool = roomier(pages.before, blocks), roomier(pages.pool, blocks * BLOCK)
    for block in range(old, before.size):
        before[block] = pages.free[FIRST]
        pages.free[FIRST] = block
    pages.free[UNUSED] += before.size - old
    return Pages(pages.ends, pool, before, pages.free)


@inlined
def write(ends, pool, before, free, step, person):
    """Add a person to the page of a step, in a new block if the last one is full."""
    last, block = ends[step], free[FIRST]
    full = np.int64((last + 1) & (BLOCK - 1) == 0)  # a number, for a straight line
    following = before[block]
    before[block] = following + full * ((last >> BLOCK_BITS) - following)
    free[FIRST] = block + full * (following - block)
    free[UNUSED] -= full
    place = last + 1 + full * ((block << BLOCK_BITS) - last - 1)
    ends[step] = place
    pool[place] = person


@kernel
def read(ends, pool, before, free, step):
    """Everybody on the page of a step, int32[m]; its blocks become free."""
    last, count = ends[step], 0
    block = last >> BLOCK_BITS
    while block != NONE:
        count += BLOCK
        block = before[block]
    people = np.empty(count, np.int32)
    count = 0
    while last != NONE:
        block = last >> BLOCK_BITS
        for at in range(block << BLOCK_BITS, last + 1):
            people[count] = pool[at]
            count += 1
        last = (before[block] << BLOCK_BITS) + BLOCK - 1
        before[block] = free[FIRST]
        free[FIRST] = block
        free[UNUSED] += 1
    return people[:count]


@kernel
def push(people, times, size, person, time):
    """Add an entry to a heap of ``size`` entries, four below each, that has room for it."""
    at = size
    while at > 0:
        above = (at - 1) >> 2
        if times[above] <= time:
            break
        times[at], people[at] = times[above], people[above]
        at = above
    times[at], people[at] = time, person


@kernel
def drop_first(people, times, size):
    """Take the earliest entry out of a heap of ``size`` entries."""
    last = size - 1
    time, person = times[last], people[last]
    at, below = 0, 1
    while below < last:
        least = below
        for other in range(below + 1, min(below + 4, last)):
            if times[other] < times[least]:
                least = other
        if times[least] >= time:
            break
        times[at], people[at] = times[least], people[least]
        at, below = least, 4 * least + 1
    times[at], people[at] = time, person


@kernel
def by_time(times, people):
    """Both in order of time: put into as many cells as there are entries, then sorted (Shell 1959)."""
    m = times.size
    cells, starts = cells_of(times), np.zeros(m + 1, np.int64)
    for cell in cells:
        starts[cell + 1] += 1
    gap, largest = 1, starts.max()
    for cell in range(m):
        starts[cell + 1] += starts[cell]
    sorted_times, sorted_people = np.empty(m, np.float64), np.empty(m, np.int32)
    for k in range(m):
        at = starts[cells[k]]
        sorted_times[at], sorted_people[at] = times[k], people[k]
        starts[cells[k]] = at + 1
    while 4 * gap < largest:
        gap *= 4
    while gap > 0:
        sort_apart(sorted_times, sorted_people, gap)
        gap //= 4
    return sorted_times, sorted_people


@kernel
def cells_of(times):
    """Numbers 0 to m - 1 that rise with time, spread as evenly as the m times are; int32[m]."""
    m, earliest, latest = times.size, math.inf, -math.inf
    for k in range(m):
        earliest, latest = min(earliest, times[k]), max(latest, times[k])
    cells = np.zeros(m, np.int32)
    if latest > earliest:
        per_unit = m / (latest - earliest)
        for k in range(m):
            cells[k] = min(m - 1, int((times[k] - earliest) * per_unit))
    return cells


@kernel
def sort_apart(times, people, gap):
    """Sort, in place, entries that stand ``gap`` apart."""
    for k in range(gap, times.size):
        time, person, at = times[k], people[k], k
        while at >= gap and times[at - gap] > time:
            times[at], people[at] = times[at - gap], people[at - gap]
            at -= gap
        times[at], people[at] = time, person


@kernel
def step_of(time, start):
    """Number, 1 at least, of the step in which a time lies: step k ends at ``start`` + k."""
    return max(1, math.ceil(time - start))
