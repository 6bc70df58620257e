"""Tables of read messages against Python's sets, under any sequence of reading and forgetting."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.kernels import seen
from infodemic_sim.kernels.layout import Seen
from infodemic_sim.world.state import LEAST_BITS, SeenState
from infodemic_sim.world.upkeep import make_room

PEOPLE, SLOTS = 4, 60
READING = st.tuples(st.integers(0, PEOPLE - 1), st.sets(st.integers(0, SLOTS - 1), min_size=1, max_size=25))
FORGETTING = st.sets(st.integers(0, SLOTS - 1), max_size=40)


def forgotten(state: SeenState, live: np.ndarray) -> SeenState:
    """The tables without dead messages, as housekeeping makes them."""
    old = state.arrays()
    of_entries = np.concatenate([np.zeros(1, np.int8), live])
    total, kept, start, bits = seen.packed(old, of_entries, LEAST_BITS)
    fresh = SeenState(np.zeros(total, np.int32), start, bits, np.zeros(PEOPLE, np.int32), total)
    seen.refill(old, kept, fresh.arrays())
    return fresh


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.one_of(READING, FORGETTING), max_size=25), st.integers(1, 1 << 20))
def test_tables_hold_what_sets_hold(story, stride):
    state, sets = SeenState.empty(PEOPLE), [set() for _ in range(PEOPLE)]
    for event in story:
        if isinstance(event, tuple):
            person, slots = event
            fresh = sorted({slot * stride % (1 << 24) for slot in slots} - sets[person])
            sessions, budget = np.zeros(PEOPLE, np.uint8), np.ones(PEOPLE, np.int16)
            sessions[person] = len(fresh)
            make_room(state, np.array([person], np.int32), sessions, budget, len(fresh))
            for slot in fresh:
                assert not holds(state.arrays(), person, slot)
                seen.remember(state.arrays(), person, np.int32(slot))
            sets[person].update(fresh)
        else:
            live = np.ones(1 << 24, np.int8)
            live[[slot * stride % (1 << 24) for slot in event]] = 0
            state = forgotten(state, live)
            sets = [{slot for slot in one if live[slot]} for one in sets]
        check(state, sets, stride)


def holds(arrays: Seen, person: int, slot: int) -> bool:
    return seen.contains(arrays.pool, arrays.start[person], arrays.bits[person], slot)


def check(state: SeenState, sets: list[set[int]], stride: int) -> None:
    arrays = state.arrays()
    for person, known in enumerate(sets):
        start, size = state.start[person], 1 << int(state.bits[person])
        entries = state.pool[start : start + size]
        assert set((entries[entries != 0] - 1).tolist()) == known
        assert state.count[person] == len(known)
        assert len(known) * 3 <= 2 * size, "room is left, so that looking ends soon"
        for slot in range(SLOTS):
            slot = slot * stride % (1 << 24)
            assert holds(arrays, person, slot) == (slot in known)
    ends = sorted((int(s), int(s) + (1 << int(b))) for s, b in zip(state.start, state.bits, strict=True))
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ends)), "tables overlap"
    assert ends[-1][1] <= state.used <= state.pool.size
