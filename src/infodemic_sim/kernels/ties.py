"""Who follows whom, where that changes: cut and new ties, who falls out, and what a tie is worth counting.

Row v of ``followees`` holds the people whom v follows, in places ``indptr[v]`` to ``indptr[v + 1]``. A free
place holds ``nobody``, the number of a timeline on which nothing ever stands.
"""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.persuasion import belief, sigmoid


@kernel
def place_of(indptr, followees, reader, other):
    """The place of a tie, or -1 where there is none."""
    for place in range(indptr[reader], indptr[reader + 1]):
        if followees[place] == other:
            return place
    return np.int64(-1)


@kernel
def cut(readers, others, indptr, followees, weights, followers, returned, nobody):
    """End ties; pairs between whom there is none are passed over. The places that became free, int64[c]."""
    changed = np.empty(readers.size, np.int64)
    count = 0
    for k in range(readers.size):
        reader, other = readers[k], others[k]
        place = place_of(indptr, followees, reader, other)
        if place < 0:
            continue
        followees[place] = nobody
        if weights.size > 0:
            weights[place] = 0.0
        followers[other] -= 1
        if place_of(indptr, followees, other, reader) >= 0:
            returned[0] -= 2
        changed[count] = place
        count += 1
    return changed[:count].copy()


@kernel
def add(readers, others, indptr, followees, followers, returned, nobody):
    """New ties in free places, in the order given; the places that were filled, int64[c].

    Nobody follows themselves or anybody twice; who has no free place follows nobody more.
    """
    changed = np.empty(readers.size, np.int64)
    count = 0
    for k in range(readers.size):
        reader, other = readers[k], others[k]
        if reader == other or place_of(indptr, followees, reader, other) >= 0:
            continue
        place = place_of(indptr, followees, reader, nobody)
        if place < 0:
            continue
        followees[place] = other
        followers[other] += 1
        if place_of(indptr, followees, other, reader) >= 0:
            returned[0] += 2
        changed[count] = place
        count += 1
    return changed[:count].copy()


@kernel
def falling_out(met, messages, lines, keys, chance, base):
    """Who unfollows whom after reading a post of the side they lean against: readers, others, int64[c] each.

    Parameters
    ----------
    met : int32[m, 3] of (reader, message slot, followee on whose timeline it stood).
    chance : of unfollowing at the greatest distance; it falls in proportion to the distance of credences.
    base : address of the draws.
    """
    readers, others = np.empty(met.shape[0], np.int64), np.empty(met.shape[0], np.int64)
    count = 0
    for k in range(met.shape[0]):
        reader, slot, other = met[k, 0], met[k, 1], met[k, 2]
        topic = messages[slot].topic
        own = belief(lines, reader, topic)
        if messages[slot].side * own >= 0.0:
            continue
        distance = abs(sigmoid(own) - sigmoid(belief(lines, other, topic)))
        address = absorb(absorb(absorb(base, keys[reader]), keys[other]), messages[slot].key)
        if uniform(address) < chance * distance:
            readers[count], others[count] = reader, other
            count += 1
    return readers[:count].copy(), others[:count].copy()


@kernel
def count_returned(indptr, followees):
    """Ties that are returned, of a graph whose rows are sorted."""
    count = 0
    for reader in range(indptr.size - 1):
        for place in range(indptr[reader], indptr[reader + 1]):
            other = followees[place]
            row = followees[indptr[other] : indptr[other + 1]]
            at = np.searchsorted(row, reader)
            count += at < row.size and row[at] == reader
    return count


@kernel
def count_same_side(indptr, followees, lines):
    """Ties, and on each topic those between people who lean to the same side: int64[1 + topics]."""
    people, topics = indptr.size - 1, lines.shape[1]
    leans = np.empty((people, topics), np.bool_)
    for person in range(people):
        for topic in range(topics):
            leans[person, topic] = belief(lines, person, topic) < 0.0
    out = np.zeros(1 + topics, np.int64)
    for reader in range(people):
        for place in range(indptr[reader], indptr[reader + 1]):
            other = followees[place]
            if other < people:
                out[0] += 1
                for topic in range(topics):
                    out[1 + topic] += leans[reader, topic] == leans[other, topic]
    return out
