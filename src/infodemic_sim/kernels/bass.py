"""Adoption of oneself and by word of mouth, in continuous time (Bass)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.agenda import new_agenda, put, take
from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.contacts import Ties, contact_with
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.summing import SCALE, fixed

WAITING, ADOPTER, NEW = range(3)  # NEW: adopted within the step
OUTSIDE, EARLIER = np.int32(-1), np.int32(-2)


class Rows(NamedTuple):
    """Whom each one sees, and by whom each one is seen."""

    sees: Ties
    seen: Ties


class Market(NamedTuple):
    """The state of everybody."""

    keys: np.ndarray  # uint64[n], identities
    status: np.ndarray  # int8[n]
    heard: np.ndarray  # int32[n], adopters whom each one sees


class Scaled(NamedTuple):
    """What interventions do; an empty array: nothing."""

    sharing: np.ndarray  # float64[n], factor on what an adopter adds to the rates of others
    inoculation: np.ndarray  # float64[n], exp(-I) is a factor on the rate of adopting


class Luck(NamedTuple):
    """Where the draws of the step begin; they are extended by persons."""

    clock: np.uint64
    told: np.uint64
    cause: np.uint64


@inlined
def doubt(inoculation, person):
    """Factor on the rate of adopting."""
    return math.exp(-inoculation[person]) if inoculation.size else 1.0


@inlined
def weight(sharing, person):
    """What an adopter counts for."""
    return sharing[person] if sharing.size else 1.0


@kernel
def shares(market, rows, scaled):
    """For each one the share of adopters among those they see, each with their weight; float64[n].

    Weights are added in fixed point, so that their order cannot matter.
    """
    status, heard, sharing = market.status, market.heard, scaled.sharing
    indptr, contacts = rows.sees.indptr, rows.sees.contacts
    out = np.zeros(status.size)
    for person in range(status.size):
        if heard[person] == 0 or status[person] != WAITING:
            continue
        total = np.int64(heard[person])
        if sharing.size:
            total = np.int64(0)
            for entry in range(indptr[person], indptr[person + 1]):
                if status[contacts[entry]] == ADOPTER:
                    total += fixed(sharing[contacts[entry]])
        unit = SCALE if sharing.size else 1.0
        out[person] = total / unit / (indptr[person + 1] - indptr[person])
    return out


@kernel
def cause(market, rows, scaled, luck, p, imitation, person):
    """From whom a person has it whose time came by what was so before the step; -1: from outside."""
    own = absorb(luck.cause, market.keys[person])
    if uniform(own) * (p + imitation) < p:
        return OUTSIDE
    most = heaviest(market, rows, scaled, person)
    attempt = np.uint64(0)
    while True:
        address = absorb(own, attempt)
        other = contact_with(rows.sees, person, market.status, ADOPTER, address)
        if uniform(address) * most < weight(scaled.sharing, other):
            return other
        attempt += np.uint64(1)


@kernel
def heaviest(market, rows, scaled, person):
    """The highest weight of an adopter whom a person sees."""
    if scaled.sharing.size == 0:
        return 1.0
    most = 0.0
    for entry in range(rows.sees.indptr[person], rows.sees.indptr[person + 1]):
        if market.status[rows.sees.contacts[entry]] == ADOPTER:
            most = max(most, scaled.sharing[rows.sees.contacts[entry]])
    return most


@inlined
def delay(luck, rate, days):
    """An exponential time at a rate, or infinity where it is sure to be over so many days."""
    if 1.0 - luck >= rate * days:  # -log(luck) is at least that much
        return math.inf
    time = -math.log(luck) / rate
    return time if time < days else math.inf


@kernel
def adopt(market, rows, scaled, luck, p, q, days):
    """One step of so many days; rates are constant but for what happens in it.

    Returns who adopted, from whom (-1: from outside), and when (days into the step), in order of happening.
    """
    keys, status, inoculation = market.keys, market.status, scaled.inoculation
    n = keys.size
    sources = np.full(n, EARLIER)
    agenda = new_agenda(keys)
    share = shares(market, rows, scaled)
    for person in range(n):
        if status[person] == WAITING:
            rate = (p + q * share[person]) * doubt(inoculation, person)
            time = delay(uniform(absorb(luck.clock, keys[person])), rate, days)
            if time < days:
                put(agenda, person, time)
    people, when = np.empty(n, np.int32), np.empty(n)
    number = 0
    while agenda.size[0] > 0:
        person = take(agenda)
        if sources[person] == EARLIER:
            sources[person] = cause(market, rows, scaled, luck, p, q * share[person], person)
        status[person] = NEW
        people[number], when[number] = person, agenda.due[person]
        number += 1
        tell(agenda, market, rows, scaled, luck, q, person, days, sources)
    settle(market, rows, people[:number])
    return people[:number].copy(), sources[people[:number]], when[:number].copy()


@kernel
def tell(agenda, market, rows, scaled, luck, q, person, days, sources):
    """Who has just adopted may move others to do so within the step."""
    keys, status, indptr, inoculation = market.keys, market.status, rows.sees.indptr, scaled.inoculation
    seen_indptr, audience = rows.seen.indptr, rows.seen.contacts
    now, most = agenda.due[person], q * weight(scaled.sharing, person)
    own = absorb(luck.told, keys[person])
    for entry in range(seen_indptr[person], seen_indptr[person + 1]):
        other = audience[entry]
        if status[other] == WAITING:
            rate = most / (indptr[other + 1] - indptr[other]) * doubt(inoculation, other)
            time = delay(uniform(absorb(own, keys[other])), rate, days - now)
            if now + time < days and put(agenda, other, now + time):
                sources[other] = person


@kernel
def settle(market, rows, people):
    """People are adopters, and those who see them count them from now on."""
    status, heard, indptr, audience = market.status, market.heard, rows.seen.indptr, rows.seen.contacts
    for person in people:
        status[person] = ADOPTER
        for entry in range(indptr[person], indptr[person + 1]):
            heard[audience[entry]] += 1
