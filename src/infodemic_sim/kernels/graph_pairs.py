"""Pairs of people drawn at random, each pair once."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.graph_ids import added, new_set
from infodemic_sim.kernels.graph_random import below, shuffle, uniform


@kernel
def pair_at(place, n):
    """The pair u < v at a place of the list of all n (n − 1) / 2: the triangle folded to a rectangle."""
    width = n - 1 + n % 2
    row, column = place // width, place % width
    if column < n - 1 - row:
        return row, row + 1 + column
    folded = n - 1 - n % 2 - row
    return folded, folded + 1 + column - (n - 1 - row)


@kernel
def uniform_ties(state, n, ties, directed):
    """A uniform set of `ties` pairs out of all (Floyd's algorithm: one draw per tie)."""
    pairs = n * (n - 1) if directed else n * (n - 1) // 2
    table = new_set(ties)
    sources, targets = np.empty(ties, np.int32), np.empty(ties, np.int32)
    for tie in range(ties):
        highest = pairs - ties + tie
        place = below(state, highest + 1)
        if not added(table, place):
            place = highest
            added(table, place)
        if directed:
            source, target = place // (n - 1), place % (n - 1)
            target += target >= source
        else:
            source, target = pair_at(place, n)
        sources[tie], targets[tie] = source, target
    return sources, targets


@kernel
def tie_key(source, target, n, directed):
    """One number per tie; a friendship has the same either way."""
    if not directed and source > target:
        return np.int64(target) * n + source
    return np.int64(source) * n + target


@kernel
def rewired_ring(state, n, each_side, rewiring):
    """Ring lattice whose ties are moved with a probability, one end kept (Watts and Strogatz)."""
    ties = n * each_side
    table = new_set(2 * ties)
    sources, targets = np.empty(ties, np.int32), np.empty(ties, np.int32)
    for step in range(1, each_side + 1):
        for person in range(n):
            tie = (step - 1) * n + person
            sources[tie], targets[tie] = person, (person + step) % n
            added(table, tie_key(person, targets[tie], n, False))
    for tie in range(ties):
        if uniform(state) < rewiring:
            target = below(state, n)
            if target != sources[tie] and added(table, tie_key(sources[tie], target, n, False)):
                targets[tie] = target
    return sources, targets


@kernel
def paired_stubs(state, degrees):
    """Every person `degrees` times, shuffled: neighbours in the list are ties."""
    stubs = np.empty(degrees.sum(), np.int32)
    place = 0
    for person in range(degrees.size):
        for _ in range(degrees[person]):
            stubs[place] = person
            place += 1
    shuffle(state, stubs)
    return stubs


@kernel
def community_ties(state, starts, inside, ties, directed):
    """Distinct ties, the first `inside` of them within communities of consecutive ids.

    Community c holds the ids starts[c] … starts[c + 1] − 1. One end is uniform over all people,
    the other over those of its own community, or of all the others.
    """
    n = starts[-1]
    table = new_set(ties)
    home = np.empty(n, np.int32)
    for community in range(starts.size - 1):
        home[starts[community] : starts[community + 1]] = community
    sources, targets = np.empty(ties, np.int32), np.empty(ties, np.int32)
    made = 0
    while made < ties:
        source = below(state, n)
        first, end = starts[home[source]], starts[home[source] + 1]
        if made < inside:
            if end - first < 2:
                continue
            target = first + below(state, end - first - 1)
            target += target >= source
        else:
            target = below(state, n - (end - first))
            target += (end - first) * (target >= first)
        if added(table, tie_key(source, target, n, directed)):
            sources[made], targets[made] = source, target
            made += 1
    return sources, targets
