"""Rules in which people meet two at a time: who meets whom, and what becomes of their opinions.

People are counted in order of key, so that positions cannot matter: `people`, int32[n], holds that order, and
is empty where it is the order of positions; `ties` holds whom each sees in that order.
"""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.contacts import contact
from infodemic_sim.kernels.draws import absorb, uniform

NOBODY = -1


@kernel
def somebody(address, people, n):
    """A person, all alike."""
    place = min(int(uniform(address) * n), n - 1)
    return people[place] if people.size else place


@kernel
def somebody_seen(address, ties, person):
    """One of those whom a person sees, all alike; NOBODY if there are none."""
    if ties.indptr[person] == ties.indptr[person + 1]:
        return NOBODY
    return contact(ties, person, uniform(address))


@kernel
def somebody_weighted(address, ties, factors, person):
    """One of those whom a person sees, each with chance factor / max(their number, sum of their factors).

    NOBODY with the chance that is left. Factors of 1 find the same people as ``somebody_seen``.
    """
    first, end = ties.indptr[person], ties.indptr[person + 1]
    total = 0.0
    for entry in range(first, end):
        total += factors[ties.contacts[entry]]
    goal, passed = uniform(address) * max(total, np.float64(end - first)), 0.0
    for entry in range(first, end):
        passed += factors[ties.contacts[entry]]
        if passed > goal:
            return ties.contacts[entry]
    return NOBODY


@kernel
def sees(indptr, indices, person, other):
    """Whether a person sees another: rows are sorted."""
    low, high = indptr[person], indptr[person + 1]
    while low < high:
        middle = (low + high) // 2
        if indices[middle] < other:
            low = middle + 1
        else:
            high = middle
    return low < indptr[person + 1] and indices[low] == other


@kernel
def meet(indptr, indices, mutual, people, ties, factors, base, confidence, convergence, opinion):
    """n encounters one after the other, changing opinions in place; the longest way that an opinion moved.

    In each a person meets one of those they see. If their opinions differ by less than the confidence, each
    of the two who sees the other moves towards them by a share of the difference: the convergence times the
    other's factor, and at most all of it.
    """
    n = opinion.size
    longest = 0.0
    for encounter in range(n):
        address = absorb(base, np.uint64(encounter))
        person = somebody(address, people, n)
        other = somebody_seen(absorb(address, np.uint64(1)), ties, person)
        if other == NOBODY:
            continue
        difference = opinion[other] - opinion[person]
        if abs(difference) >= confidence:
            continue
        by = min(1.0, convergence * factors[other]) if factors.size else convergence
        opinion[person] += by * difference
        longest = max(longest, by * abs(difference))
        if mutual or sees(indptr, indices, other, person):
            by = min(1.0, convergence * factors[person]) if factors.size else convergence
            opinion[other] -= by * difference
            longest = max(longest, by * abs(difference))
    return longest


@kernel
def widest_gap(indptr, indices, confidence, opinion, enough):
    """The largest difference below the confidence between people who see each other.

    The search ends with the first that is above `enough`.
    """
    widest = 0.0
    for person in range(opinion.size):
        for entry in range(indptr[person], indptr[person + 1]):
            difference = abs(opinion[indices[entry]] - opinion[person])
            if widest < difference < confidence:
                widest = difference
                if widest > enough:
                    return widest
    return widest


@kernel
def copy(people, ties, factors, base, status):
    """n times a person copies somebody they see, changing statuses in place.

    Returns, in order, who changed, whom they copied, the status taken (int32[k]), and in which of the n turns
    (int64[k]).
    """
    n = status.size
    who, whom, taken = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    turns = np.empty(n, np.int64)
    changes = 0
    for turn in range(n):
        address = absorb(base, np.uint64(turn))
        person = somebody(address, people, n)
        choice = absorb(address, np.uint64(1))
        if factors.size:
            other = somebody_weighted(choice, ties, factors, person)
        else:
            other = somebody_seen(choice, ties, person)
        if other != NOBODY and status[other] != status[person]:
            status[person] = status[other]
            who[changes], whom[changes], taken[changes] = person, other, status[other]
            turns[changes] = turn
            changes += 1
    return who[:changes], whom[:changes], taken[:changes], turns[:changes]


@kernel
def agreed(indptr, indices, status):
    """Whether nobody sees another status than their own; the first difference ends the search."""
    for person in range(status.size):
        for entry in range(indptr[person], indptr[person + 1]):
            if status[indices[entry]] != status[person]:
                return False
    return True
