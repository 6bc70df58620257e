"""The race of posts for a reader's places: which stored posts are read, and in what order.

A post with score w has race time -log(u)/w (an exponential race draws without replacement in proportion
to w), background posts arrive as a Poisson process on the same clock, and the first ``places`` arrivals
are read. Posts are named by their place in the flat timelines, see ``layout.Feed``.
"""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.layout import (
    AUTHOR_BITS,
    FIRST_OCTAVE,
    META,
    META_BITS,
    PER_OCTAVE,
    POST,
    POSTED,
    SHORT_KEY,
)
from infodemic_sim.kernels.prefetch import prefetch
from infodemic_sim.kernels.seen import contains, near_home

MARGIN = 1.0 + 1e-6
"""Times in the table are widened by so much, that rounding may never cut off who would arrive."""
BLOCK_BITS = 3
BLOCK = 1 << BLOCK_BITS
"""Background posts for which one logarithm is taken together."""


@kernel
def ahead(law, time):
    """Share of background posts whose race time is below ``time``."""
    place = (math.log2(time) - FIRST_OCTAVE) * PER_OCTAVE
    if place <= 0.0:
        return law[0] * time / 2.0**FIRST_OCTAVE
    k = int(place)
    if k >= law.size - 1:
        return law[law.size - 1]
    return law[k] + (place - k) * (law[k + 1] - law[k])


@kernel
def latest(law_times, share):
    """A race time by which at least ``share`` of the background posts have arrived.

    law_times : float64[m + 1], times by which k/m of them have.
    """
    last = law_times.size - 1
    return law_times[int(share * last) + 1] * MARGIN if share < 1.0 - 1.0 / last else math.inf


@inlined
def background(places, address, products, totals):
    """Arrivals of background posts, at -log of products of uniforms, in blocks of 8.

    Arrival k is at ``totals[k // 8] - log(products[k])`` on a clock on which one post is expected per
    unit; the time of the last one is given back.
    """
    total = 0.0
    for start in range(0, places, BLOCK):
        totals[start >> BLOCK_BITS] = total
        product = 1.0
        for k in range(start, min(start + BLOCK, places)):
            product *= uniform(absorb(address, np.uint64(k)))
            products[k] = product
        total -= math.log(product)
    return total


@kernel
def arrived(clock, taken, most, products, totals):
    """How many background posts have arrived by ``clock``, counted on from ``taken``, ``most`` at most."""
    while taken < most and totals[taken >> BLOCK_BITS] < clock:
        limit = math.exp(totals[taken >> BLOCK_BITS] - clock)
        end = min(most, ((taken >> BLOCK_BITS) + 1) << BLOCK_BITS)
        while taken < end and products[taken] > limit:
            taken += 1
        if taken < end:
            break
    return taken


@inlined
def gather(line, width, followees, standing, count, oldest, rows, owners):
    """Places of the posts not older than ``oldest`` on the first ``count`` timelines that stand; how many.

    ``owners`` gets the tie over which each is seen, unless it is empty.
    """
    found = 0
    for k in range(count):
        tie = standing[k]
        start = np.int64(followees[tie]) * width
        before = found
        for at in range(start, start + width, POST):
            rows[found] = at
            found += line[np.uint64(at + POSTED)] >= oldest
        if owners.size > 0:
            for post in range(before, found):
                owners[post] = tie
    return found


@inlined
def unread(line, seen, reader, found, rows, owners):
    """Leave out most posts of messages that the reader has read (``race`` drops the rest); how many stay.

    In a large cascade they are four in five, but no processor can guess which: so there is no branch.
    """
    pool, table, bits = seen.pool, seen.start[reader], seen.bits[reader]
    left = 0
    for c in range(found):
        row = rows[c]
        rows[left] = row
        if owners.size > 0:
            owners[left] = owners[c]
        left += not near_home(pool, table, bits, line[np.uint64(row)])
    return left


@inlined
def later(k, time, luck, row, times, lucks, rows, keys, width):
    """Whether front-runner k comes after (time, luck, row): by time, then luck, then key of the timeline."""
    if times[k] != time:
        return times[k] > time
    if lucks[k] != luck:
        return lucks[k] > luck
    return keys[rows[k] // width] > keys[row // width]


@inlined
def race(feed, seen, messages, reader, step, racing, cut, pull, found, rows, owners, times, lucks):
    """Keep the posts that may arrive before ``cut``, with their times and lucks; how many.

    Of several posts of one message only the first to arrive is kept; where it came twice to one timeline of
    a space in one step, that on the earlier place.

    This is where a run spends its time. A post that cannot win (1 - u >= score * cut implies
    -log(u) / score >= cut) is dropped before any logarithm.
    """
    line, weight, recency = feed.line, feed.weight, feed.recency
    homophily, random, width, keys = feed.homophily != 0.0, feed.random, feed.width, feed.keys
    pool, table, bits = seen.pool, seen.start[reader], seen.bits[reader]
    for c in range(found):
        prefetch(weight, np.int64(line[rows[c]]))
    count = 0
    for c in range(found):
        at = np.uint64(rows[c])
        meta = line[at + np.uint64(META)]
        slot = line[at]
        value = recency[np.uint64(step - line[at + np.uint64(POSTED)])] * weight[np.uint64(slot)]
        if homophily:
            value *= pull[meta & ((1 << META_BITS) - 1)]
        if owners.size > 0:
            value *= feed.ties[owners[c]]
        if feed.reach.size > 0:
            value *= feed.reach[rows[c] // width]
        luck = uniform(absorb(racing, np.uint64(line[at + np.uint64(SHORT_KEY)])))
        if value <= 0.0 or value * cut <= (1.0 - luck if random else 1.0):
            continue
        if contains(pool, table, bits, slot):
            continue
        if meta >> META_BITS == reader & AUTHOR_BITS and messages[slot].author == reader:
            continue
        time = (-math.log(luck) if random else 1.0) / value
        if time >= cut:
            continue
        prefetch(messages, np.int64(slot))
        k = 0
        while k < count and line[rows[k]] != slot:
            k += 1
        if k == count or later(k, time, luck, rows[c], times, lucks, rows, keys, width):
            rows[k], times[k], lucks[k] = rows[c], time, luck
            count += k == count
    return count


@inlined
def sort_front(count, rows, times, lucks, keys, width):
    """Sort the front-runners in place (Shell 1959, with gaps 4^k)."""
    gap = 1
    while 4 * gap < count:
        gap *= 4
    while gap > 0:
        for k in range(gap, count):
            time, luck, row = times[k], lucks[k], rows[k]
            at = k
            while at >= gap and later(at - gap, time, luck, row, times, lucks, rows, keys, width):
                times[at], lucks[at], rows[at] = times[at - gap], lucks[at - gap], rows[at - gap]
                at -= gap
            times[at], lucks[at], rows[at] = time, luck, row
        gap //= 4


@inlined
def first_places(feed, expected, places, count, times, products, totals):
    """How many of the front-runners are read; background posts take the other places."""
    taken = np.int64(0)
    for number in range(count):
        if expected > 0.0:
            clock = expected * ahead(feed.law, times[number])
            taken = arrived(clock, taken, places - number, products, totals)
        if number + taken >= places:
            return number
    return count
