"""Spreaders ring one person after the other, each by a clock of their own (Maki–Thompson and its kin)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.agenda import new_agenda, put, take
from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.contacts import contact
from infodemic_sim.kernels.draws import absorb, uniform

IGNORANT, SPREADER, STIFLER = range(3)


class People(NamedTuple):
    """The state of everybody; all but the keys change."""

    keys: np.ndarray  # uint64[n], identities
    status: np.ndarray  # int8[n]
    failed: np.ndarray  # int32[n], contacts that failed
    rung: np.ndarray  # int32[n], how often the clock of a spreader has rung
    left: np.ndarray  # float64[n], until it rings again, in units of the mean time between two rings


class Habits(NamedTuple):
    """The rule: rates per day and contact, for as many contacts as ``degree`` says (NaN: as there are)."""

    degree: float
    spread: float
    stifle: float
    forget: float  # per day
    patience: int  # failed contacts after which a spreader stops
    mutual: bool  # whether a contact of two spreaders fails for both


class Scaled(NamedTuple):
    """What interventions do; an empty array: nothing."""

    sharing: np.ndarray  # float64[n], factor on passing on
    inoculation: np.ndarray  # float64[n], exp(-I) is a factor on being convinced


class Luck(NamedTuple):
    """Where the draws begin; they are extended by the person and how often their clock has rung."""

    clock: np.uint64
    partner: np.uint64
    success: np.uint64
    forget: np.uint64


@inlined
def drawn(base, people, person):
    """The draw of a person's present ring."""
    return uniform(absorb(absorb(base, people.keys[person]), np.uint64(people.rung[person])))


@inlined
def wind(people, person, base):
    """Set the clock of a spreader anew."""
    people.left[person] = -math.log(drawn(base, people, person))


@inlined
def paces(ties, habits, scaled, person):
    """Most at which a spreader passes on, is stifled, and meets anybody: rates per day."""
    degree = np.float64(ties.indptr[person + 1] - ties.indptr[person])
    if degree > 0.0 and not math.isnan(habits.degree):
        degree = habits.degree
    passing, stifling = degree * habits.spread, degree * habits.stifle
    if scaled.sharing.size:
        passing *= scaled.sharing[person]
    return passing, stifling, max(passing, stifling)


@inlined
def schedule(agenda, people, person, now, days, ties, habits, scaled):
    """When the clock rings next, if within the step; else how much of the time is left after it."""
    pace = paces(ties, habits, scaled, person)[2] + habits.forget
    if pace > 0.0:
        due = now + people.left[person] / pace
        if due < days:
            put(agenda, person, due)
        else:
            people.left[person] = (due - days) * pace


@inlined
def fail(people, person, patience):
    """A contact failed; after so many the person stops."""
    people.failed[person] += 1
    if people.failed[person] >= patience:
        people.status[person] = STIFLER


@kernel
def ring(ties, people, habits, scaled, luck, person):
    """The clock of a spreader rings: the person who is told thereby, or -1."""
    passing, stifling, meeting = paces(ties, habits, scaled, person)
    if drawn(luck.forget, people, person) * (meeting + habits.forget) < habits.forget:
        people.status[person] = STIFLER
        return -1
    other = contact(ties, person, drawn(luck.partner, people, person))
    level = drawn(luck.success, people, person) * meeting
    if people.status[other] == IGNORANT:
        if scaled.inoculation.size:
            passing *= math.exp(-scaled.inoculation[other])
        return other if level < passing else -1
    both = habits.mutual and people.status[other] == SPREADER
    if level < (0.5 * stifling if both else stifling):  # either of the two may have rung
        fail(people, person, habits.patience)
        if both:
            fail(people, other, habits.patience)
    return -1


@kernel
def gossip(ties, people, habits, scaled, luck, spreading, days):
    """One step of so many days, contact by contact in the order of time.

    spreading : int32[m], the spreaders whose clocks run.

    Returns people told, who told them, and when (days into the step), in order of happening, and the
    spreaders whose clocks run after the step.
    """
    n = people.keys.size
    told, tellers, when = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n)
    number = 0
    agenda = new_agenda(people.keys)
    for person in spreading:
        schedule(agenda, people, person, 0.0, days, ties, habits, scaled)
    while agenda.size[0] > 0:
        person = take(agenda)
        if people.status[person] != SPREADER:
            continue
        now = agenda.due[person]
        other = ring(ties, people, habits, scaled, luck, person)
        if other >= 0:
            people.status[other] = SPREADER
            told[number], tellers[number], when[number] = other, person, now
            number += 1
            wind(people, other, luck.clock)
            schedule(agenda, people, other, now, days, ties, habits, scaled)
        if people.status[person] == SPREADER:
            people.rung[person] += 1
            wind(people, person, luck.clock)
            schedule(agenda, people, person, now, days, ties, habits, scaled)
    still = running(ties, people, habits, np.concatenate((spreading, told[:number])))
    return told[:number].copy(), tellers[:number].copy(), when[:number].copy(), still


@kernel
def running(ties, people, habits, candidates):
    """Those who spread and have something to expect: a contact, or to forget."""
    still = np.empty(candidates.size, np.int32)
    number = 0
    for person in candidates:
        alone = ties.indptr[person + 1] == ties.indptr[person]
        if people.status[person] == SPREADER and not (alone and habits.forget == 0.0):
            still[number] = person
            number += 1
    return still[:number].copy()


@kernel
def wind_all(people, spreading, base):
    """Set the clocks of those who start."""
    for person in spreading:
        wind(people, person, base)
