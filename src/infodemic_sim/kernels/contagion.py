"""Infections of one step along contacts, in continuous time within it.

The hazards of an infectious person's contacts are laid end to end, each in a cell of the same width, and
arrivals of a Poisson process fall on them: the first in a cell is when that contact would be infected. Cells
without an arrival, nearly all, are skipped by one draw. People are susceptible or not as the step begins; of
several who would infect one person, the earliest counts: so the order of people cannot matter.
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

FAR = 12
"""How many people ahead memory is asked for."""
RAREST = -1000
"""Exponent of the narrowest cell."""


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
def fetch_ahead(ill, place, keys, indptr, course):
    """Ask for what a later infectious person needs, as their rows lie all over the memory."""
    far = np.int64(ill[min(place + FAR, ill.size - 1)])
    prefetch(indptr, far)
    prefetch(course.infectious, far)
    prefetch(course.recovered, far)
    if keys.size > 0:
        prefetch(keys, far)


@inlined
def cell_of(hazard):
    """Width of a contact's cell: the power of two above the largest hazard of a step.

    So rates of the same order of magnitude share their draws, and the lower one infects no contact sooner.
    Below ``RAREST`` nobody is ever infected, and dividing by a width of 0 would fail.
    """
    return 2.0 ** max(math.frexp(hazard)[1], RAREST)


@kernel
def infect(ill, keys, indptr, contacts, course, coupling, rate, begins, ends, base):
    """Who is infected in this step, int32[k]; when is written into the course.

    Parameters
    ----------
    ill : int32[m], people who are exposed or infectious. keys : uint64[n]; of length 0: people are known by
        their positions. indptr, contacts : each person's contacts, in the order of their identities.
        rate : infections per day of contact. begins, ends : of the step, in days.
    """
    infected, named, cell = course.infected, keys.size > 0, cell_of(rate * (ends - begins))
    caught, found = np.empty(infected.size, np.int32), 0
    for place in range(ill.size):
        giver = ill[place]
        fetch_ahead(ill, place, keys, indptr, course)
        start = max(begins, course.infectious[giver])
        span = min(ends, course.recovered[giver]) - start
        if span <= 0.0:
            continue
        kept = contact_kept(coupling, giver)
        last = keys[giver] if named else np.uint64(giver)
        own, at, size = absorb(base, last), 0, indptr[giver + 1] - indptr[giver]
        while True:
            arrival = at - math.log(uniform(absorb(own, last))) / cell
            if arrival >= size:
                break
            at = int(arrival)
            taker = contacts[indptr[giver] + at]
            wait = (arrival - at) * cell
            at += 1
            last = keys[taker] if named else np.uint64(taker)
            if not infected[taker] > begins:
                continue
            hazard = rate * (kept * contact_kept(coupling, taker) * susceptibility(coupling, taker))
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
