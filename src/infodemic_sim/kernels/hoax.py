"""A hoax and its fact-check compete for the people: one round (Tambuscio et al.)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.contacts import contact_with
from infodemic_sim.kernels.doubt import doubted
from infodemic_sim.kernels.draws import absorb, uniform

SUSCEPTIBLE, BELIEVER, CHECKER = range(3)
SYNCHRONOUS, EXCLUSIVE, SEQUENTIAL = range(3)
NOBODY = np.int32(-1)


class Hoax(NamedTuple):
    """The rule; arrays hold one number for each of the two groups."""

    spreading: float
    credibility: np.ndarray  # float64[2]
    verify: np.ndarray  # float64[2]
    forget: np.ndarray  # float64[2]
    order: int


class Crowd(NamedTuple):
    """Everybody at the start of the round."""

    keys: np.ndarray  # uint64[n], identities
    status: np.ndarray  # int8[n]
    group: np.ndarray  # int8[n]
    around: np.ndarray  # int32[n, 2], believers and checkers whom each one sees


class Scaled(NamedTuple):
    """What interventions do; an empty array: nothing."""

    sharing: np.ndarray  # float64[n], factor on the chance to convince
    inoculation: np.ndarray  # float64[n], logits taken from the chance that the hoax convinces
    verification: np.ndarray  # float64[n], factor on the chance to verify


class Luck(NamedTuple):
    """Where the draws of the round begin; they are extended by persons."""

    convince: np.uint64
    side: np.uint64
    partner: np.uint64
    forget: np.uint64
    verify: np.uint64


@kernel
def convinced(crowd, ties, hoax, scaled, luck, person, level):
    """What a susceptible person becomes in the round, and by whom; they are convinced if level < chance."""
    credibility = hoax.credibility[crowd.group[person]]
    believing = crowd.around[person, 0] * (1.0 + credibility)
    total = believing + crowd.around[person, 1] * (1.0 - credibility)
    if total <= 0.0:
        return SUSCEPTIBLE, NOBODY
    key = crowd.keys[person]
    status = BELIEVER if uniform(absorb(luck.side, key)) * total < believing else CHECKER
    other = contact_with(ties, person, crowd.status, status, absorb(luck.partner, key))
    chance = hoax.spreading
    if scaled.sharing.size:
        chance = min(1.0, chance * scaled.sharing[other])
    if scaled.inoculation.size and status == BELIEVER:
        chance = doubted(chance, scaled.inoculation[person])
    if level < chance:
        return status, other
    return SUSCEPTIBLE, NOBODY


@kernel
def reconsidered(status, key, forget, verify, exclusive, luck):
    """What a believer or checker becomes by forgetting and verifying."""
    level = uniform(absorb(luck.forget, key))
    if level < forget:
        return SUSCEPTIBLE
    if status == CHECKER:
        return CHECKER
    if exclusive:
        return CHECKER if level < forget + verify else BELIEVER
    return CHECKER if uniform(absorb(luck.verify, key)) < verify else BELIEVER


@kernel
def meet(crowd, ties, hoax, scaled, luck):
    """One round, as everybody decides from the state at its start; nothing is changed yet.

    ties : whom each one sees.

    Returns those convinced, int32[a], by whom, and of what (status); those who verified, int32[b]; those
    whose status changes, int32[c], and to what.
    """
    keys, statuses, group, factors = crowd.keys, crowd.status, crowd.group, scaled.verification
    forget, verify, quick = hoax.forget, hoax.verify, scaled.sharing.size == 0
    n = keys.size
    people, sources, taken = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int8)
    verified, changed, new = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int8)
    a, b, c = 0, 0, 0
    for person in range(n):
        before, key = statuses[person], keys[person]
        status = np.int64(before)
        if before == SUSCEPTIBLE:
            level = uniform(absorb(luck.convince, key))
            if quick and level >= hoax.spreading:
                continue
            status, source = convinced(crowd, ties, hoax, scaled, luck, person, level)
            if status == SUSCEPTIBLE:
                continue
            people[a], sources[a], taken[a] = person, source, status
            a += 1
        if before != SUSCEPTIBLE or hoax.order == SEQUENTIAL:
            held, often = status, verify[group[person]]
            if factors.size:
                often *= factors[person]
            status = reconsidered(held, key, forget[group[person]], often, hoax.order == EXCLUSIVE, luck)
            if held == BELIEVER and status == CHECKER:
                verified[b] = person
                b += 1
        if status != before:
            changed[c], new[c] = person, status
            c += 1
    told = (people[:a].copy(), sources[:a].copy(), taken[:a].copy())
    return told, verified[:b].copy(), changed[:c].copy(), new[:c].copy()


@kernel
def change(status, around, indptr, indices, people, new):
    """Give people new statuses, and let those who see them know.

    indptr, indices : by whom each one is seen.
    """
    for k in range(people.size):
        person = people[k]
        if status[person] != SUSCEPTIBLE:
            add(around, indptr, indices, person, status[person], -1)
        if new[k] != SUSCEPTIBLE:
            add(around, indptr, indices, person, new[k], 1)
        status[person] = new[k]


@kernel
def add(around, indptr, indices, person, opinion, number):
    """Change how many with an opinion those have around them who see a person."""
    for entry in range(indptr[person], indptr[person + 1]):
        around[indices[entry], opinion - 1] += number
