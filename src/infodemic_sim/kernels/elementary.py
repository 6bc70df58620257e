"""Exponentials, logarithms and powers of many numbers, float64[m] each, as the C library gives them.

NumPy has its own for processors with wide registers, which may differ in the last bit.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from infodemic_sim.kernels.compiled import COMPILING, inlined, kernel


def _power_of_two(number):
    """The compiler makes it the library's exp2, which may differ from its pow in the last bit."""
    return math.pow(2.0, number)


_two_to: Any = inlined(_power_of_two) if COMPILING else math.exp2


@kernel
def exp(numbers):
    """e to the power of each number."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = math.exp(numbers[k])
    return out


@kernel
def expm1(numbers):
    """e to the power of each number, less 1, exact near 0."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = math.expm1(numbers[k])
    return out


@kernel
def exp2(numbers):
    """2 to the power of each number."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = _two_to(numbers[k])
    return out


@kernel
def log(numbers):
    """The natural logarithm of each number ≥ 0; of 0 it is minus infinity."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = math.log(numbers[k]) if numbers[k] > 0.0 else -math.inf
    return out


@kernel
def log1p(numbers):
    """The natural logarithm of 1 plus each number ≥ -1, exact near 0; of -1 it is minus infinity."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = math.log1p(numbers[k]) if numbers[k] > -1.0 else -math.inf
    return out


@kernel
def power(numbers, exponent):
    """Each number ≥ 0 to the power of ``exponent``, a float; as they are where that is 1."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = numbers[k] if exponent == 1.0 else math.pow(numbers[k], exponent)
    return out
