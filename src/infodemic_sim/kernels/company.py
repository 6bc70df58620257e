"""How much background a feed has, where people come and go or follow others than at the start."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel


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
def background_of(sessions, indptr, followees, here, per_followee, spaces_of, spaces, sizes, per_fellow, out):
    """Background posts that the feed of each reader of this step would hold, from those who are there.

    Parameters
    ----------
    indptr, followees : ties; a followee who is no person counts nothing. here : bool[n].
    spaces_of, spaces, sizes : int64[n + 1] or of length 0, spaces of each person, members who are there.
    per_followee, per_fellow : posts within the horizon by each. out : float64[n], changed for readers.
    """
    people = here.size
    for reader in range(people):
        if sessions[reader] == 0:
            continue
        followed, fellows = 0, 0
        for place in range(indptr[reader], indptr[reader + 1]):
            other = followees[place]
            followed += other < people and here[other]
        expected = per_followee * followed
        if spaces_of.size > 0:
            for at in range(spaces_of[reader], spaces_of[reader + 1]):
                fellows += sizes[spaces[at]] - 1
            expected += per_fellow * fellows
        out[reader] = expected
