"""Many cascades by threshold on one network: only their sizes, and nothing is cleared between them."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.cascade_sizes import lowest
from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.threshold import push


@kernel
def threshold_sizes(bases, start_bases, keys, people, drawn, indptr, indices, weights, full, thresholds):
    """How many each cascade reaches, those who start included: int64[replicates].

    Parameters
    ----------
    bases, start_bases : uint64[replicates], addresses of the draws of thresholds, and of who starts.
    people : int32[k], who start; if ``drawn``, room for them.
    indptr, indices, weights, full : as for ``threshold.followers_won``.
    thresholds : float64[n], or empty: drawn for each cascade.

    Notes
    -----
    ``cascade`` says in which cascade a person was last met; what they kept from an earlier one is void. A
    person's threshold is drawn, and turned into the pressure they need, when they are first met.
    """
    sizes = np.empty(bases.size, np.int64)
    cascade = np.full(keys.size, -1, np.int64)
    pressure = np.empty(keys.size, np.int64)
    limit = np.empty(keys.size)
    queue = np.empty(keys.size, np.int32)
    for r in range(bases.size):
        if drawn:
            lowest(start_bases[r], keys, people)
        for k in range(people.size):
            queue[k] = people[k]
            cascade[people[k]], limit[people[k]] = r, np.inf
        size = people.size
        done = 0
        while done < size:
            source = queue[done]
            done += 1
            for tie in range(indptr[source], indptr[source + 1]):
                target = indices[tie]
                amount = push(weights, tie)
                if amount == 0:
                    continue
                if cascade[target] != r:
                    cascade[target], pressure[target] = r, 0
                    if thresholds.size:
                        limit[target] = thresholds[target]
                    else:
                        limit[target] = uniform(absorb(bases[r], keys[target]))
                pressure[target] += amount
                if np.float64(pressure[target]) / full[target] >= limit[target]:
                    limit[target] = np.inf  # active: no pressure can make them so again
                    queue[size] = target
                    size += 1
        sizes[r] = size
    return sizes
