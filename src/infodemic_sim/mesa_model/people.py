"""Naming people: by mask, by position, or by views of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np


def positions(people: Any) -> np.ndarray:
    """Positions int64[m] from a mask bool[n], from positions, or from views such as an ``AgentSet``."""
    if not isinstance(people, np.ndarray) and isinstance(people, Iterable):
        people = np.array([getattr(person, "place", person) for person in people], np.int64)
    people = np.asarray(people)
    return np.flatnonzero(people) if people.dtype == bool else people.astype(np.int64)


def mask_of(people: Any, n: int) -> np.ndarray:
    """The same as a mask, bool[n]."""
    mask = np.zeros(n, bool)
    mask[positions(people)] = True
    return mask
