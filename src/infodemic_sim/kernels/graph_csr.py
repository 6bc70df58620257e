"""Ties to compressed sparse rows by counting sorts: linear in people and ties.

Each sort goes in two rounds: first into some hundreds of buckets of neighbouring people, whose ends stay in
cache, then bucket by bucket to the rows, which are then in cache as well. Writing to rows all over the memory
would fetch and give back a whole cache line for each entry.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import kernel

BUCKETS = 512
HALF = 32
LOWER_HALF = 2**HALF - 1


class Room(NamedTuple):
    """Where a sort may write; made outside of kernels, where numpy asks for large pages of memory."""

    pairs: np.ndarray  # int64, one per entry: row and member, in halves
    pair_weights: np.ndarray  # float32, the same number, or of length 0
    members: np.ndarray  # int32, the sorted entries
    weights: np.ndarray  # float32, the same number, or of length 0


@kernel
def to_starts(counts):
    """Where each person's row starts, from the counts; `counts` becomes where its next entry goes."""
    starts = np.empty(counts.size + 1, np.int64)
    place = np.int64(0)
    for person in range(counts.size):
        starts[person] = place
        place += counts[person]
        counts[person] = starts[person]
    starts[counts.size] = place
    return starts


@kernel
def buckets_of(starts):
    """Where the entries of each bucket of neighbouring people start; and bits by which ids in one differ."""
    n, bits = starts.size - 1, 0
    while (n - 1) >> bits >= BUCKETS:
        bits += 1
    return starts[: n : 1 << bits].copy(), bits


@kernel
def pair_up(row, member, weight, place, room):
    """Put an entry where its bucket goes on."""
    room.pairs[place] = np.int64(row) << HALF | np.int64(member)
    if room.pair_weights.size:
        room.pair_weights[place] = weight


@kernel
def settle(count, free, room):
    """Second round: entries go from their buckets to their rows, in order."""
    for entry in range(count):
        pair = room.pairs[entry]
        place = free[pair >> HALF]
        free[pair >> HALF] = place + 1
        room.members[place] = np.int32(pair & LOWER_HALF)
        if room.pair_weights.size:
            room.weights[place] = room.pair_weights[entry]


@kernel
def group_by_target(sources, targets, weights, friends, free, room):
    """For each target its sources, in the order of the ties, self-loops left out; gives the starts.

    `friends` turns every tie from the smaller to the larger id. `free` is zeros, one per person, wide
    enough to count entries (int32 is faster, as it stays in cache). `room` holds all ties.
    """
    for tie in range(sources.size):
        if sources[tie] != targets[tie]:
            free[max(sources[tie], targets[tie]) if friends else targets[tie]] += 1
    starts = to_starts(free)
    places, bits = buckets_of(starts)
    for tie in range(sources.size):
        source, target = sources[tie], targets[tie]
        if source == target:
            continue
        if friends and source > target:
            source, target = target, source
        place = places[target >> bits]
        places[target >> bits] = place + 1
        pair_up(target, source, weights[tie] if weights.size else np.float32(0.0), place, room)
    settle(starts[-1], free, room)
    return starts


@kernel
def pair_columns(indptr, indices, weights, columns, room):
    """First round of turning rows into columns, which start at `columns`."""
    places, bits = buckets_of(columns)
    for row in range(indptr.size - 1):
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            place = places[other >> bits]
            places[other >> bits] = place + 1
            pair_up(other, row, weights[entry] if weights.size else np.float32(0.0), place, room)


@kernel
def transposed(indptr, indices, weights, free, room):
    """Turn rows into columns; rows of the result are sorted, equal entries keep their order.

    `free` is as for ``group_by_target``; `indices` and `weights` may be those of the room.
    """
    for entry in range(indptr[-1]):
        free[indices[entry]] += 1
    starts = to_starts(free)
    pair_columns(indptr, indices, weights, starts, room)
    settle(starts[-1], free, room)
    return starts


@kernel
def both_ways(indptr, indices, weights, free, room):
    """Rows of larger ids only, completed by the other direction: smaller ids first, so still sorted.

    `room` holds twice as many entries as the rows.
    """
    for entry in range(indptr[-1]):
        free[indices[entry]] += 1
    columns = to_starts(free)
    pair_columns(indptr, indices, weights, columns, room)
    starts = columns + indptr
    for row in range(free.size):
        free[row] = starts[row]
    settle(indptr[-1], free, room)
    for row in range(indptr.size - 1):
        place = starts[row + 1] - indptr[row + 1]
        for entry in range(indptr[row], indptr[row + 1]):
            room.members[place + entry] = indices[entry]
            if weights.size:
                room.weights[place + entry] = weights[entry]
    return starts
