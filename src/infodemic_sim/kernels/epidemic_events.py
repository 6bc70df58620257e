"""What happens to people in one step, in order of time.

The compiler counts references to arrays unless their last use is in a loop or a straight line; so ``events``
unpacks everything once, and what it calls for each person is written in that way.
"""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.epidemic_draws import address_of, first_reaching, reached, scale_of, waited
from infodemic_sim.kernels.epidemic_layout import LASTING, PLACE, SUSCEPTIBLE, TAKEN, WAITING
from infodemic_sim.kernels.epidemic_queue import UNUSED, blocks_for, drop_first, push, step_of, write
from infodemic_sim.kernels.prefetch import prefetch

FAR, NEAR, NEXT = 16, 10, 5
"""How many people ahead memory is asked for: where their row is, the row, those it names."""


@inlined
def look_ahead(due, k, indptr, indices, keys, since):
    """Ask for the memory that the next people in line will need."""
    last, named = due.size - 1, keys.size > 0
    prefetch(indptr, np.int64(due[min(k + FAR, last)]))
    person = due[min(k + NEAR, last)]
    prefetch(indices, indptr[person])
    prefetch(indices, indptr[person + 1])
    person = due[min(k + NEXT, last)]
    for tie in range(indptr[person], indptr[person + 1]):
        prefetch(since, np.int64(indices[tie]))
        if named:
            prefetch(keys, np.int64(indices[tie]))


@inlined
def move(moves, step, old, new):
    """Count a change of status."""
    moves[step, old] -= 1
    moves[step, new] += 1


@inlined
def settle(
    met, met_at, found, giver, since, source, start, step, ends, pool, before, free, heap, heap_at, waiting
):
    """Let being reached await those who are met, in place of what awaited them; entries in the heap then."""
    for k in range(found):
        person, time = met[k], met_at[k]
        at = step_of(time, start)
        if at == step:
            push(heap, heap_at, waiting, person, time)
            waiting += 1
        elif since[person] == math.inf or step_of(since[person], start) != at:
            write(ends, pool, before, free, at, person)
        since[person], source[person] = time, giver
    return waiting


@kernel
def events(
    course, people, state, audience, seen, window, step, awaited, pages, heaped, meetings, log, givers
):
    """All that happens in one step; 0, or the room that one person's ties need before it can go on.

    Step 0 is the moment at which those who have it already begin. Of what awaits people in a step,
    ``awaited`` holds what was known before, the heap what came up since.
    """
    indptr, indices, seen_indptr, seen_indices = audience.indptr, audience.indices, seen.indptr, seen.indices
    keys, factors, logits = people.keys, people.sharing, people.inoculation
    status, since, episodes = state.status, state.since, state.episodes
    start, end, counters, source, until, lasting, moves = window
    ends, pool, before, free = pages
    due, due_at, heap, heap_at = awaited.people, awaited.times, heaped.people, heaped.times
    met, met_at, takers, taken_at = meetings.people, meetings.times, log.people, log.times
    k, waiting, taken, remaining = counters[PLACE], counters[WAITING], counters[TAKEN], counters[LASTING]
    rounds, again, episode, room = course.rounds, course.ends == SUSCEPTIBLE, 0, 0
    incubation, recovery = scale_of(course.incubation, rounds), scale_of(course.recovery, rounds)
    while k < due.size or waiting > 0:
        known = waiting == 0 or (k < due.size and due_at[k] <= heap_at[0])
        person, time = (due[k], due_at[k]) if known else (heap[0], heap_at[0])
        room = indptr[person + 1] - indptr[person] + 1
        full = room > min(met.size, heap.size - waiting) or taken == takers.size
        if full or blocks_for(room, ends.size) > free[UNUSED]:
            break
        room, found, giver = 0, 0, person
        if known:
            look_ahead(due, k, indptr, indices, keys, since)
            k += 1
        else:
            drop_first(heap, heap_at, waiting)
            waiting -= 1
        if step > 0 and status[person] != SUSCEPTIBLE:
            if not again or until[person] != time:
                continue  # overtaken
            status[person], since[person] = SUSCEPTIBLE, math.inf
            move(moves, step, course.spreads, SUSCEPTIBLE)
            met[0] = person
            met_at[0], giver = first_reaching(
                course,
                keys,
                factors,
                logits,
                seen_indptr,
                seen_indices,
                status,
                until,
                episodes,
                person,
                time,
                end,
            )
            found = 1 if giver >= 0 else 0
        else:
            if step > 0:
                if since[person] != time:
                    continue  # overtaken
                takers[taken], givers[taken], taken_at[taken] = person, source[person], time
                taken += 1
                status[person] = course.enters
                move(moves, step, SUSCEPTIBLE, course.enters)
                if again:
                    episodes[person] += 1
                if rounds:
                    time = 1.0 * math.ceil(time)
            key = keys[person] if keys.size > 0 else np.uint64(person)
            if again:
                episode = episodes[person]
            if status[person] != course.spreads:
                own = address_of(course.to_incubate, key, again, episode)
                time += waited(own, incubation, rounds)
                if time <= end:
                    move(moves, step_of(time, start), status[person], course.spreads)
                    status[person] = course.spreads
            own = address_of(course.to_recover, key, again, episode)
            stops = time + waited(own, recovery, rounds)
            at = step_of(min(stops, end), start)
            if again:
                until[person] = stops
            if stops > end:
                lasting[remaining] = person
                remaining += 1
            elif not again:
                move(moves, at, course.spreads, course.ends)
                status[person] = course.ends
            elif at > step:
                write(ends, pool, before, free, at, person)
            else:
                push(heap, heap_at, waiting, person, stops)
                waiting += 1
            if time < end:
                own, stops = address_of(course.to_transmit, key, again, episode), min(stops, end)
                found = reached(
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
                    time,
                    stops,
                    met,
                    met_at,
                )
        waiting = settle(
            met,
            met_at,
            found,
            giver,
            since,
            source,
            start,
            step,
            ends,
            pool,
            before,
            free,
            heap,
            heap_at,
            waiting,
        )
    counters[PLACE], counters[WAITING], counters[TAKEN], counters[LASTING] = k, waiting, taken, remaining
    return room
