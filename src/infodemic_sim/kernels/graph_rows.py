"""What is asked of rows, or done to them, once they are sorted: repeats, faults, loners, other names."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


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
def isolated(indptr, indices):
    """How many people neither see anyone nor are seen."""
    met = np.zeros(indptr.size - 1, np.bool_)
    for entry in range(indptr[-1]):
        met[indices[entry]] = True
    alone = 0
    for person in range(met.size):
        alone += not met[person] and indptr[person] == indptr[person + 1]
    return alone


@kernel
def relabelled(indptr, indices, weights, permutation):
    """Rename person v to permutation[v]: rows in their new places, members not sorted yet."""
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
