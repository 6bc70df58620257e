"""Shape of cascade trees from a log in which parents stand before their children."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


@kernel
def measure_trees(parents, trees, number):
    """Size, depth, largest breadth and structural virality of each tree.

    Parameters
    ----------
    parents : int32[m], place of each post's parent in the log, -1 for a root; parents come first.
    trees : int32[m], tree of each post, 0 … number - 1.

    Returns
    -------
    size, depth, breadth : int64[number]; virality : float64[number], mean distance between all pairs of
    posts (Goel et al. 2016), not a number for trees of one post.
    """
    size, depth = np.zeros(number, np.int64), np.zeros(number, np.int64)
    below = np.ones(parents.size, np.int64)
    level = np.zeros(parents.size, np.int64)
    distance = np.zeros(number)
    for post in range(parents.size):
        tree = trees[post]
        size[tree] += 1
        if parents[post] >= 0:
            level[post] = level[parents[post]] + 1
            depth[tree] = max(depth[tree], level[post])
    for post in range(parents.size - 1, -1, -1):
        if parents[post] >= 0:
            below[parents[post]] += below[post]
    for post in range(parents.size):
        if parents[post] >= 0:
            tree = trees[post]
            distance[tree] += float(below[post]) * float(size[tree] - below[post])
    virality = np.full(number, np.nan)
    for tree in range(number):
        if size[tree] > 1:
            virality[tree] = 2.0 * distance[tree] / (float(size[tree]) * float(size[tree] - 1))
    return size, depth, widest(trees, level, depth, number), virality


@kernel
def widest(trees, level, depth, number):
    """The most posts at one depth, for each tree: int64[number]."""
    start = np.zeros(number + 1, np.int64)
    for tree in range(number):
        start[tree + 1] = start[tree] + depth[tree] + 1
    at = np.zeros(start[number], np.int64)
    for post in range(trees.size):
        at[start[trees[post]] + level[post]] += 1
    breadth = np.zeros(number, np.int64)
    for tree in range(number):
        for place in range(start[tree], start[tree + 1]):
            breadth[tree] = max(breadth[tree], at[place])
    return breadth
