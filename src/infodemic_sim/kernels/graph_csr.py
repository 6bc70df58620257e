"""Ties to compressed sparse rows by two counting sorts: linear in people and ties."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


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
def group_by_target(sources, targets, weights, friends, free):
    """First counting sort: for each target its sources, in the order of the ties, self-loops left out.

    `friends` turns every tie from the smaller to the larger id. `free` is zeros, one per person, wide
    enough to count entries (int32 is faster, as it stays in cache).
    """
    for tie in range(sources.size):
        if sources[tie] != targets[tie]:
            free[max(sources[tie], targets[tie]) if friends else targets[tie]] += 1
    starts = to_starts(free)
    members = np.empty(starts[-1], np.int32)
    member_weights = np.empty(starts[-1] if weights.size else 0, np.float32)
    for tie in range(sources.size):
        source, target = sources[tie], targets[tie]
        if source == target:
            continue
        if friends and source > target:
            source, target = target, source
        place = free[target]
        free[target] = place + 1
        members[place] = source
        if weights.size:
            member_weights[place] = weights[tie]
    return starts, members, member_weights


@kernel
def both_ways(indptr, indices, weights, free):
    """Rows of larger ids only, completed by the other direction: smaller ids first, so still sorted."""
    n = indptr.size - 1
    for entry in range(indices.size):
        free[indices[entry]] += 1
    for person in range(n):
        free[person] += indptr[person + 1] - indptr[person]
    starts = to_starts(free)
    full = np.empty(2 * indices.size, np.int32)
    full_weights = np.empty(2 * weights.size, np.float32)
    for row in range(n):
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            place = free[other]
            free[other] = place + 1
            full[place] = row
            if weights.size:
                full_weights[place] = weights[entry]
        place = starts[row + 1] - (indptr[row + 1] - indptr[row])
        for entry in range(indptr[row], indptr[row + 1]):
            full[place] = indices[entry]
            if weights.size:
                full_weights[place] = weights[entry]
            place += 1
    return starts, full, full_weights


@kernel
def transposed(indptr, indices, weights, free):
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


@kernel
def without_repeats(indptr, indices, weights):
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


@kernel
def relabelled(indptr, indices, weights, permutation):
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


@kernel
def first_fault(indptr, indices, n):
    """The first row that is out of range, unsorted, repeats or contains itself; −1 if none."""
    for row in range(n):
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            if other < 0 or other >= n or other == row:
                return row
            if entry > indptr[row] and indices[entry - 1] >= other:
                return row
    return -1
