"""Many cascades by threshold on one network: only their sizes, and nothing is cleared between them."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.cascade_sizes import lowest
from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.threshold import influence

_0, _1 = np.uint64(0), np.uint64(1)


@kernel
def threshold_sizes(bases, start_bases, keys, people, drawn, indptr, indices, weights, full, thresholds):
    """How many each cascade reaches, those who start included: int64[replicates].

    Parameters
    ----------
    bases, start_bases : uint64[replicates], addresses of the draws of thresholds, and of who starts.
    people : uint32[k], who start; if ``drawn``, room for them.
    indptr, indices, weights, full : as for ``threshold.followers_won``, but unsigned (see ``cascade_sizes``).
    thresholds : float64[n], or empty: drawn for each cascade.

    Notes
    -----
    ``cascade`` says in which cascade (1, 2, …) a person was last met; what they kept from an earlier one is
    void. A threshold is drawn when the person is first met.
    """
    sizes = np.empty(bases.size, np.int64)
    cascade = np.zeros(keys.size, np.int64)
    pressure = np.empty(keys.size, np.int64)
    limit = np.empty(keys.size)
    queue = np.empty(keys.size, np.uint32)
    for r in range(bases.size):
        if drawn:
            lowest(start_bases[r], keys, people)
        for k in range(people.size):
            queue[k] = people[k]
            cascade[people[k]], limit[people[k]] = r + 1, np.inf
        size, done = np.uint64(people.size), _0
        while done < size:
            source = queue[done]
            done += _1
            for tie in range(indptr[source], indptr[source + _1]):
                target = indices[tie]
                amount = influence(weights, tie)
                if amount == 0:
                    continue
                if cascade[target] != r + 1:
                    cascade[target], pressure[target] = r + 1, 0
                    if thresholds.size:
                        limit[target] = thresholds[target]
                    else:
                        limit[target] = uniform(absorb(bases[r], keys[target]))
                pressure[target] += amount
                if np.float64(pressure[target]) / full[target] >= limit[target]:
                    limit[target] = np.inf  # active: no pressure can make them so again
                    queue[size] = target
                    size += _1
        sizes[r] = size
    return sizes
