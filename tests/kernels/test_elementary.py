"""Elementary functions of many numbers are those of the C library, number by number."""

import math
import os
import subprocess
import sys

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


WITHOUT_COMPILER = """
import numpy as np
from infodemic_sim.kernels import elementary

print(elementary.exp2(np.array([1.523]))[0].hex())
"""


def test_two_to_a_power_has_the_same_last_bit_without_the_compiler():
    """There pow gives another one."""
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_COMPILER],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, text=True, capture_output=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == float(elementary.exp2(np.array([1.523]))[0]).hex()


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
