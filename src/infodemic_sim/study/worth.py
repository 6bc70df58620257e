"""What each plan pays for what it averts: staff hours and money per misinformed person and per exposure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.economics import Increments, fieller, increments
from infodemic_sim.study.effects import last_values, whole
from infodemic_sim.study.paired import paired_statistics

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = {
    "misinformed": "misinformed person averted",
    "exposures_false": "exposure to misinformation averted",
}
"""What is averted, by the measure that tells it; a person is counted once for each topic."""
NOT_ESTIMABLE = "not estimable: the interval of what is averted includes zero"
HARM = "none is averted: there are more with the plan"
SINGLE = "not estimable: a single pair has no interval"
COLUMNS = [
    *("plan", "outcome", "averted", "averted_low", "averted_high"),
    *("resource", "spent", "per_averted", "low", "high", "pairs", "note"),
]


def worth_table(comparison: Comparison) -> pd.DataFrame:
    """Cost for each unit averted on the last day: one row per plan, outcome and resource.

    Columns: plan, outcome, ``averted`` (baseline minus plan, mean over pairs, with its 95 % interval
    ``averted_low`` and ``averted_high``), resource (staff hours, money), ``spent`` (plan minus baseline),
    ``per_averted`` (spent / averted) with ``low`` and ``high`` (95 %, Fieller), pairs and note.

    No ratio is given unless the interval of what is averted lies above zero: a ratio to what may be nothing
    has no finite interval. Other outcomes, and a wage for staff, are in ``study.economics``. A plan in whose
    world an outcome is not measured has no row for it.
    """
    import pandas as pd

    values = last_values(comparison.runs)
    base = values[comparison.baseline]
    rows: list[dict[str, Any]] = []
    for measure in OUTCOMES:
        names = tuple(name for name in comparison.names if measure in values[name].index.unique("measure"))
        if comparison.baseline not in names:
            continue
        unit = whole(base, "people") if measure == "misinformed" else 1.0
        for plan, found in increments(_of(comparison, names), measure).items():
            about = {"plan": plan, "outcome": OUTCOMES[measure]}
            rows += [{**about, **row} for row in _rows(found._replace(effect=unit * found.effect))]
    order = {name: place for place, name in enumerate([*comparison.names, *OUTCOMES.values()])}
    rows.sort(key=lambda row: (order[row["plan"]], order[row["outcome"]]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _of(comparison: Comparison, names: tuple[str, ...]) -> Comparison:
    """The comparison of some of its plans."""
    return replace(comparison, names=names, runs=comparison.runs[comparison.runs["plan"].isin(names)])


def _rows(found: Increments) -> Iterator[dict[str, Any]]:
    """What is averted, and for each resource what is spent and what one costs."""
    stated = paired_statistics(np.zeros((1, found.effect.size)), found.effect[None])
    averted, low, high = (float(stated[name][0]) for name in ("difference", "low", "high"))
    note = _note(low, high, found.effect.size)
    for resource, spent in (("staff hours", found.hours), ("money", found.money)):
        ratio = (spent.mean() / averted, *fieller(spent, found.effect)) if not note else (np.nan,) * 3
        yield {
            **{"averted": averted, "averted_low": low, "averted_high": high},
            **{"resource": resource, "spent": float(spent.mean())},
            **dict(zip(("per_averted", "low", "high"), map(float, ratio), strict=True)),
            **{"pairs": found.effect.size, "note": note},
        }


def _note(low: float, high: float, pairs: int) -> str:
    """Why there is no ratio; empty where there is one."""
    if pairs < 2:
        return SINGLE
    if high < 0.0:
        return HARM
    return "" if low > 0.0 else NOT_ESTIMABLE
