"""Draws of an epidemic: how long people have it, and when one person reaches another.

Divisions are numpy's, which cannot raise, and functions with arrays are loops or straight lines: then the
compiler need not count references to arrays for every person.
"""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.doubt import doubted
from infodemic_sim.kernels.draws import absorb, uniform

LONGEST = 2.0**52
_ONE = np.uint64(1)


@kernel
def scale_of(chance, rounds):
    """Scale of the waiting times: mean of the exponential ones, of which geometric ones are whole parts."""
    hazard = chance
    if rounds:
        hazard = -math.log1p(-chance) if chance < 1.0 else math.inf
    return np.divide(1.0, hazard)


@kernel
def waited(address, scale, rounds):
    """A waiting time without memory, geometric (1, 2, …) or exponential."""
    time = -math.log(1.0 - uniform(address)) * scale
    return 1.0 + math.floor(min(time, LONGEST)) if rounds else time


@kernel
def scaled(chance, rounds, factor, logits):
    """The chance per round, or rate per step, that interventions leave."""
    chance = min(1.0, chance * factor) if rounds else chance * factor
    return doubted(chance, logits) if rounds else chance * math.exp(-logits)


@kernel
def address_of(base, key, again, episode):
    """The address of what a person draws, in one episode if there may be several."""
    address = absorb(base, key)
    return absorb(address, np.uint64(episode)) if again else address


@kernel
def meeting(address, scale, begins, ends, rounds):
    """When one first reaches the other; inf if not by ``ends``.

    In rounds, the place within the second half of the round is a draw too: it settles who was first.
    """
    time = begins + waited(address, scale, rounds)
    if not time <= ends:
        return math.inf
    return time - 0.5 * uniform(absorb(address, _ONE)) if rounds else time


@inlined
def reached(
    course,
    keys,
    factors,
    logits,
    indptr,
    indices,
    since,
    episodes,
    own,
    giver,
    begins,
    ends,
    takers,
    times,
):
    """Whom somebody who is infectious from ``begins`` to ``ends`` reaches before anybody else; how many.

    This is where a run spends its time. As 1 - (1 - p)^m <= p m and 1 - exp(-r t) <= r t, most draws are
    dropped before any logarithm.
    """
    found, rounds, chance = 0, course.rounds, course.transmission
    again, touched, named = episodes.size > 0, factors.size > 0, keys.size > 0
    scale = scale_of(chance, rounds)
    slack = 0.5 if rounds else 0.0  # in rounds, times lie up to half a round before its end
    for tie in range(indptr[giver], indptr[giver + 1]):
        taker = indices[tie]
        span = min(since[taker] + slack, ends) - begins
        if span <= 0.0:
            continue
        address = absorb(own, keys[taker] if named else np.uint64(taker))
        if again:
            address = absorb(address, np.uint64(episodes[taker]))
        if touched:
            chance = scaled(course.transmission, rounds, factors[giver], logits[taker])
        if not uniform(address) <= chance * span:
            continue
        if touched:
            scale = scale_of(chance, rounds)
        time = meeting(address, scale, begins, ends, rounds)
        if time < since[taker]:
            takers[found], times[found] = taker, time
            found += 1
    return found


@kernel
def first_reaching(
    course, keys, factors, logits, indptr, indices, status, until, episodes, taker, begins, end
):
    """Who first reaches somebody susceptible again, of those whom they see, and when; -1 and inf: nobody."""
    first, giver, chance = math.inf, -1, course.transmission
    key = keys[taker] if keys.size > 0 else np.uint64(taker)
    for tie in range(indptr[taker], indptr[taker + 1]):
        other = indices[tie]
        if status[other] != course.spreads:
            continue
        own = keys[other] if keys.size > 0 else np.uint64(other)
        address = absorb(address_of(course.to_transmit, own, True, episodes[other]), key)
        if factors.size > 0:
            chance = scaled(course.transmission, course.rounds, factors[other], logits[taker])
        scale, ends = scale_of(chance, course.rounds), min(until[other], end)
        time = meeting(absorb(address, np.uint64(episodes[taker])), scale, begins, ends, course.rounds)
        if time < first:
            first, giver = time, other
    return first, giver
