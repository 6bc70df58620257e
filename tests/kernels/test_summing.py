"""Sums over people: exact, so the order of people cannot matter."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.kernels import summing
from tests.identities.small import finished, scenario

VALUES = st.lists(st.floats(-1.0, 1.0), min_size=1, max_size=60)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_sums_do_not_depend_on_order(values, random):
    groups = [random.randrange(-1, 3) for _ in values]
    order = list(range(len(values)))
    random.shuffle(order)
    partitions = np.array([groups, [3] * len(values)], np.int32)
    one = summing.sum_groups(np.array(values), partitions, 4)
    other = summing.sum_groups(np.array(values)[order], partitions[:, order].copy(), 4)
    assert one.tolist() == other.tolist()
    everybody = sum((Fraction(v) for v in values), Fraction(0))
    assert abs(Fraction(int(one[3]), 2**32) - everybody) <= Fraction(len(values), 2**33)
    for group in range(3):
        exact = sum((Fraction(v) for v, g in zip(values, groups, strict=True) if g == group), Fraction(0))
        assert abs(Fraction(int(one[group]), 2**32) - exact) <= Fraction(len(values), 2**33)


def test_nobody_is_left_out_and_few_bits_are_lost():
    ones = np.ones(100_000)
    assert summing.sum_groups(ones, np.zeros((1, ones.size), np.int32), 1)[0] == 100_000 << 32


@pytest.mark.parametrize("seed", range(3))
def test_sums_of_belief_and_reads_do_not_depend_on_order(seed):
    from infodemic_sim.simulation import Run

    some = scenario(days=1.0)
    _, world = finished(some, seed=seed)
    recorder = Run(some, seed=seed).recorder
    recorder.world = world
    readers, rule = recorder.readers(), recorder.rule()
    order = np.random.default_rng(seed).permutation(world.n)
    groups = np.stack([world.people.literacy, np.full(world.n, 4)]).astype(np.int32)
    mixed_groups = groups[:, order].copy()
    arrays = {name: value[order] for name, value in readers._asdict().items()}
    one = summing.sum_beliefs(world.state.lines, 0, readers, rule, groups, 5)
    other = summing.sum_beliefs(
        np.ascontiguousarray(world.state.lines[order]), 0, readers._replace(**arrays), rule, mixed_groups, 5
    )
    assert one.tolist() == other.tolist()
    assert one[:4, summing.PEOPLE].sum() == one[4, summing.PEOPLE] == world.n
    assert one[:4].sum(axis=0).tolist() == one[4].tolist()
    reads = world.state.timelines[0].reads
    mixed = summing.sum_reads(np.ascontiguousarray(reads[order]), 1, mixed_groups, 5)
    assert summing.sum_reads(reads, 1, groups, 5).tolist() == mixed.tolist()
