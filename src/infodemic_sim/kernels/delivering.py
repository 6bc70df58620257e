"""Where posts go on a platform with spaces: to followers, into a space, or forwarded to a few chats."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.layout import LONG_AGO, POSTED, SLOT

OWN = -1
"""Instead of a space: the poster's own timeline, which followers read."""


@kernel
def chats_wanted(address, mean, most):
    """1 + geometric, of this mean; counted up to ``most``."""
    more = 1.0 - 1.0 / mean
    luck = uniform(address)
    number = 1
    tail = more
    while number < most and luck < tail:
        number += 1
        tail *= more
    return number


@kernel
def destinations(people, keys, person_keys, indptr, spaces, space_keys, share, bases):
    """Each post goes to followers, or into one space of its poster by lot: int32[m], a space or OWN.

    Parameters
    ----------
    keys : uint64[m] of the messages.
    share : chance that a post of a member goes to a space.
    bases : uint64[3], addresses of the draws of the share, of lots, and of chats wanted.
    """
    out = np.full(people.size, OWN, np.int32)
    for k in range(people.size):
        person = people[k]
        own, message = person_keys[person], keys[k]
        first, last = indptr[person], indptr[person + 1]
        if first == last or uniform(absorb(absorb(bases[0], own), message)) >= share:
            continue
        lot, least = absorb(absorb(bases[1], own), message), 2.0
        for at in range(first, last):
            luck = uniform(absorb(lot, space_keys[spaces[at]]))
            if luck < least:
                out[k], least = spaces[at], luck
    return out


@kernel
def forwards(people, keys, read_in, most, wanted, person_keys, indptr, spaces, space_keys, share, bases):
    """Reshares where messages are forwarded: to followers, or to several chats by lot.

    Parameters
    ----------
    read_in : int32[m], the space in which each was read, which gets no copy, or OWN.
    most : int32[m], most chats of each. wanted : chats wanted on average.
    The rest as for ``destinations``.

    Returns
    -------
    targets : int32[c], a space or OWN, and which : int64[c], the post that goes there, ascending.
    """
    room = 0
    for k in range(people.size):
        room += max(1, indptr[people[k] + 1] - indptr[people[k]])
    targets, which, lucks = np.empty(room, np.int32), np.empty(room, np.int64), np.empty(room)
    count = 0
    for k in range(people.size):
        person = people[k]
        own, message = person_keys[person], keys[k]
        first, last = indptr[person], indptr[person + 1]
        if first == last or uniform(absorb(absorb(bases[0], own), message)) >= share:
            targets[count], which[count] = OWN, k
            count += 1
            continue
        lot = absorb(absorb(bases[1], own), message)
        limit = min(np.int64(most[k]), last - first)
        number = min(limit, chats_wanted(absorb(absorb(bases[2], own), message), wanted, limit))
        begin = count
        for at in range(first, last):
            if spaces[at] == read_in[k] or number == 0:
                continue
            luck = uniform(absorb(lot, space_keys[spaces[at]]))
            place = count
            while place > begin and lucks[place - 1] > luck:
                if place < begin + number:
                    targets[place], lucks[place] = targets[place - 1], lucks[place - 1]
                place -= 1
            if place < begin + number:
                targets[place], lucks[place] = spaces[at], luck
            count = min(count + 1, begin + number)
        for copy in range(begin, count):
            which[copy] = k
    return targets[:count].copy(), which[:count].copy()


@kernel
def rows_in_turn(targets, posters, first, rows, turn):
    """The timeline that gets each copy: the poster's own, or those of a space in turn; int32[c].

    Parameters
    ----------
    first : the first timeline of spaces. rows : timelines of each space.
    turn : int64[S], copies that each space has got so far. Changed in place.
    """
    out = np.empty(targets.size, np.int32)
    for k in range(targets.size):
        space = targets[k]
        if space == OWN:
            out[k] = posters[k]
        else:
            out[k] = first + space * rows + turn[space] % rows
            turn[space] += 1
    return out


@kernel
def stands(line, row, place, slot, messages):
    """Whether the message in a slot stands at a place of a timeline."""
    return line[row, place, SLOT] == slot and line[row, place, POSTED] >= messages[slot].born


@kernel
def standing_in(slots, spaces, first, rows, line, messages):
    """Which messages stand in these spaces, one space for each: bool[m]."""
    out = np.zeros(slots.size, np.bool_)
    for k in range(slots.size):
        start = first + spaces[k] * rows
        for row in range(start, start + rows):
            for place in range(line.shape[1]):
                out[k] |= stands(line, row, place, slots[k], messages)
    return out


@kernel
def take_down(slots, spaces, first, rows, line, messages):
    """Remove the posts of messages from spaces, one space for each: from how many there was one to remove."""
    removed = 0
    for k in range(slots.size):
        start, before = first + spaces[k] * rows, removed
        for row in range(start, start + rows):
            for place in range(line.shape[1]):
                if stands(line, row, place, slots[k], messages):
                    line[row, place, POSTED] = LONG_AGO
                    removed = before + 1
    return removed
