"""Whom a platform recommends to follow: each candidate by draws of the person's own, never by place."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.persuasion import belief, sigmoid
from infodemic_sim.kernels.ties import place_of

NONE = -1


@kernel
def seeking(keys, here, indptr, followees, nobody, chance, base):
    """Who follows somebody new in this step: people who are there, have a free place and the luck."""
    out = np.empty(keys.size, np.int64)
    count = 0
    for person in range(keys.size):
        if not here[person] or uniform(absorb(base, keys[person])) >= chance:
            continue
        if place_of(indptr, followees, person, nobody) >= 0:
            out[count] = person
            count += 1
    return out[:count].copy()


@kernel
def may_follow(indptr, followees, here, person, other):
    """Whether somebody could be recommended to a person: there, another, and not followed yet."""
    return here[other] and other != person and place_of(indptr, followees, person, other) < 0


@kernel
def friends_of_friends(people, lots, indptr, followees, here, keys):
    """Of somebody whom one follows, by lot, somebody whom they follow, by lot: int64[m], -1 for nobody."""
    out = np.full(people.size, NONE, np.int64)
    for k in range(people.size):
        person, lot = people[k], lots[k]
        friend, least = NONE, np.uint64(0)
        for place in range(indptr[person], indptr[person + 1]):
            other = followees[place]
            if other < keys.size:
                luck = absorb(lot, keys[other])
                if friend == NONE or luck < least:
                    friend, least = other, luck
        if friend == NONE:
            continue
        lot, best = absorb(least, np.uint64(0)), np.uint64(0)
        for place in range(indptr[friend], indptr[friend + 1]):
            other = followees[place]
            if other < keys.size and may_follow(indptr, followees, here, person, other):
                luck = absorb(lot, keys[other])
                if out[k] == NONE or luck < best:
                    out[k], best = other, luck
    return out


@inlined
def drawn(lot, number, by_key):
    """One of all people by lot; people are numbered by their keys."""
    return by_key[np.int64(uniform(absorb(lot, np.uint64(number))) * by_key.size)]


@kernel
def most_similar(people, lots, looks, by_key, indptr, followees, here, lines):
    """Of so many people drawn at random, the one whose credences are closest: int64[m], -1 for nobody."""
    out = np.full(people.size, NONE, np.int64)
    for k in range(people.size):
        person, least = people[k], math.inf
        for number in range(looks):
            other = drawn(lots[k], number, by_key)
            if not may_follow(indptr, followees, here, person, other):
                continue
            apart = 0.0
            for topic in range(lines.shape[1]):
                apart += abs(sigmoid(belief(lines, person, topic)) - sigmoid(belief(lines, other, topic)))
            if apart < least:
                out[k], least = other, apart
    return out


@kernel
def most_followed(people, lots, looks, by_key, indptr, followees, here, followers):
    """Of so many people drawn at random, the one with most followers: int64[m], -1 for nobody."""
    out = np.full(people.size, NONE, np.int64)
    for k in range(people.size):
        person, most = people[k], -1
        for number in range(looks):
            other = drawn(lots[k], number, by_key)
            if followers[other] > most and may_follow(indptr, followees, here, person, other):
                out[k], most = other, followers[other]
    return out
