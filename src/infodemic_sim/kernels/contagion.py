"""Infections of one step along contacts, in continuous time within it.

Whoever is infectious meets each contact with one draw; most are dropped before anything is looked up about
the contact, as 1 - exp(-h t) <= h t. People are susceptible or not as the step begins; of several who
would infect one person, the earliest counts: so the order of people cannot matter.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.deciding import FOR
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.epidemic_draws import waited
from infodemic_sim.kernels.prefetch import prefetch

FAR, NEAR, LINE = 12, 6, 16
"""How many people ahead memory is asked for, and contacts in one cache line."""


class Course(NamedTuple):
    """When each person is infected, becomes infectious and recovers, float64[n] in days; inf: not so far."""

    infected: np.ndarray
    infectious: np.ndarray
    recovered: np.ndarray


class Coupling(NamedTuple):
    """What behaviour does to infection; arrays of length 0 where no behaviour is simulated."""

    choice: np.ndarray  # int8[n]
    protection: np.ndarray  # float64[n]
    efficacy: float  # share of susceptibility that uptake takes away
    contact_reduction: float  # share of contact that full protection takes away


@inlined
def contact_kept(coupling, person):
    """Share of their contact that a person keeps; exactly 1 without coupling."""
    if coupling.protection.size == 0:
        return 1.0
    return 1.0 - coupling.contact_reduction * coupling.protection[person]


@inlined
def susceptibility(coupling, person):
    """How susceptible a person is; exactly 1 without coupling."""
    if coupling.choice.size == 0 or coupling.choice[person] != FOR:
        return 1.0
    return 1.0 - coupling.efficacy


@inlined
def fetch_ahead(ill, place, keys, indptr, contacts, course):
    """Ask for what the next infectious people need, as their rows lie all over the memory."""
    last = ill.size - 1
    far, near = ill[min(place + FAR, last)], ill[min(place + NEAR, last)]
    prefetch(indptr, np.int64(far))
    prefetch(course.infectious, np.int64(far))
    prefetch(course.recovered, np.int64(far))
    for tie in range(indptr[near], indptr[near + 1], LINE):
        prefetch(contacts, tie)
    if keys.size > 0:
        following = ill[min(place + 1, last)]
        for tie in range(indptr[following], indptr[following + 1]):
            prefetch(keys, np.int64(contacts[tie]))


@kernel
def infect(ill, keys, indptr, contacts, course, coupling, rate, begins, ends, base):
    """Who is infected in this step, int32[k]; when is written into the course.

    Parameters
    ----------
    ill : int32[m], people who are exposed or infectious. keys : uint64[n]; of length 0: people are known by
        their positions. rate : infections per day of contact. begins, ends : of the step, in days.
    """
    infected, named = course.infected, keys.size > 0
    caught, found = np.empty(infected.size, np.int32), 0
    for place in range(ill.size):
        giver = ill[place]
        fetch_ahead(ill, place, keys, indptr, contacts, course)
        start = max(begins, course.infectious[giver])
        span = min(ends, course.recovered[giver]) - start
        if span <= 0.0:
            continue
        own = absorb(base, keys[giver] if named else np.uint64(giver))
        kept = contact_kept(coupling, giver)
        most = rate * kept * span
        for tie in range(indptr[giver], indptr[giver + 1]):
            taker = contacts[tie]
            luck = uniform(absorb(own, keys[taker] if named else np.uint64(taker)))
            if luck > most or not infected[taker] > begins:
                continue
            hazard = rate * (kept * contact_kept(coupling, taker) * susceptibility(coupling, taker))
            wait = -math.log(1.0 - luck)
            if wait < hazard * span:
                if infected[taker] == math.inf:
                    caught[found] = taker
                    found += 1
                infected[taker] = min(infected[taker], start + wait / hazard, ends)
    return caught[:found].copy()


@kernel
def fall_ill(people, keys, course, latent, infectious, ends, to_fall_ill, to_get_well):
    """When people just infected become infectious, not before ``ends``, and recover; written into the course.

    latent, infectious : mean times, in days, of exponential laws.
    """
    for person in people:
        waits = waited(absorb(to_fall_ill, keys[person]), latent, False)
        onset = max(course.infected[person] + waits, ends)
        course.infectious[person] = onset
        course.recovered[person] = onset + waited(absorb(to_get_well, keys[person]), infectious, False)
