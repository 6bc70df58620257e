"""Many cascades by chance on one network: only their sizes, and nothing is cleared between them."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform


@kernel
def lowest(base, keys, people):
    """Fill ``people``, int32[k], with those who have the k lowest draws; equal draws: the first."""
    luck = np.empty(people.size)
    filled = 0
    for person in range(keys.size if people.size else 0):
        draw = uniform(absorb(base, keys[person]))
        if filled == people.size and draw >= luck[filled - 1]:
            continue
        filled = min(filled + 1, people.size)
        place = filled - 1
        while place > 0 and luck[place - 1] > draw:
            luck[place], people[place] = luck[place - 1], people[place - 1]
            place -= 1
        luck[place], people[place] = draw, person


@kernel
def cascade_sizes(bases, start_bases, keys, people, drawn, indptr, indices, weights, chance, needed):
    """How many each cascade reaches, those who start included: int64[replicates].

    Parameters
    ----------
    bases, start_bases : uint64[replicates], addresses of the draws of ties, and of who starts.
    people : int32[k], who start; if ``drawn``, room for them.
    indptr, indices, weights, chance, needed : as for ``cascade.won_over``.

    Notes
    -----
    ``mark`` counts who got through to a person. Cascade r counts from r * needed up to (r + 1) * needed:
    what an earlier one left lies below, and stands for 0. As the draw of a tie costs less than looking up
    its far end, people already active are noticed last.
    """
    sizes = np.empty(bases.size, np.int64)
    mark = np.zeros(keys.size, np.int64)
    queue = np.empty(keys.size, np.int32)
    for r in range(bases.size):
        if drawn:
            lowest(start_bases[r], keys, people)
        none, enough = np.int64(r * needed), np.int64((r + 1) * needed)
        for k in range(people.size):
            queue[k] = people[k]
            mark[people[k]] = enough
        size = people.size
        done = 0
        while done < size:
            source = queue[done]
            done += 1
            address = absorb(bases[r], keys[source])
            for tie in range(indptr[source], indptr[source + 1]):
                target = indices[tie]
                limit = np.float64(weights[tie]) if weights.size else chance
                if uniform(absorb(address, keys[target])) >= limit:
                    continue
                before = max(mark[target], none)
                if before < enough:
                    mark[target] = before + 1
                    if before + 1 == enough:
                        queue[size] = target
                        size += 1
        sizes[r] = size
    return sizes
