"""The answer to a question of sensitivity: indices with intervals, and what would turn a conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import ResultFileError
from infodemic_sim.sensitivity import methods
from infodemic_sim.study.shown import shown
from infodemic_sim.sweeps.results import Results

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.sensitivity.question import Sensitivity


@dataclass(frozen=True)
class Answer:
    """What was found.

    Parameters
    ----------
    table : columns outcome ("today", or "label − today": what a plan changes), parameter, index, value, low,
        high (95 %, bootstrap), chance (what a parameter without effect may reach too), rank, at_low and
        at_high (the outcome at either end of the parameter's range, see ``ends``) and turns: whether these
        two have different signs, each told from zero, so that knowing the parameter would change the
        conclusion.
    """

    question: Sensitivity
    results: Results
    table: pd.DataFrame

    def __repr__(self) -> str:
        return f"<Answer: {' '.join(self.sentences())}>"

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
        label, (today, *_) = shown(self.question.outcome).label, self.results.record["plans"]
        told = {outcome: f"What “{outcome.removesuffix(f' − {today}')}” changes" for outcome in self.outcomes}
        told[today] = f"{label} under “{today}”"
        return [_sentence(told[outcome], self.ranking(outcome)) for outcome in self.outcomes]


def answered(question: Sensitivity, results: Results) -> Answer:
    """Look at the runs of a question."""
    import pandas as pd

    shares, rows = question.shares(), []
    for outcome, values in outcomes_of(question, results):
        means = np.nanmean(values, axis=1)
        indices = list(methods.indices(question.method, shares, means, question.seed, question.resamples))
        moves = np.any([np.abs(index.value) > index.chance for index in indices], axis=0)
        extremes = ends(shares, means, moves)
        for index in indices:
            order = np.argsort(np.argsort(-index.value, kind="stable"), kind="stable") + 1
            for k, path in enumerate(question.parameters):
                numbers = {name: float(getattr(index, name)[k]) for name in ("value", "low", "high")}
                rows.append(
                    {
                        "outcome": outcome,
                        "parameter": path,
                        "index": index.name,
                        **numbers,
                        "chance": index.chance,
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
    import pandas as pd

    found = results.values(question.outcome)
    baseline, *others = results.record["plans"]
    cells = pd.MultiIndex.from_product([[baseline, *others], range(question.replicates)])
    wide = found.pivot_table("value", "point", ["plan", "replicate"], dropna=False)
    wide = wide.reindex(columns=cells)  # also what failed everywhere, without values
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


def ends(shares: np.ndarray, outcome: np.ndarray, moves: np.ndarray) -> list[dict[str, Any]]:
    """For each parameter, the outcome at either end of its range, the others in the middle of theirs.

    From a plane through all points (least squares), since a mean over those at one end would mix the
    parameter with whatever else differs among them. An end is told from zero by two standard errors. The
    plane is level along parameters that move nothing, or no more than chance may seem to (``moves``,
    bool[parameters]): what a plane cannot tell of the others would else be laid to them.
    """
    from statsmodels.regression.linear_model import OLS

    points, parameters = shares.shape
    plane = OLS(outcome, np.column_stack([np.ones(points), (shares - 0.5)[:, moves]])).fit()
    found = []
    for k in range(parameters):
        at = np.zeros((2, parameters))
        at[:, k] = -0.5, 0.5
        said = plane.get_prediction(np.column_stack([np.ones(2), at[:, moves]]))
        (low, high), error = said.predicted_mean, said.se_mean
        surely = np.abs(said.predicted_mean) > 2.0 * error
        found.append(
            {"at_low": float(low), "at_high": float(high), "turns": bool(low * high < 0 and surely.all())}
        )
    return found


def _sentence(what: str, ranked: pd.DataFrame) -> str:
    if (ranked["value"] == 0.0).all():
        return f"{what}: nothing in these ranges moves it."
    known = ranked[ranked["value"] > ranked["chance"]]
    known = known[known["low"] > 0.0] if known["low"].notna().any() else known
    names = list(known["parameter"].head(3)) or ["none of them surely"]
    is_effect = " − " in ranked["outcome"].iloc[0]
    return f"{what}: most hangs on {', then '.join(names)}" + (f"; {_turns(ranked)}." if is_effect else ".")


def _turns(ranked: pd.DataFrame) -> str:
    """Which parameters turn the sign of an effect, surely or perhaps."""
    perhaps = ranked[(ranked["at_low"] * ranked["at_high"] < 0.0) & ~ranked["turns"]]
    turning, may = (" or ".join(rows["parameter"]) for rows in (ranked[ranked["turns"]], perhaps))
    if turning:
        return f"knowing {turning} would turn its sign"
    return f"{may} may turn its sign, which these runs leave open" if may else "none of them turns its sign"
