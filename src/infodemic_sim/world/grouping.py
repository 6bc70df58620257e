"""Columns side by side, and rows that belong together: equal numbers in a row, and equal pairs of numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def side_by_side(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Two columns as rows, uint64[m, 2]: (identity, place) of what an act is about."""
    rows = np.empty((first.size, 2), np.uint64)
    rows[:, 0], rows[:, 1] = first, second
    return rows


def runs(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each run of equal numbers begins in a column, ascending, and its length: int64[k] both."""
    begins = np.ones(column.size, bool)
    begins[1:] = column[1:] != column[:-1]
    starts = np.flatnonzero(begins)
    return starts, np.diff(np.append(starts, column.size))


def each_pair(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[int, int, np.ndarray]]:
    """Each pair of numbers that two columns hold, in ascending order, and its rows as bool[m].

    first, second : whole numbers that are not negative, int[m], such as platform and topic.
    """
    width = int(second.max(initial=0)) + 1
    pairs = first.astype(np.int64) * width + second
    for pair in np.unique(pairs).tolist():
        yield pair // width, pair % width, pairs == pair
