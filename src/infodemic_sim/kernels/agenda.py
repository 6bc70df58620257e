"""Who is next in continuous time: a heap of people by when they are due.

Equal times are ordered by identity, so that positions cannot matter. Nothing has to be cleared beforehand:
a place counts only if it lies within the heap and the heap agrees, so what memory holds does no harm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel


class Agenda(NamedTuple):
    """Each person at most once, the one due first at the top."""

    keys: np.ndarray  # uint64[n], identities
    due: np.ndarray  # float64[n], means something for those in the heap, and for who was taken last
    heap: np.ndarray  # int32[n], people
    place: np.ndarray  # int32[n], where in the heap a person would stand
    size: np.ndarray  # int64[1]


@kernel
def new_agenda(keys):
    """An agenda with nobody in it."""
    n = keys.size
    return Agenda(keys, np.empty(n), np.empty(n, np.int32), np.empty(n, np.int32), np.zeros(1, np.int64))


@inlined
def sooner(agenda, one, other):
    """Whether one person is due before another."""
    if agenda.due[one] != agenda.due[other]:
        return agenda.due[one] < agenda.due[other]
    return agenda.keys[one] < agenda.keys[other]


@inlined
def waiting(agenda, person):
    """Whether the person is in the heap."""
    place = agenda.place[person]
    return 0 <= place < agenda.size[0] and agenda.heap[place] == person


@kernel
def put(agenda, person, time):
    """Note when a person is due, unless they are due sooner anyway; whether it was noted."""
    place = agenda.size[0]
    if waiting(agenda, person):
        if agenda.due[person] <= time:
            return False
        place = agenda.place[person]
    else:
        agenda.size[0] = place + 1
    agenda.due[person] = time
    while place > 0:
        above = agenda.heap[(place - 1) // 2]
        if not sooner(agenda, person, above):
            break
        agenda.heap[place], agenda.place[above] = above, place
        place = (place - 1) // 2
    agenda.heap[place], agenda.place[person] = person, place
    return True


@kernel
def take(agenda):
    """Take out the person due first; there must be one."""
    first = agenda.heap[0]
    agenda.size[0] -= 1
    size = agenda.size[0]
    last = agenda.heap[size]
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and sooner(agenda, agenda.heap[below + 1], agenda.heap[below]):
            below += 1
        under = agenda.heap[below]
        if not sooner(agenda, under, last):
            break
        agenda.heap[place], agenda.place[under] = under, place
        place = below
    agenda.heap[place], agenda.place[last] = last, place
    return first
