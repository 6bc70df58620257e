"""Counts over a graph: reciprocity, triangles, products of degrees."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


@kernel
def returned_ties(indptr, indices, back_indptr, back_indices):
    """How many ties are met by one the other way: matches of each sorted row with its reverse."""
    met = 0
    for row in range(indptr.size - 1):
        this, that = indptr[row], back_indptr[row]
        while this < indptr[row + 1] and that < back_indptr[row + 1]:
            if indices[this] == back_indices[that]:
                met += 1
                this += 1
                that += 1
            elif indices[this] < back_indices[that]:
                this += 1
            else:
                that += 1
    return met


@kernel
def towards_busier(indptr, indices):
    """Each friendship once, in the row of the one with fewer friends (equal: the smaller id)."""
    n = indptr.size - 1
    starts = np.zeros(n + 1, np.int64)
    kept = np.empty(indices.size // 2, np.int32)
    place = 0
    for row in range(n):
        degree = indptr[row + 1] - indptr[row]
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            others = indptr[other + 1] - indptr[other]
            if degree < others or (degree == others and row < other):
                kept[place] = other
                place += 1
        starts[row + 1] = place
    return starts, kept


@kernel
def triangles(indptr, indices):
    """Triangles around each person of a friendship graph; about ties^1.5 at worst."""
    n = indptr.size - 1
    starts, busier = towards_busier(indptr, indices)
    marked = np.full(n, -1, np.int32)
    around = np.zeros(n, np.int64)
    for person in range(n):
        for entry in range(starts[person], starts[person + 1]):
            marked[busier[entry]] = person
        for entry in range(starts[person], starts[person + 1]):
            friend = busier[entry]
            for far in range(starts[friend], starts[friend + 1]):
                third = busier[far]
                if marked[third] == person:
                    around[person] += 1
                    around[friend] += 1
                    around[third] += 1
    return around


@kernel
def degree_moments(indptr, indices):
    """Over entries v–u of a friendship graph: sums of d(v), d(v)², d(v) d(u)."""
    first, second, product = 0.0, 0.0, 0.0
    for row in range(indptr.size - 1):
        degree = np.float64(indptr[row + 1] - indptr[row])
        for entry in range(indptr[row], indptr[row + 1]):
            other = indices[entry]
            first += degree
            second += degree * degree
            product += degree * (indptr[other + 1] - indptr[other])
    return first, second, product
