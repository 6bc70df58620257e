"""One round of two messages that spread at once, where holding one keeps people from the other."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.cascade import believed, passed_on, reached_ties, tie_draw
from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform


@kernel
def tie_luck(bases, keys, message, source, target, chances, sharing, inoculation):
    """Draw of a tie over its chance: below 1 the message gets through; below 1 - c also to one immune by c.

    ``inoculation`` is against message 1, the false one.
    """
    chance = passed_on(chances[message], sharing, source)
    if message == 1:
        chance = believed(chance, inoculation, target)
    return tie_draw(bases[message], keys, source, target) / chance if chance > 0.0 else np.inf


@kernel
def met(bases, keys, fresh, told, indptr, indices, chances, open_to, sharing, inoculation, status):
    """Those who take up at least one message in this round: int32[m], some more than once.

    Parameters
    ----------
    bases : uint64[2], addresses of the draws of ties, by message.
    fresh, told : int32[k], who took up a message in the round before, and which: they pass it on now.
    indptr, indices : row u holds those who see u.
    chances : float64[2], by message; open_to : float64[2], 1 - c for those who hold the other one.
    status : int8[n], 1 for message 0, 2 for message 1, 3 for both.
    """
    found = np.empty(reached_ties(fresh, indptr), np.int32)
    count = 0
    for k in range(fresh.size):
        source, message = fresh[k], told[k]
        for tie in range(indptr[source], indptr[source + 1]):
            target = indices[tie]
            if status[target] >> message & 1:
                continue
            limit = open_to[message] if status[target] != 0 else 1.0
            if tie_luck(bases, keys, message, source, target, chances, sharing, inoculation) < limit:
                found[count] = target
                count += 1
    return found[:count].copy()


@kernel
def best_luck(bases, keys, message, target, first, latest, indptr, indices, chances, sharing, inoculation):
    """The least luck of those who pass a message on to a person in this round, and whose it is (-1: none)."""
    least, best = np.inf, np.int32(-1)
    for tie in range(indptr[target], indptr[target + 1]):
        source = indices[tie]
        if latest[message, source] >= first:
            luck = tie_luck(bases, keys, message, source, target, chances, sharing, inoculation)
            if luck < least:
                least, best = luck, source
    return least, best


@kernel
def taken_up(
    bases,
    coin_base,
    keys,
    people,
    first,
    latest,
    indptr,
    indices,
    chances,
    open_to,
    sharing,
    inoculation,
    status,
):
    """What these people take up: who, which message and from whom, int32[m] each, in order of happening.

    Where both messages get through to one who holds neither, a fair coin says which is met first; the other
    then meets one who is immune to it by c.

    Parameters
    ----------
    coin_base : address of the coins.
    people : int32[k], those of ``met``, each once.
    first : number of the first adoption of the round before; latest : int32[2, n], numbers of adoptions.
    indptr, indices : row v holds those whom v sees.
    """
    who, what = np.empty(2 * people.size, np.int32), np.empty(2 * people.size, np.int32)
    source = np.empty(2 * people.size, np.int32)
    count = 0
    for person in people:
        held = np.int64(status[person])
        leader = 0 if uniform(absorb(coin_base, keys[person])) < 0.5 else 1
        for turn in range(2):
            message = leader if turn == 0 else 1 - leader
            if held >> message & 1:
                continue
            limit = open_to[message] if held != 0 else 1.0
            luck, best = best_luck(
                bases, keys, message, person, first, latest, indptr, indices, chances, sharing, inoculation
            )
            if luck < limit:
                held |= 1 << message
                who[count], what[count], source[count] = person, message, best
                count += 1
    return who[:count].copy(), what[:count].copy(), source[:count].copy()
