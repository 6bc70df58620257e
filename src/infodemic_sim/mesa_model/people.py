"""Naming people: by mask, by position, or by views of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.mistakes import short


def positions(people: Any, n: int) -> np.ndarray:
    """Positions int64[m] from a mask bool[n], from positions, or from views such as an ``AgentSet``.

    Raises
    ------
    ParameterError
        If it is none of them, such as a mask of another length, or names somebody beyond the n people.
    """
    if not isinstance(people, np.ndarray) and isinstance(people, Iterable):
        people = [getattr(person, "place", person) for person in people]
    given = np.asarray(people)
    if given.shape == (n,) and given.dtype == bool:
        return np.flatnonzero(given)
    right = given.ndim == 1 and (given.dtype.kind in "iu" or not given.size)
    if not right or (given.size and not 0 <= given.min() <= given.max() < n):
        wanted = f"a mask of {n:,} people, positions from 0 to {n - 1:,}, or views of people"
        raise ParameterError(f"people must be {wanted}, but got {short(people)}.")
    return given.astype(np.int64)


def mask_of(people: Any, n: int) -> np.ndarray:
    """The same as a mask, bool[n]."""
    mask = np.zeros(n, bool)
    mask[positions(people, n)] = True
    return mask
