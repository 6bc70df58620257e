"""Everybody sees everybody."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


@kernel
def complete_rows(n):
    """Rows of the complete graph of n people: starts and members."""
    indptr = np.arange(n + 1) * np.int64(n - 1)
    indices = np.empty(indptr[n], np.int32)
    for person in range(n):
        place = indptr[person]
        for other in range(n):
            if other != person:
                indices[place] = other
                place += 1
    return indptr, indices
