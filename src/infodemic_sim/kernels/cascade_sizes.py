"""Many cascades by chance on one network: only their sizes, and nothing is cleared between them.

Ties are tried in batches, each in four plain loops (look up, hash, sieve, count): the processor hashes
several at once, and hardly ever has to guess which way a branch goes. Places are unsigned numbers, so that
nothing asks whether they count from the end; this and the batches make it four times faster.
"""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.draws import GOLDEN, absorb, uniform

BATCH = 512
"""Ties tried together, if so many are waiting: what is noted of them fits the fastest memory."""
_0, _1, _BATCH = np.uint64(0), np.uint64(1), np.uint64(BATCH)


@kernel
def lowest(base, keys, people):
    """Fill ``people``, uint32[k], with those who have the k lowest draws; equal draws: the first."""
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


@inlined
def look_up(base, steps, queue, done, size, indptr, indices, weights, targets, limits, addresses):
    """Note the ties of the next people in the queue: how many, and where the queue goes on.

    steps : uint64[n], keys times GOLDEN: absorb(a + steps[v], 0) is absorb(a, keys[v]), less to multiply.
    targets : uint32[m], far ends; limits : float32[m], weights, unless ``weights`` is empty.
    addresses : uint64[m], of the draws of the ties, short of the last step of the hash.
    """
    count = _0
    while done < size and count < _BATCH:
        source = queue[done]
        done += _1
        address = absorb(base + steps[source], _0)
        for tie in range(indptr[source], indptr[source + _1]):
            target = indices[tie]
            targets[count], addresses[count] = target, address + steps[target]
            if weights.size:
                limits[count] = weights[tie]
            count += _1
    return count, done


@inlined
def sieve(count, chance, weighted, targets, limits, addresses):
    """Keep, in place, the far ends of the ties that let something through; how many."""
    for k in range(count):
        addresses[k] = absorb(addresses[k], _0)
    kept = _0
    for k in range(count):
        limit = np.float64(limits[k]) if weighted else chance
        targets[kept] = targets[k]
        kept += np.uint64(uniform(addresses[k]) < limit)
    return kept


@inlined
def count_up(targets, kept, none, enough, mark, queue, size):
    """Count those who got through; whoever has heard enough joins the queue: its new length."""
    for k in range(kept):
        target = targets[k]
        heard = max(mark[target], none) + _1
        mark[target] = min(heard, enough)
        queue[size] = target
        size += np.uint64(heard == enough)
    return size


@kernel
def cascade_sizes(bases, start_bases, keys, people, drawn, indptr, indices, weights, chance, needed):
    """How many each cascade reaches, those who start included: int64[replicates].

    Parameters
    ----------
    bases, start_bases : uint64[replicates], addresses of the draws of ties, and of who starts.
    people : uint32[k], who start; if ``drawn``, room for them.
    indptr, indices, weights, chance, needed : as for ``cascade.won_over``, but uint64, uint32, as there,
        as there, uint64.

    Notes
    -----
    ``mark`` counts who got through to a person. Cascade r counts from r * needed up to (r + 1) * needed:
    what an earlier one left lies below, and stands for 0.
    """
    sizes = np.empty(bases.size, np.int64)
    mark = np.zeros(keys.size, np.uint64)
    queue = np.empty(keys.size + 1, np.uint32)  # one place more, for those who do not join
    room = BATCH + np.int64(max_row(indptr))
    targets, limits = np.empty(room, np.uint32), np.empty(room if weights.size else 0, np.float32)
    addresses = np.empty(room, np.uint64)
    steps = GOLDEN * keys
    for r in range(bases.size):
        if drawn:
            lowest(start_bases[r], keys, people)
        none, enough = np.uint64(r) * needed, np.uint64(r + 1) * needed
        size, done = np.uint64(people.size), _0
        for k in range(people.size):
            queue[k] = people[k]
            mark[people[k]] = enough
        while done < size:
            count, done = look_up(
                bases[r], steps, queue, done, size, indptr, indices, weights, targets, limits, addresses
            )
            kept = sieve(count, chance, weights.size > 0, targets, limits, addresses)
            size = count_up(targets, kept, none, enough, mark, queue, size)
        sizes[r] = size
    return sizes


@kernel
def max_row(indptr):
    """Length of the longest row."""
    longest = _0
    for row in range(indptr.size - 1):
        longest = max(longest, indptr[row + 1] - indptr[row])
    return longest
