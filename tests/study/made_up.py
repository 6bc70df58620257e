"""Comparisons of runs that nobody made, whose effects are known beforehand."""

from __future__ import annotations

import pandas as pd

from infodemic_sim.study.comparison import RUN_COLUMNS, Comparison

TODAY = [0.10, 0.12, 0.11, 0.13, 0.09, 0.10, 0.12, 0.11]
LOWER = [0.020, 0.022, 0.019, 0.021, 0.020, 0.018, 0.023, 0.021]


def compared(falls: dict[str, list[float]]) -> Comparison:
    """Eight pairs in which plans lower the share of misinformed people by so much."""
    values = {"today": TODAY, **{plan: fallen(falls[plan]) for plan in falls}}
    rows = [
        (plan, k, 1.0, "all", "all", "all", "misinformed", values[plan][k])
        for plan in values
        for k in range(8)
    ]
    table = pd.DataFrame(
        rows, columns=["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]
    )
    return Comparison(tuple(values), {}, 1, 8, tuple(range(8)), "misinformed", table[RUN_COLUMNS])


def fallen(falls: list[float]) -> list[float]:
    return [value - fall for value, fall in zip(TODAY, falls, strict=True)]
