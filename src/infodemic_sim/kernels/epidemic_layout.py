"""The arrays and numbers that the kernels of an epidemic are handed, grouped and named once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.growing import roomier

SUSCEPTIBLE = 0

PLACE, WAITING, TAKEN, LASTING = range(4)
"""Counters of a window: people of this step dealt with, entries in the heap, rows of the log, people who have
it beyond the window."""


class Course(NamedTuple):
    """What happens to people who take it up; chances are per round, or rates per step."""

    rounds: bool  # whole rounds; else continuous time
    transmission: float
    incubation: float
    recovery: float
    enters: int  # status on taking it up
    spreads: int  # status while infectious: another one if it takes a while to become so
    ends: int  # status afterwards: 0, susceptible, if people may take it up again
    to_transmit: np.uint64  # addresses of the three families of draws
    to_incubate: np.uint64
    to_recover: np.uint64


class People(NamedTuple):
    """Who they are and what interventions make of their chances; both of these may be empty: nothing."""

    keys: np.ndarray  # uint64[n]; empty: people are known by their positions, which saves looking them up
    sharing: np.ndarray  # float64[n], factor on what a person passes on
    inoculation: np.ndarray  # float64[n], logits


class State(NamedTuple):
    """What changes."""

    status: np.ndarray  # int8[n]
    since: np.ndarray  # float64[n], when each takes it up, in steps, as far as is known; inf: never
    episodes: np.ndarray  # int32[n], how often each took it up before; empty if nobody can twice


class Ties(NamedTuple):
    """Rows of people."""

    indptr: np.ndarray  # int64[n + 1]
    indices: np.ndarray  # int32[ties]


class Window(NamedTuple):
    """What is known and noted while a few steps are simulated."""

    start: float  # steps done before
    end: float  # and after
    counters: np.ndarray  # int64[4], see above
    source: np.ndarray  # int32[n], from whom each takes it up
    until: np.ndarray  # float64[n], when each who is infectious stops; empty if nobody takes it up twice
    lasting: np.ndarray  # int32[n], people who have it beyond the window
    moves: np.ndarray  # int64[steps + 1, statuses]


class Entries(NamedTuple):
    """People and times, with room for more."""

    people: np.ndarray  # int32[room]
    times: np.ndarray  # float64[room]


@kernel
def entries(room):
    """Room for so many."""
    return Entries(np.empty(room, np.int32), np.empty(room, np.float64))


@kernel
def enlarged(old, needed):
    """The entries, with room for so many."""
    return Entries(roomier(old.people, needed), roomier(old.times, needed))
