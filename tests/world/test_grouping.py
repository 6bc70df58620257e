"""Rows that belong together, against plain Python."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from infodemic_sim.world.grouping import each_pair, runs

numbers = st.lists(st.integers(0, 4), max_size=30)


@given(numbers)
def test_runs_are_those_of_equal_neighbours(column):
    starts, lengths = runs(np.array(column, np.int64))
    expected = [len(list(group)) for _, group in groupby(column)]
    assert lengths.tolist() == expected
    assert starts.tolist() == [sum(expected[:k]) for k in range(len(expected))]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_each_pair_comes_once_and_in_order(rows):
    table = np.array(rows, np.int8).reshape(-1, 2)
    found = [(first, second, mine.tolist()) for first, second, mine in each_pair(table[:, 0], table[:, 1])]
    assert found == [(*pair, [row == pair for row in rows]) for pair in sorted(set(rows))]
