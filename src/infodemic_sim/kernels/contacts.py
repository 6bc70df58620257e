"""One contact out of many by a draw, the same person wherever people stand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.draws import absorb, uniform


class Ties(NamedTuple):
    """Row v: the contacts of v, in the order of their identities."""

    indptr: np.ndarray  # int64[n + 1]
    contacts: np.ndarray  # int32[...]


@inlined
def contact(ties, person, luck):
    """One contact of a person, all alike; there must be one. luck : a draw in (0, 1)."""
    start = ties.indptr[person]
    return ties.contacts[start + np.int64(luck * (ties.indptr[person + 1] - start))]


@kernel
def contact_with(ties, person, status, wanted, address):
    """One contact who has a status, all alike; there must be one. Contacts are drawn until one has it."""
    attempt = np.uint64(0)
    while True:
        other = contact(ties, person, uniform(absorb(address, attempt)))
        if status[other] == wanted:
            return other
        attempt += np.uint64(1)


@kernel
def rows_by_key(order, indptr, indices, starts):
    """Rows of the reverse of a graph, each in a given order of people (int64[n]) instead of by position.

    indptr, indices : the graph; starts : where the rows of its reverse begin.
    """
    free = starts[:-1].copy()
    rows = np.empty(indices.size, np.int32)
    for person in order:
        for entry in range(indptr[person], indptr[person + 1]):
            other = indices[entry]
            rows[free[other]] = person
            free[other] += 1
    return rows
