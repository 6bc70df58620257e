"""How much background a feed has, where people come and go or follow others than at the start."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.looking_ahead import PER_CACHE_LINE
from infodemic_sim.kernels.prefetch import prefetch

AHEAD = 12
"""Readers between the one who is counted and the one whose ties are asked for."""


@kernel
def members_here(indptr, spaces, here, number):
    """Members of each space who are there now: int64[number].

    indptr, spaces : spaces of each person. here : bool[n].
    """
    out = np.zeros(number, np.int64)
    for person in range(here.size):
        if here[person]:
            for at in range(indptr[person], indptr[person + 1]):
                out[spaces[at]] += 1
    return out


@kernel
def background_of(readers, indptr, followees, here, per_followee, spaces_of, spaces, sizes, per_fellow, out):
    """Background posts that the feed of each of these readers would hold, from those who are there.

    Parameters
    ----------
    readers : int64[m]. indptr, followees : ties. here : uint8[…], a bit for each whom a tie can name, nobody
        among them: those of 100,000 people lie in the nearest cache, and are looked up without a branch.
    spaces_of, spaces, sizes : int64[n + 1] or of length 0, spaces of each person, members who are there.
    per_followee, per_fellow : posts within the horizon by each. out : float64[n], changed for readers.
    """
    for k in range(readers.size):
        soon = readers[min(k + AHEAD, readers.size - 1)]
        for place in range(indptr[soon], indptr[soon + 1], PER_CACHE_LINE):
            prefetch(followees, place)
        reader, followed, fellows = readers[k], 0, 0
        for place in range(indptr[reader], indptr[reader + 1]):
            other = np.uint64(followees[place])
            followed += here[other >> np.uint64(3)] >> (other & np.uint64(7)) & 1
        expected = per_followee * followed
        if spaces_of.size > 0:
            for at in range(spaces_of[reader], spaces_of[reader + 1]):
                fellows += sizes[spaces[at]] - 1
            expected += per_fellow * fellows
        out[reader] = expected
