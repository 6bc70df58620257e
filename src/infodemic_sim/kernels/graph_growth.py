"""Graphs that grow person by person: preferential attachment, and following friends of friends."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.graph_random import below, shuffle, uniform
from infodemic_sim.kernels.growing import roomier


@kernel
def add_neighbour(pool, used, place, room, degree, person, other):
    """Append to a person's list, moving it to twice the room when full: constant time on average."""
    if degree[person] == room[person]:
        wider = max(4, 2 * room[person])
        pool = roomier(pool, used + wider)
        for i in range(degree[person]):
            pool[used + i] = pool[place[person] + i]
        place[person], room[person] = used, wider
        used += wider
    pool[place[person] + degree[person]] = other
    degree[person] += 1
    return pool, used


@kernel
def untied_neighbour(state, pool, start, count, chosen, newcomer):
    """A uniform neighbour not yet tied to the newcomer, or −1: draws first, then a full look."""
    for _ in range(8):
        other = pool[start + below(state, count)]
        if chosen[other] != newcomer:
            return other
    free = 0
    for i in range(count):
        free += chosen[pool[start + i]] != newcomer
    if free == 0:
        return -1
    skip = below(state, free)
    for i in range(count):
        if chosen[pool[start + i]] != newcomer:
            if skip == 0:
                return pool[start + i]
            skip -= 1
    return -1


@kernel
def preferential_ties(state, n, ties_each, triads):
    """Barabási–Albert growth from a complete core, with Holme–Kim triad formation.

    Every newcomer makes ⌊m⌋ or ⌈m⌉ ties (m on average): the first to a person drawn by degree, each
    further one with probability `triads` to a neighbour of the person drawn last, else by degree.
    """
    fewest = np.int64(ties_each)
    core = fewest + 1 if ties_each == fewest else fewest + 2
    core = min(core, n)
    most = core * (core - 1) // 2 + (n - core) * (fewest + 1)
    ends = np.empty(2 * most, np.int32)
    linked = triads > 0.0
    lists = n if linked else 0
    place, room, degree = np.zeros(lists, np.int64), np.zeros(lists, np.int64), np.zeros(lists, np.int64)
    pool, used = np.empty(6 * most if linked else 0, np.int32), np.int64(0)
    chosen = np.full(n, -1, np.int32)
    ties = 0
    for person in range(core):
        for other in range(person):
            ends[2 * ties], ends[2 * ties + 1] = person, other
            ties += 1
            if linked:
                pool, used = add_neighbour(pool, used, place, room, degree, person, other)
                pool, used = add_neighbour(pool, used, place, room, degree, other, person)
    for newcomer in range(core, n):
        wanted = fewest + (uniform(state) < ties_each - fewest)
        before, hub = ties, -1
        chosen[newcomer] = newcomer
        while ties < before + wanted:
            target = -1
            if hub >= 0 and linked and uniform(state) < triads:
                target = untied_neighbour(state, pool, place[hub], degree[hub], chosen, newcomer)
            if target < 0:
                target = ends[below(state, 2 * before)]
                if chosen[target] == newcomer:
                    continue
                hub = target
            chosen[target] = newcomer
            ends[2 * ties], ends[2 * ties + 1] = newcomer, target
            ties += 1
        if linked:
            for tie in range(before, ties):
                friend = np.int64(ends[2 * tie + 1])
                pool, used = add_neighbour(pool, used, place, room, degree, newcomer, friend)
                pool, used = add_neighbour(pool, used, place, room, degree, friend, newcomer)
    return ends[: 2 * ties : 2].copy(), ends[1 : 2 * ties : 2].copy()


@kernel
def follower_ties(state, n, follows, closure):
    """Directed growth: each newcomer follows a random person, friends of theirs, and random others.

    Row v of the result holds the `follows` people whom v follows; the first `follows` people
    follow one another, so their last entry is −1.
    """
    followed = np.full((n, follows), -1, np.int32)
    for person in range(follows):
        for other in range(follows - 1):
            followed[person, other] = other + (other >= person)
    chosen = np.full(n, -1, np.int32)
    friends = np.empty(follows, np.int32)
    for newcomer in range(follows, n):
        model = below(state, newcomer)
        count = follows if followed[model, follows - 1] >= 0 else follows - 1
        friends[:count] = followed[model, :count]
        shuffle(state, friends[:count])
        followed[newcomer, 0] = model
        chosen[model] = newcomer
        made, closed = 1, 0
        for _ in range(follows - 1):
            closed += uniform(state) < closure
        for i in range(closed):
            followed[newcomer, made] = friends[i]
            chosen[friends[i]] = newcomer
            made += 1
        while made < follows:
            other = below(state, newcomer)
            if chosen[other] != newcomer:
                chosen[other] = newcomer
                followed[newcomer, made] = other
                made += 1
    return followed
