"""Memory of the next readers is asked for while one reads: waiting for it is most of what a feed costs."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import inlined
from infodemic_sim.kernels.prefetch import prefetch

PER_CACHE_LINE = 16
"""Numbers of 32 bits in a cache line of 64 bytes."""
MANY = 256
"""Places of a table of read messages that are asked for at the most."""


@inlined
def not_empty(followees, filled, first, last, standing):
    """Ties from ``first`` to ``last`` to timelines that are not empty, put into ``standing``; how many."""
    count = 0
    for tie in range(first, last):
        row = np.uint64(followees[tie])
        standing[count] = tie
        count += filled[row >> np.uint64(3)] >> (row & np.uint64(7)) & 1
    return count


@inlined
def look_ahead(feed, readers, seen, soon, later, standing):
    """Ask for what the next reader needs to choose posts, and for what the one after needs first.

    ``standing`` gets the ties of the next reader to timelines on which anything stands; how many.
    """
    indptr, followees, line, width = feed.indptr, feed.followees, feed.line, feed.width
    count = not_empty(followees, feed.filled, indptr[soon], indptr[soon + 1], standing)
    for k in range(count):
        prefetch(line, np.int64(followees[standing[k]]) * width)
    start = seen.start[soon]
    for place in range(start, start + min(1 << np.int64(seen.bits[soon]), MANY), PER_CACHE_LINE):
        prefetch(seen.pool, place)
    prefetch(readers.key, np.int64(soon))
    prefetch(feed.chatter, np.int64(soon))
    for tie in range(indptr[later], indptr[later + 1], PER_CACHE_LINE):
        prefetch(followees, tie)
    return count


@inlined
def call_up(readers, lines, reads, reader):
    """Ask for what a reader needs to read the posts that are being chosen; not all choose any."""
    people = readers.key.size
    prefetch(lines, np.int64(reader) * (lines.size // people))
    prefetch(reads, np.int64(reader) * (reads.size // people))
    prefetch(readers.trust, np.int64(reader) * readers.trust.shape[1])
    prefetch(readers.discernment, np.int64(reader))
    prefetch(readers.credulity, np.int64(reader))
    prefetch(readers.inoculation, np.int64(reader))
    prefetch(readers.isolation, np.int64(reader))
    prefetch(readers.sharing, np.int64(reader))
    prefetch(readers.inattention, np.int64(reader))
