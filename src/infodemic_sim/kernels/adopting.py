"""Who had it from whom: adoptions get numbers, in order of happening."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


@kernel
def link(people, sources, latest, first):
    """Numbers of the adoptions that these came from, int32[m]; -1 for those that came from nobody.

    people, sources : int32[m], in order of happening; a source of -1 is nobody.
    latest : int32[n], number of each person's last adoption, -1: none; brought up to date.
    first : number of the first of these adoptions.
    """
    parents = np.empty(people.size, np.int32)
    for k in range(people.size):
        parents[k] = latest[sources[k]] if sources[k] >= 0 else -1
        latest[people[k]] = first + k
    return parents
