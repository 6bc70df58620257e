"""Elementary functions of many numbers are those of the C library, number by number."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from infodemic_sim.kernels import elementary


def many(low, high):
    return arrays(float, st.integers(0, 20), elements=st.floats(low, high))


@settings(deadline=None)  # the first example compiles
@given(many(-700.0, 700.0))
def test_exponentials(numbers):
    pairs = ((elementary.exp, math.exp), (elementary.expm1, math.expm1), (elementary.exp2, math.exp2))
    for ours, theirs in pairs:
        assert ours(numbers).tolist() == [theirs(number) for number in numbers]


@settings(deadline=None)  # the first example compiles
@given(many(1e-300, 1e300))
def test_logarithms(numbers):
    for ours, theirs in ((elementary.log, math.log), (elementary.log1p, math.log1p)):
        assert ours(numbers).tolist() == [theirs(number) for number in numbers]


@settings(deadline=None)  # the first example compiles
@given(many(0.0, 1e6), st.sampled_from([0.5, 1.0, 1.5, 3.0]))
def test_powers(numbers, exponent):
    assert elementary.power(numbers, exponent).tolist() == [math.pow(number, exponent) for number in numbers]


@pytest.mark.parametrize(("function", "edge"), [(elementary.log, 0.0), (elementary.log1p, -1.0)])
def test_where_a_logarithm_ends(function, edge):
    assert function(np.array([edge])).tolist() == [-math.inf]
