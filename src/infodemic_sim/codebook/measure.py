"""One row of the codebook."""

from __future__ import annotations

from typing import NamedTuple

OURS = "this model"
NO_COUNTS = ("d", "steps")
"""Units of what is neither a share or mean nor a sum."""


class Measure(NamedTuple):
    """One measure. ``better`` is lower, higher, or "" where neither is."""

    name: str
    label: str
    formula: str
    unit: str
    denominator: str
    better: str
    source: str

    @property
    def is_sum(self) -> bool:
        """Whether it grows with the people who are counted."""
        return not self.denominator and self.unit not in NO_COUNTS
