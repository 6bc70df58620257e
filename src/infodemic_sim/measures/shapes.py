"""Shapes that all formulas share: sums put before their parts, and ratios with nobody below."""

from __future__ import annotations

import numpy as np


def with_all(values: np.ndarray, axis: int) -> np.ndarray:
    """The sum along an axis put in front of it."""
    return np.concatenate([values.sum(axis=axis, keepdims=True), values], axis=axis)


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above / below, not a number where there is nobody below."""
    empty = np.full(np.broadcast(above, below).shape, np.nan)
    return np.divide(above, below, out=empty, where=np.broadcast_to(below > 0, empty.shape))
