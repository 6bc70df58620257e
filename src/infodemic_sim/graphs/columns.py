"""What is known about each person: a number or one of a few categories."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MISSING = -1
"""The code of a person whose category is not known (for numbers: NaN)."""


def read_only(array: np.ndarray) -> np.ndarray:
    """The array itself, closed to writing."""
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class Categories:
    """One category per person.

    Parameters
    ----------
    codes : int32 array of length n; ``levels[codes[v]]`` is the category of v, −1 if not known.
    levels : the categories, each once, sorted.
    """

    codes: np.ndarray
    levels: tuple[str, ...]

    def values(self) -> list[str | None]:
        """The category of each person as text, None where it is not known."""
        return [None if code < 0 else self.levels[code] for code in self.codes.tolist()]

    def __len__(self) -> int:
        return len(self.codes)

    def __repr__(self) -> str:
        return f"Categories({len(self.levels)} levels, {len(self.codes):,} people)"


Column = np.ndarray | Categories
"""A node column: float64 array (NaN: not known) or ``Categories``."""


def categories(values: Iterable[Any]) -> Categories:
    """Text per person, None or "" where not known, as codes and sorted levels."""
    texts = ["" if value is None else str(value) for value in values]
    levels = tuple(sorted(set(texts) - {""}))
    code_of = {level: code for code, level in enumerate(levels)}
    codes = np.fromiter((code_of.get(text, MISSING) for text in texts), np.int32, len(texts))
    return Categories(read_only(codes), levels)


def column(values: Sequence[Any]) -> Column:
    """Numbers if every known value is one, otherwise categories."""
    numbers = [as_number(value) for value in values]
    if any(number is None for number in numbers):
        return categories(values)
    return read_only(np.array(numbers, dtype=np.float64))


def as_number(value: Any) -> float | None:
    """A finite number, NaN for a value that is not given, None for anything else."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return math.nan
    if isinstance(value, str) and ("_" in value or not value.isascii()):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def taken(this: Column, order: np.ndarray) -> Column:
    """The column for people in another order."""
    if isinstance(this, Categories):
        return Categories(read_only(this.codes[order]), this.levels)
    return read_only(this[order])
