"""What is known of parameters after a calibration, and whether the model then agrees with the evidence."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import chdtri

from infodemic_sim.calibration.evidence import Observed
from infodemic_sim.parameter_paths import changed
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.paired import p_value
from infodemic_sim.sweeps.design import Point

DOUBT = 0.001
"""Chance of calling an emulator mistaken that is exact; that of any number, all together. Also the chance of
points as far from the evidence as those that are told to be out of its reach."""

WIDER = 1.1
"""Times that errors of the evidence may seem larger for the distance of points, untold."""


class Posterior(NamedTuple):
    """Weighted points in the space of parameters, and what runs at them give.

    Parameters
    ----------
    question : what was asked, as plain data, with the version of the model.
    observed : the evidence.
    points : a row for each point: its parameters by path, weight, misfit (squared standard errors), numbers.
    before : the same, from before the evidence.
    progress : a row for each generation: threshold, runs, effective points.
    predictions : numbers of new runs at points drawn from what is known, a row for each run.
    """

    question: dict[str, Any]
    observed: Observed
    points: pd.DataFrame
    before: pd.DataFrame
    progress: pd.DataFrame
    predictions: pd.DataFrame

    def __repr__(self) -> str:
        return f"<Posterior of {', '.join(self.paths)}: {len(self.points):,} points>"

    @property
    def paths(self) -> list[str]:
        """The parameters."""
        return list(self.question["parameters"])

    @property
    def seed(self) -> int:
        """The seed that it was made with."""
        return int(self.question["seed"])

    @property
    def effective(self) -> float:
        """Equally weighted points worth as much as those there are."""
        return float(1.0 / (self.points["weight"] ** 2).sum())

    @property
    def unfinished(self) -> str:
        """Why what is known is wider than the evidence allows, or nothing."""
        last = self.progress.iloc[-1]
        if self.question["method"] == "likelihood" and last["threshold"] > 1.0:
            return (
                f"Stopped at temperature {last['threshold']:.3g}: errors of the evidence count as if "
                f"they were {last['threshold'] ** 0.5:.2g} times as large."
            )
        if self.question["method"] == "distance":
            return self._distant(float(last["threshold"]))
        nearest = float(self.points["misfit"].min())
        if self.question["method"] == "emulator" and nearest > chdtri(self.observed.fitted.sum(), DOUBT):
            return f"No point comes nearer to the evidence than {nearest**0.5:.3g} of its standard errors."
        if self.question["method"] == "emulator" and (names := ", ".join(self.mistaken)):
            return (
                f"New runs differ from what the emulator says of {names}: give more particles or generations."
            )
        return ""

    def _distant(self, threshold: float) -> str:
        """What the distance adds to errors: a ball's variance in each of k directions, radius²/(k + 2)."""
        wider = (1.0 + threshold**2 / (float(self.observed.fitted.sum()) + 2.0)) ** 0.5
        early = len(self.progress) < self.question["generations"]
        if not early and wider < WIDER:
            return ""
        return (
            f"Stopped at a distance of {threshold:.3g}{', as too few runs came closer' * early}: errors of "
            f"the evidence count as if they were {wider:.2g} times as large."
        )

    @property
    def mistaken(self) -> list[str]:
        """Numbers that new runs give otherwise than points say, by more than chance and a tenth of error.

        Or that most of them do not give at all.
        """
        names, weights = list(self.observed.names), self.points["weight"].to_numpy()
        said = weights @ self.points[names].to_numpy(float)
        runs = self._new_runs()
        chance = p_value(runs["mean"] - said, runs["error"], runs["number"])
        wrong = (chance < DOUBT / len(names)) & (np.abs(runs["mean"] - said) > self.observed.errors / 10.0)
        wrong |= np.isfinite(said) & (runs["number"] < max(2.0, 0.5 * len(self.predictions)))
        return [name for name, is_so in zip(names, wrong, strict=True) if is_so]

    def _new_runs(self) -> dict[str, np.ndarray]:
        """Of each number: how many new runs gave it, their mean, and its standard error, float64[k]."""
        runs = self.predictions[list(self.observed.names)].astype(float)
        number = runs.count().to_numpy(float)
        error = runs.std().to_numpy() / np.sqrt(np.maximum(number, 1.0))
        return {"number": number, "mean": runs.mean().to_numpy(), "error": error}

    def draws(self, number: int, seed: int) -> pd.DataFrame:
        """Points of equal weight, one column for each path: what a design or a comparison can use.

        Systematic resampling: a point of weight w is there number × w times, rounded up or down by chance.
        """
        luck = Draws(seed, 0)
        start = float(luck.uniform(Purpose.RESAMPLE, np.zeros(1))[0])
        ends = np.cumsum(self.points["weight"].to_numpy())
        chosen = np.searchsorted(ends / ends[-1], (start + np.arange(number)) / number)
        mixed = chosen[np.argsort(luck.uniform(Purpose.RESAMPLE, np.arange(number), 1), kind="stable")]
        return self.points[self.paths].iloc[mixed].reset_index(drop=True)

    def drawn(self, number: int, seed: int) -> list[Point]:
        """The same as values by path."""
        rows = self.draws(number, seed).to_dict("records")
        return [{str(path): value for path, value in row.items()} for row in rows]

    def scenarios(self, scenario: Scenario, number: int, seed: int) -> list[Scenario]:
        """A scenario at points drawn, so that comparisons carry what is not known."""
        return [changed(scenario, point) for point in self.drawn(number, seed)]

    def summary(self) -> pd.DataFrame:
        """Each parameter: mean, standard deviation, quantiles, and how much narrower than before."""
        weights = self.points["weight"].to_numpy()
        rows = []
        for path in self.paths:
            values = self.points[path].to_numpy(float)
            mean = float(weights @ values)
            deviation = float(np.sqrt(weights @ (values - mean) ** 2))
            low, middle, high = quantiles(values, weights, (0.05, 0.5, 0.95))
            narrowed = deviation / float(self.before[path].std())
            rows.append((path, mean, deviation, low, middle, high, narrowed))
        names = ["parameter", "mean", "deviation", "q05", "median", "q95", "width_left"]
        return pd.DataFrame(rows, columns=names)

    def check(self) -> pd.DataFrame:
        """Each number: observed with its 95 % interval, and what new runs give on average and mostly.

        ``error`` is the standard error of our mean, ``inside`` whether that mean lies in the observed
        interval, ``runs_inside`` the share of single runs that do.
        """
        runs = self.predictions.to_numpy(float)
        low, high = self.predictions.quantile([0.025, 0.975]).to_numpy()
        new, seen = self._new_runs(), self.observed
        mean = new["mean"]
        return pd.DataFrame(
            {
                "number": seen.names,
                "used": np.where(seen.fitted, "FITTED", "PREDICTED"),
                "observed": seen.values,
                "observed_low": seen.low,
                "observed_high": seen.high,
                "ours": mean,
                "error": new["error"],
                "ours_low": low,
                "ours_high": high,
                "inside": (seen.low <= mean) & (mean <= seen.high),
                "runs_inside": ((seen.low <= runs) & (runs <= seen.high)).mean(axis=0),
            }
        )


def quantiles(values: np.ndarray, weights: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """Quantiles of weighted values: the least value with at least that share of the weight up to it."""
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weights[order])
    places = np.searchsorted(ends / ends[-1], shares)
    return np.asarray(values[order][np.minimum(places, values.size - 1)])
