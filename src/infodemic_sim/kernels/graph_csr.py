"""Ties to compressed sparse rows by two counting sorts: linear in people and ties."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def to_starts(counts):  # type: ignore[no-untyped-def]
    """Where each person's row starts, from the counts; `counts` becomes where its next entry goes."""
    starts = np.empty(counts.size + 1, np.int64)
    place = np.int64(0)
    for person in range(counts.size):
        starts[person] = place
        place += counts[person]
        counts[person] = starts[person]
    starts[counts.size] = place
    return starts


@njit(cache=True, nogil=True)
def group_by_target(sources, targets, weights, both_ways, free):  # type: ignore[no-untyped-def]
    """First counting sort: for each target its sources, in the order of the ties, self-loops left out.

    `free` is zeros, one per person, wide enough to count entries (int32 is faster, as it stays in cache);
    `both_ways` enters a tie at either end.
    """
    for tie in range(sources.size):
        if sources[tie] != targets[tie]:
            free[targets[tie]] += 1
            if both_ways:
                free[sources[tie]] += 1
    starts = to_starts(free)
    members = np.empty(starts[-1], np.int32)
    member_weights = np.empty(starts[-1] if weights.size else 0, np.float32)
    for tie in range(sources.size):
        source, target = sources[tie], targets[tie]
        if source == target:
            continue
        place = free[target]
        free[target] = place + 1
        members[place] = source
        if weights.size:
            member_weights[place] = weights[tie]
        if both_ways:
            place = free[source]
            free[source] = place + 1
            members[place] = target
            if weights.size:
                member_weights[place] = weights[tie]
    return starts, members, member_weights


@njit(cache=True, nogil=True)
def transposed(indptr, indices, weights, free):  # type: ignore[no-untyped-def]
    """Turn rows into columns; rows of the result are sorted, equal entries keep their order.

    `free` is zeros, one per person, as for ``group_by_target``.
    """
    for entry in range(indices.size):
        free[indices[entry]] += 1
    starts = to_starts(free)
    turned = np.empty(indices.size, np.int32)
    turned_weights = np.empty(weights.size, np.float32)
    for row in range(indptr.size - 1):
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            place = free[other]
            free[other] = place + 1
            turned[place] = row
            if weights.size:
                turned_weights[place] = weights[entry]
    return starts, turned, turned_weights


@njit(cache=True, nogil=True)
def without_repeats(indptr, indices, weights):  # type: ignore[no-untyped-def]
    """Drop, in place, equal neighbours in sorted rows; the first stays.

    Returns the new starts, the number of entries kept, and how many dropped ones had another weight.
    """
    n = indptr.size - 1
    starts = np.zeros(n + 1, np.int64)
    kept, conflicts = 0, 0
    for row in range(n):
        for entry in range(indptr[row], indptr[row + 1]):
            if kept > starts[row] and indices[kept - 1] == indices[entry]:
                if weights.size and weights[kept - 1] != weights[entry]:
                    conflicts += 1
                continue
            indices[kept] = indices[entry]
            if weights.size:
                weights[kept] = weights[entry]
            kept += 1
        starts[row + 1] = kept
    return starts, kept, conflicts


@njit(cache=True, nogil=True)
def relabelled(indptr, indices, weights, permutation):  # type: ignore[no-untyped-def]
    """Rename person v to permutation[v]; columns are renamed here, sorted by transposing twice."""
    n = indptr.size - 1
    starts = np.zeros(n + 1, np.int64)
    for row in range(n):
        starts[permutation[row] + 1] = indptr[row + 1] - indptr[row]
    for row in range(n):
        starts[row + 1] += starts[row]
    moved = np.empty(indices.size, np.int32)
    moved_weights = np.empty(weights.size, np.float32)
    for row in range(n):
        place = starts[permutation[row]]
        for entry in range(indptr[row], indptr[row + 1]):
            moved[place] = permutation[indices[entry]]
            if weights.size:
                moved_weights[place] = weights[entry]
            place += 1
    return starts, moved, moved_weights


@njit(cache=True, nogil=True)
def first_fault(indptr, indices, n):  # type: ignore[no-untyped-def]
    """The first row that is out of range, unsorted, repeats or contains itself; −1 if none."""
    for row in range(n):
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            if other < 0 or other >= n or other == row:
                return row
            if entry > indptr[row] and indices[entry - 1] >= other:
                return row
    return -1
