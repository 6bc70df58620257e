"""One row of the codebook."""

from __future__ import annotations

from typing import NamedTuple

OURS = "this model"


class Measure(NamedTuple):
    """One measure. ``better`` is lower, higher, or "" where neither is."""

    name: str
    label: str
    formula: str
    unit: str
    denominator: str
    better: str
    source: str
