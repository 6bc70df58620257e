"""Checks of what calculators are given; each refusal is one sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean, whole


def number(name: str, value: Any, low: float = 0.0, high: float = math.inf) -> float:
    """A finite number from ``low`` to ``high``."""
    if isinstance(value, bool | str) or not hasattr(value, "__float__") or np.ndim(value):
        raise ParameterError(f"{name} must be a number, but got {value!r}.")
    found = float(value)
    if not (low <= found <= high and math.isfinite(found)):
        raise ParameterError(f"{name} must be a number {bounds(low, high)}, but got {value!r}.")
    return found


def above(name: str, value: Any, low: float = 0.0) -> float:
    """A finite number above ``low``."""
    found = number(name, value, -math.inf)
    if found <= low:
        raise ParameterError(f"{name} must be a number above {low:g}, but got {value!r}.")
    return found


def share(name: str, value: Any) -> float:
    """A number from 0 to 1."""
    return number(name, value, 0.0, 1.0)


def count(name: str, value: Any, least: int = 0) -> int:
    """A whole number from ``least`` on."""
    return whole(name, value, least=least)


def numbers(name: str, values: Any, low: float = 0.0, high: float = math.inf) -> np.ndarray:
    """A row of finite numbers from ``low`` to ``high``, float64[m], m ≥ 1."""
    try:
        found = np.array(values)
    except ValueError:  # rows of different lengths
        found = np.array(None)
    if found.dtype.kind not in "biuf":
        raise ParameterError(f"{name} must be a row of numbers, but got {type(values).__name__}.")
    found = found.astype(float)
    if found.ndim != 1 or not found.size:
        raise ParameterError(f"{name} must be a row of one number or more, but its shape is {found.shape}.")
    wrong = found[~(np.isfinite(found) & (found >= low) & (found <= high))]
    if wrong.size:
        raise ParameterError(f"{name} must be numbers {bounds(low, high)}, but one is {wrong[0]}.")
    return found


def as_long_as(name: str, values: np.ndarray, n: int) -> np.ndarray:
    """The row, if it has one number for each of n people."""
    if len(values) != n:
        raise ParameterError(f"{name} needs one number for each of {n} people, but has {len(values)}.")
    return values


def one_of(name: str, value: Any, known: Iterable[str]) -> str:
    """One of the names that are known."""
    names = list(known)
    if value not in names:
        raise UnknownNameError(f"{name} has no '{value}'. {did_you_mean(str(value), names)}")
    return str(value)


def bounds(low: float, high: float) -> str:
    """Bounds in words."""
    if math.isfinite(low) and math.isfinite(high):
        return f"from {low:g} to {high:g}"
    return f"of {low:g} or more" if math.isfinite(low) else "that is finite"
