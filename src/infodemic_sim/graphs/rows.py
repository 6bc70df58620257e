"""From ties to sorted rows: the steps between the door and the kernels."""

from __future__ import annotations

import numpy as np

from infodemic_sim.graphs.report import ImportReport
from infodemic_sim.kernels import graph_csr, graph_rows

Rows = tuple[np.ndarray, np.ndarray, np.ndarray]
"""indptr, indices, and weights (empty if there are none)."""


def rows_from_ties(
    sources: np.ndarray, targets: np.ndarray, weights: np.ndarray, n: int, directed: bool, source: str
) -> tuple[Rows, ImportReport]:
    """Sorted rows without repeats and self-loops, and the report of what was left out.

    Friendships are sorted as ties from the smaller to the larger id and turned round at the end.
    """
    room = room_for(len(sources), len(weights))
    starts = graph_csr.group_by_target(
        sources, targets, weights, not directed, counters(n, len(sources)), room
    )
    grouped = starts[-1]
    indptr = graph_csr.transposed(starts, room.members, room.weights, counters(n, grouped), room)
    indptr, kept, conflicts = graph_rows.without_repeats(indptr, room.members, room.weights)
    report = ImportReport(
        source=source,
        ties_read=len(sources),
        duplicates=int(grouped) - kept,
        conflicting_weights=conflicts,
        self_loops=len(sources) - int(grouped),
        isolated=graph_rows.isolated(indptr, room.members),
    )
    if directed:
        return (indptr, trimmed(room.members, kept), trimmed(room.weights, kept)), report
    return completed(indptr, room, kept), report


def completed(indptr: np.ndarray, room: graph_csr.Room, kept: int) -> Rows:
    """Rows of larger ids, with those of smaller ids put before."""
    full = room._replace(
        members=np.empty(2 * kept, np.int32),
        weights=np.empty(2 * kept if len(room.weights) else 0, np.float32),
    )
    free = counters(len(indptr) - 1, 2 * kept)
    return graph_csr.both_ways(indptr, room.members, room.weights, free, full), full.members, full.weights


def room_for(entries: int, weights: int) -> graph_csr.Room:
    """Room to sort so many entries, with or without weights."""
    return graph_csr.Room(
        np.empty(entries, np.int64),
        np.empty(weights, np.float32),
        np.empty(entries, np.int32),
        np.empty(weights, np.float32),
    )


def counters(n: int, most: int) -> np.ndarray:
    """A zero per person, wide enough to count up to `most`."""
    return np.zeros(n, np.int32 if most < 2**31 else np.int64)


def reversed_rows(indptr: np.ndarray, indices: np.ndarray, weights: np.ndarray) -> Rows:
    """The rows of the reverse graph, sorted: who is seen by whom."""
    room = room_for(len(indices), len(weights))
    starts = graph_csr.transposed(indptr, indices, weights, counters(len(indptr) - 1, len(indices)), room)
    return starts, room.members, room.weights


def relabelled_rows(indptr: np.ndarray, indices: np.ndarray, weights: np.ndarray, new: np.ndarray) -> Rows:
    """The rows with person v renamed to new[v], sorted by turning them twice."""
    return reversed_rows(*reversed_rows(*graph_rows.relabelled(indptr, indices, weights, new)))


def trimmed(array: np.ndarray, length: int) -> np.ndarray:
    """The front of an array that nobody else holds; what is cut off is given back, without a copy."""
    array.resize(min(length, len(array)), refcheck=False)
    return array
