"""The answer to a question of sensitivity: indices with intervals, and what would turn a conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import ResultFileError
from infodemic_sim.sensitivity import methods
from infodemic_sim.sweeps.results import Results

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.sensitivity.question import Sensitivity

QUARTER = 0.25


@dataclass(frozen=True)
class Answer:
    """What was found.

    Parameters
    ----------
    table : columns outcome ("today", or "label − today": what a plan changes), parameter, index, value, low,
        high (95 %, bootstrap), rank, mean_low and mean_high (mean outcome in the lowest and the highest
        quarter of the parameter's range) and turns: whether these two have different signs, each told from
        zero, so that knowing the parameter would change the conclusion.
    """

    question: Sensitivity
    results: Results
    table: pd.DataFrame

    def ranking(self, outcome: str) -> pd.DataFrame:
        """The parameters by the first index of the method, the one on which most hangs first."""
        first = methods.NAMES[self.question.method][0]
        rows = self.table[(self.table["outcome"] == outcome) & (self.table["index"] == first)]
        return rows.sort_values("rank").reset_index(drop=True)

    @property
    def outcomes(self) -> list[str]:
        """The baseline, and what each plan changes."""
        return list(dict.fromkeys(self.table["outcome"]))

    def sentences(self) -> list[str]:
        """What would change the conclusion, a sentence for each outcome."""
        return [_sentence(outcome, self.ranking(outcome)) for outcome in self.outcomes]


def answered(question: Sensitivity, results: Results) -> Answer:
    """Look at the runs of a question."""
    import pandas as pd

    shares, rows = question.shares(), []
    for outcome, values in outcomes_of(question, results):
        means = np.nanmean(values, axis=1)
        extremes = quarters(shares, means)
        for index in methods.indices(question.method, shares, means, question.seed, question.resamples):
            order = np.argsort(np.argsort(-index.value, kind="stable"), kind="stable") + 1
            for k, path in enumerate(question.parameters):
                numbers = {name: float(getattr(index, name)[k]) for name in ("value", "low", "high")}
                rows.append(
                    {
                        "outcome": outcome,
                        "parameter": path,
                        "index": index.name,
                        **numbers,
                        "rank": int(order[k]),
                    }
                    | extremes[k]
                )
    return Answer(question, results, pd.DataFrame(rows))


def outcomes_of(question: Sensitivity, results: Results) -> Iterator[tuple[str, np.ndarray]]:
    """The baseline's outcome and the paired change of each other plan, float64[points, replicates].

    Raises
    ------
    ResultFileError
        If points have none.
    """
    found = results.values(question.outcome)
    wide = found.pivot_table("value", "point", ["plan", "replicate"], dropna=False)
    baseline, *others = results.record["plans"]
    missing = question.points - len(wide) + int(wide.isna().any(axis=1).sum())
    if missing:
        raise ResultFileError(
            f"{results.folder}: {missing} of {question.points} points have no {question.outcome} in some "
            "run: look at failures(), or choose another measure."
        )
    before = wide[baseline].to_numpy(float)
    yield baseline, before
    for plan in others:
        yield f"{plan} − {baseline}", wide[plan].to_numpy(float) - before


def quarters(shares: np.ndarray, outcome: np.ndarray) -> list[dict[str, Any]]:
    """For each parameter, the mean outcome in its lowest and highest quarter, and whether the sign turns."""
    found = []
    for x in shares.T:
        low, high = outcome[x <= np.quantile(x, QUARTER)], outcome[x >= np.quantile(x, 1 - QUARTER)]
        turns = bool(low.mean() * high.mean() < 0 and _told(low) and _told(high))
        found.append({"mean_low": float(low.mean()), "mean_high": float(high.mean()), "turns": turns})
    return found


def _told(values: np.ndarray) -> bool:
    """Whether a mean is told from zero by two standard errors."""
    return (
        bool(abs(values.mean()) > 2.0 * values.std(ddof=1) / np.sqrt(values.size))
        if values.size > 1
        else False
    )


def _sentence(outcome: str, ranked: pd.DataFrame) -> str:
    if (ranked["value"] == 0.0).all():
        return f"{outcome}: nothing in these ranges moves it."
    known = ranked[ranked["low"] > 0.0] if ranked["low"].notna().any() else ranked
    names = list(known["parameter"].head(3)) or ["none of them surely"]
    turning = list(ranked[ranked["turns"]]["parameter"])
    turns = (
        f"knowing {' or '.join(turning)} would turn its sign" if turning else "none of them turns its sign"
    )
    is_effect = " − " in outcome
    return f"{outcome} hangs most on {', then '.join(names)}" + (f"; {turns}." if is_effect else ".")
