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


@kernel
def plant(parents, first, before, planted):
    """The tree in which each adoption stands, int32[m]; every one without a parent begins a new tree.

    parents : int32[m], numbers of adoptions, of which the first has the number ``first``.
    before : int32[>= first], trees of all earlier adoptions.
    planted : number of trees so far.
    """
    trees = np.empty(parents.size, np.int32)
    for k in range(parents.size):
        parent = parents[k]
        if parent < 0:
            trees[k] = planted
            planted += 1
        elif parent < first:
            trees[k] = before[parent]
        else:
            trees[k] = trees[parent - first]
    return trees
