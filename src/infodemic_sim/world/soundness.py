"""Whether a saved state can be one of a run: compiled loops trust what it says about where things stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from infodemic_sim.kernels.layout import KINDS, META, META_BITS, SLOT, TRUST
from infodemic_sim.population.partitions import AGES, LITERACY, ROLES, TRUSTING
from infodemic_sim.world.state import SeenState, State, Timelines, flatten

GROWING = re.compile(r"messages/(slots|weight|free)|seen/pool|watched|fresh|issuers|forks|logs/\w+/rows")
"""Arrays whose first length changes in a run."""
ROOMIEST = 30
"""Largest number of bits of a person's table of messages."""


def check_state(first: State, state: State) -> None:
    """Refuse, by a ValueError, a state unlike the first one in shape, or that points at what is not there."""
    _check_shapes(flatten(first), flatten(state))
    n, topics = first.lines.shape[:2]
    slots = state.messages.slots.size
    _check_messages(state, n, topics)
    for timelines in state.timelines:
        _check_timelines(timelines, slots, topics)
    if state.seen.start.size:
        _check_seen(state.seen, slots)
    for traits, names in (
        (state.people.role, ROLES),
        (state.people.literacy, LITERACY),
        (state.people.age, AGES),
    ):
        _within(traits, 0, len(names), "a trait")
    _within(state.people.trusting, 0, len(TRUSTING), "a trait")
    _within(state.fresh, 0, slots, "a new message")
    for column, most in enumerate((n, slots, len(state.timelines))):
        _within(state.watched[:, column], 0, most, "what was watched")
    for place, ties in enumerate(state.ties):
        if not np.array_equal(ties.indptr, first.ties[place].indptr):
            raise ValueError("its ties are those of another graph")
        _within(ties.followees, 0, state.timelines[place].line.shape[0], "a tie")
    for log in state.logs.values():
        if not 0 <= log.size <= log.rows.size or log.written < 0:
            raise ValueError("a log is longer than its rows")


def _check_shapes(first: Mapping[str, np.ndarray], now: Mapping[str, np.ndarray]) -> None:
    for name, array in first.items():
        found = now[name]
        same = found.shape[1:] == array.shape[1:] if GROWING.fullmatch(name) else found.shape == array.shape
        if not same or found.ndim != array.ndim or found.dtype != array.dtype:
            raise ValueError(f"{name} is {found.dtype} of shape {found.shape}")


def _check_messages(state: State, n: int, topics: int) -> None:
    messages = state.messages
    slots, free = messages.slots, messages.free
    limits = {
        "author": (0, n),
        "topic": (0, topics),
        "platform": (0, len(state.timelines)),
        "kind": (0, len(KINDS)),
        "source": (0, len(TRUST)),
        "correction": (-1, len(TRUST)),
    }
    for name, (least, end) in limits.items():
        _within(slots[name], least, end, f"the {name} of a message")
    _within(free, 0, slots.size, "a free slot")
    if messages.weight.size != slots.size or np.unique(free).size != free.size or slots["live"][free].any():
        raise ValueError("its messages and their slots do not fit together")


def _check_timelines(timelines: Timelines, slots: int, topics: int) -> None:
    depth = timelines.line.shape[1]
    _within(timelines.head, 0, max(depth, 1), "the head of a timeline")
    _within(timelines.line[:, :, SLOT], 0, slots, "a post")
    _within((timelines.line[:, :, META] & ((1 << META_BITS) - 1)) >> 2, 0, topics, "the topic of a post")


def _check_seen(seen: SeenState, slots: int) -> None:
    """Every table lies in the pool and has an empty place, at which a search ends; behind them is nothing."""
    _within(seen.bits, 1, ROOMIEST + 1, "the size of a table")
    size = np.int64(1) << seen.bits.astype(np.int64)
    _within(seen.start, 0, seen.pool.size + 1, "a table")
    if not 0 <= seen.used <= seen.pool.size or (seen.start + size > seen.used).any():
        raise ValueError("a table ends outside of the pool")
    if seen.pool[seen.used :].any():
        raise ValueError("there is something behind the tables")
    _within(seen.pool, 0, slots + 1, "a message that was read")
    taken = np.concatenate([[0], np.cumsum(seen.pool != 0)])
    if (taken[seen.start + size] - taken[seen.start] != seen.count).any():
        raise ValueError("a table holds another number of messages than it says")
    if (seen.count >= size).any():
        raise ValueError("a table is full")


def _within(values: np.ndarray, least: int, end: int, what: str) -> None:
    """Refuse whole numbers outside of ``least`` to ``end`` − 1."""
    if values.size and not (values.min() >= least and values.max() < end):
        raise ValueError(f"{what} is out of range")
