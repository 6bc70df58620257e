"""The arrays that change during a run, as plain containers that can be saved, loaded and copied."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from infodemic_sim.kernels.layout import LINE, LONG_AGO, MESSAGE, POSTED, READS, Seen
from infodemic_sim.population.traits import People
from infodemic_sim.world.log import Log
from infodemic_sim.world.ties import Ties

LEAST_BITS = 4
FIRST_SLOTS = 1 << 12


def aligned(shape: tuple[int, ...]) -> np.ndarray:
    """int32 zeros that begin on a cache line, so that a line of a timeline is one read."""
    size = int(np.prod(shape)) * 4
    raw = np.empty(size + 64, np.uint8)
    raw[:] = 0
    shift = -raw.ctypes.data % 64
    return raw[shift : shift + size].view(np.int32).reshape(shape)


def realigned(line: np.ndarray) -> np.ndarray:
    """A copy of timelines that begins on a cache line."""
    out = aligned(line.shape)
    out[:] = line
    return out


@dataclass
class Timelines:
    """One platform: what stands on each person's timeline, and who reads there."""

    line: np.ndarray  # int32[n + r, depth, 4], see kernels.layout; the last r are nobody's, mostly of spaces
    head: np.ndarray  # int8[n + r], next place to write
    newest: np.ndarray  # int32[n + r], step of the newest post put there; it may have been removed since
    depths: np.ndarray  # int16[n + r, depth], depth of each post in its cascade
    posts: np.ndarray  # int32[n + r, depth] number of each post in the log, or int32[0, 0]
    turn: np.ndarray  # int64[S], copies that each space has got so far: which of its timelines is next
    reads: np.ndarray  # int32[n, topics, 3], posts read, see kernels.layout
    sessions: np.ndarray  # uint8[n], in this step

    @classmethod
    def empty(
        cls, n: int, depth: int, topics: int, log_posts: bool, spaces: int = 0, rows: int = 0, empty: int = 0
    ) -> Timelines:
        """Timelines on which nothing stands: those of people, ``rows`` of each space, and ones kept empty."""
        all_rows = n + spaces * rows + empty
        line = aligned((all_rows, depth, 4))
        line[:, :, POSTED] = LONG_AGO
        return cls(
            line=line,
            head=np.zeros(all_rows, np.int8),
            newest=np.full(all_rows, LONG_AGO, np.int32),
            depths=np.zeros((all_rows, depth), np.int16),
            posts=np.full((all_rows, depth) if log_posts else (0, 0), -1, np.int32),
            turn=np.zeros(spaces, np.int64),
            reads=np.zeros((n, topics, READS), np.int32),
            sessions=np.zeros(n, np.uint8),
        )


@dataclass
class Messages:
    """Slots of messages that still stand somewhere; slots of forgotten messages are used again."""

    slots: np.ndarray = field(default_factory=lambda: np.zeros(FIRST_SLOTS, MESSAGE))
    weight: np.ndarray = field(default_factory=lambda: np.zeros(FIRST_SLOTS))
    free: np.ndarray = field(default_factory=lambda: np.arange(FIRST_SLOTS - 1, -1, -1, dtype=np.int32))
    published: np.ndarray = field(default_factory=lambda: np.zeros(1, np.int64))

    def take(self, count: int) -> np.ndarray:
        """Free slots for ``count`` new messages; the table doubles when it is full."""
        while self.free.size < count:
            size = self.slots.size
            self.slots = np.concatenate([self.slots, np.zeros(size, MESSAGE)])
            self.weight = np.concatenate([self.weight, np.zeros(size)])
            more = np.arange(2 * size - 1, size - 1, -1, dtype=np.int32)
            self.free = np.concatenate([more, self.free])
        taken = self.free[self.free.size - count :][::-1].copy()
        self.free = self.free[: self.free.size - count]
        return taken


@dataclass
class SeenState:
    """Messages each person has read, see ``kernels.seen``."""

    pool: np.ndarray
    start: np.ndarray
    bits: np.ndarray
    count: np.ndarray
    used: int

    @classmethod
    def empty(cls, n: int) -> SeenState:
        """Nobody has read anything."""
        return cls(
            pool=np.zeros(n << LEAST_BITS, np.int32),
            start=np.arange(n, dtype=np.int64) << LEAST_BITS,
            bits=np.full(n, LEAST_BITS, np.int8),
            count=np.zeros(n, np.int32),
            used=n << LEAST_BITS,
        )

    def arrays(self) -> Seen:
        """As kernels take it."""
        return Seen(self.pool, self.start, self.bits, self.count)


@dataclass
class State:
    """Everything that a run hands from one step to the next."""

    step: int
    people: People
    present: np.ndarray  # bool[n], who is there; all, unless there is turnover
    ties: list[Ties]  # by platform, where they change; else empty, and the graphs of the setting hold
    lines: np.ndarray  # float64[n, topics, 5], see kernels.layout
    timelines: list[Timelines]
    messages: Messages
    seen: SeenState
    watched: np.ndarray  # int64[w, 3] of (person, slot, platform): false messages read by watchers
    levers: dict[
        str, np.ndarray
    ]  # float[n] by name: levers that measures look at, as the last step left them
    issuers: np.ndarray  # float64[labels, 4] of each label: see Verbs.new_label
    fresh: np.ndarray  # int32[f], slots of messages published in the last step
    logs: dict[str, Log]  # messages and posts, or cascades that ended
    memories: dict[str, dict[str, np.ndarray]]  # of interventions, by key
    counts: dict[str, np.ndarray]  # running counters, see observe
    records: dict[str, np.ndarray]  # sums at recorded moments, stacked, see measures.sums
    health: dict[str, np.ndarray]  # arrays of the mechanisms of health care, see ``health``
    spread: dict[str, np.ndarray]  # arrays of a rule that needs nothing but a network; the feed has none
    ended: dict[str, np.ndarray]  # float64[2], minutes and money of one act of each that a fork ended, by key
    forks: np.ndarray  # float64[f], days on which the run was forked into another plan

    def copy(self) -> State:
        """An independent copy: a fork of the run."""
        other = copy.deepcopy(self)
        for timelines in other.timelines:
            timelines.line = realigned(timelines.line)
        return other


def new_lines(n: int, topics: int) -> np.ndarray:
    """Belief lines of people who have read nothing."""
    return np.zeros((n, topics, LINE))


def flatten(value: Any, path: str = "") -> dict[str, np.ndarray]:
    """A tree of containers as arrays by path; ``restore`` turns it back."""
    if isinstance(value, np.ndarray):
        return {path: value}
    if isinstance(value, int):
        return {path: np.array(value)}
    if dataclasses.is_dataclass(value):
        items = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value)]
    elif isinstance(value, list):
        items = [(str(k), item) for k, item in enumerate(value)]
    else:
        items = list(value.items())
    out: dict[str, np.ndarray] = {}
    for name, item in items:
        out.update(flatten(item, join(path, name)))
    return out


def restore(template: Any, arrays: dict[str, np.ndarray], path: str = "") -> Any:
    """The tree that ``flatten`` gave ``arrays``, shaped like ``template``."""
    if isinstance(template, int):
        return int(arrays[path])
    if isinstance(template, np.ndarray):
        found = arrays[path]  # files forget that fields are aligned, for which kernels are compiled
        return found.view(template.dtype) if found.dtype == template.dtype else found
    if dataclasses.is_dataclass(template) and not isinstance(template, type):
        names = [f.name for f in dataclasses.fields(template)]
        parts = {name: restore(getattr(template, name), arrays, join(path, name)) for name in names}
        return type(template)(**parts)
    if isinstance(template, list):
        return [restore(item, arrays, join(path, str(k))) for k, item in enumerate(template)]
    return {name: restore(template[name], arrays, join(path, name)) for name in template}


def join(path: str, name: str) -> str:
    """One step further down the tree."""
    return f"{path}/{name}" if path else name
