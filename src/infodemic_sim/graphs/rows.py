"""From ties to sorted rows: the steps between the door and the kernels."""

from __future__ import annotations

import numpy as np

from infodemic_sim.graphs.report import ImportReport
from infodemic_sim.kernels import graph_csr

Rows = tuple[np.ndarray, np.ndarray, np.ndarray]
"""indptr, indices, and weights (empty if there are none)."""


def rows_from_ties(
    sources: np.ndarray, targets: np.ndarray, weights: np.ndarray, n: int, directed: bool, source: str
) -> tuple[Rows, ImportReport]:
    """Sorted rows without repeats and self-loops, and the report of what was left out.

    Friendships are sorted as ties from the smaller to the larger id and turned round at the end.
    """
    room = counters(n, 2 * len(sources))
    starts, members, kept_weights = graph_csr.group_by_target(sources, targets, weights, not directed, room)
    indptr, indices, kept_weights = reversed_rows(starts, members, kept_weights)
    indptr, kept, conflicts = graph_csr.without_repeats(indptr, indices, kept_weights)
    report = ImportReport(
        source=source,
        ties_read=len(sources),
        duplicates=len(indices) - kept,
        conflicting_weights=conflicts,
        self_loops=len(sources) - len(indices),
        isolated=isolated_people(indptr, indices[:kept]),
    )
    indices, kept_weights = trimmed(indices, kept), trimmed(kept_weights, min(kept, len(kept_weights)))
    if not directed:
        indptr, indices, kept_weights = graph_csr.both_ways(
            indptr, indices, kept_weights, counters(n, 2 * kept)
        )
    return (indptr, indices, kept_weights), report


def counters(n: int, most: int) -> np.ndarray:
    """A zero per person, wide enough to count up to `most`."""
    return np.zeros(n, np.int32 if most < 2**31 else np.int64)


def reversed_rows(indptr: np.ndarray, indices: np.ndarray, weights: np.ndarray) -> Rows:
    """The rows of the reverse graph, sorted: who is seen by whom."""
    turned: Rows = graph_csr.transposed(indptr, indices, weights, counters(len(indptr) - 1, len(indices)))
    return turned


def relabelled_rows(indptr: np.ndarray, indices: np.ndarray, weights: np.ndarray, new: np.ndarray) -> Rows:
    """The rows with person v renamed to new[v], sorted by turning them twice."""
    return reversed_rows(*reversed_rows(*graph_csr.relabelled(indptr, indices, weights, new)))


def trimmed(array: np.ndarray, length: int) -> np.ndarray:
    """The front of an array, as a copy unless it is all of it: what is cut off is not kept alive."""
    return array if length == len(array) else array[:length].copy()


def isolated_people(indptr: np.ndarray, indices: np.ndarray) -> int:
    """How many neither see anyone nor are seen."""
    alone = np.diff(indptr) == 0
    alone[indices] = False
    return int(alone.sum())
