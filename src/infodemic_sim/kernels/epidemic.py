"""Infection along ties, event by event: who takes it up from whom and when, over any number of steps.

Nothing is drawn step by step. When somebody becomes infectious, one draw per tie says when they would reach
the other end; the earliest to reach a person counts. All waiting times are without memory: so a window may
start at any step with fresh draws, and one step is a window like any other.
"""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.epidemic_events import events
from infodemic_sim.kernels.epidemic_layout import (
    LASTING,
    PLACE,
    SUSCEPTIBLE,
    TAKEN,
    WAITING,
    Entries,
    Window,
    enlarged,
    entries,
)
from infodemic_sim.kernels.epidemic_queue import by_time, empty_pages, read, room_for, step_of
from infodemic_sim.kernels.growing import roomier


@kernel
def spread(course, people, state, audience, seen, active, start, steps, statuses):
    """Move everybody ``steps`` steps on from step ``start``.

    Parameters
    ----------
    audience, seen : rows of those who see a person, and of those whom a person sees.
    active : int32[m], people who have it.
    statuses : how many there are.

    Returns
    -------
    takers, givers, times : int32[k], int32[k], float64[k], who took it up, from whom and when, in order.
    active : int32[m], people who have it in the end.
    moves : int64[steps + 1, statuses], changes of the number in each status in steps 1, 2, …
    """
    n, again = state.status.size, course.ends == SUSCEPTIBLE
    window = Window(
        start,
        start + steps,
        np.zeros(4, np.int64),
        np.empty(n, np.int32),
        np.empty(n if again else 0, np.float64),
        np.empty(n, np.int32),
        np.zeros((steps + 1, statuses), np.int64),
    )
    counters = window.counters
    pages = empty_pages(steps)
    heap, met, log, givers = entries(64), entries(64), entries(64), np.empty(64, np.int32)
    due = Entries(active.copy(), np.full(active.size, start))
    for step in range(steps + 1):
        if step > 0:
            page = read(pages.ends, pages.pool, pages.before, pages.free, step)
            due = in_order(page, step, state, window)
        counters[PLACE], room = 0, 1
        while room > 0:
            met, heap = enlarged(met, room), enlarged(heap, counters[WAITING] + room)
            log, givers = enlarged(log, counters[TAKEN] + 1), roomier(givers, counters[TAKEN] + 1)
            pages = room_for(pages, room)
            room = events(
                course, people, state, audience, seen, window, step, due, pages, heap, met, log, givers
            )
    taken = counters[TAKEN]
    active = window.lasting[: counters[LASTING]].copy()
    return log.people[:taken], givers[:taken], log.times[:taken], active, window.moves


@kernel
def in_order(page, step, state, window):
    """Those on the page of a step whom nothing has overtaken, in order of time."""
    people, times, count = np.empty(page.size, np.int32), np.empty(page.size, np.float64), 0
    for person in page:
        stops = window.until.size > 0 and state.status[person] != SUSCEPTIBLE
        time = window.until[person] if stops else state.since[person]
        people[count], times[count] = person, time
        count += step_of(time, window.start) == step
    times, people = by_time(times[:count], people[:count])
    return Entries(people, times)
