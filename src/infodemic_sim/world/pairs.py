"""Rows by the pair of values that two of their columns hold, such as platform and topic."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def each_pair(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[int, int, np.ndarray]]:
    """Each pair of values that is there, in ascending order, and its rows as bool[m].

    first, second : columns of whole numbers that are not negative, int[m].
    """
    width = int(second.max(initial=0)) + 1
    pairs = first.astype(np.int64) * width + second
    for pair in np.unique(pairs).tolist():
        yield pair // width, pair % width, pairs == pair
