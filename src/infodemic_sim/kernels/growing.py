"""Arrays that become larger as they fill."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


@kernel
def roomier(array, needed):
    """The array, or a copy of it twice as large or larger, with room for so many entries."""
    if needed <= array.size:
        return array
    larger = np.empty(max(needed, 2 * array.size), array.dtype)
    for k in range(array.size):  # slices that are assigned to take long to compile
        larger[k] = array[k]
    return larger
