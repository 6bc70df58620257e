"""What a published trial is, how it is run inside the model, and whether the effects agree."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from infodemic_sim.catalog.reproduction import Size

Kind = Literal["FITTED", "PREDICTED"]
"""Whether defaults were chosen so that this effect comes out, or it follows from others."""

Reading = Literal["inside", "unclear", "outside"]


A_FIFTH = "±20 %"
OURS = frozenset([A_FIFTH, "as good as", "order alone", "sign alone", "none", "closed form, 95 % of runs"])
"""Margins that say that we have set an interval: by a share, an order, a sign, a point, or mathematics."""


class Outcome(NamedTuple):
    """One published effect.

    Parameters
    ----------
    what : outcome and comparison. unit : of the effect.
    value : the effect. low, high : its interval, or the margin within which ours agrees.
    margin : where the interval comes from: published, reckoned from others, or what we allow where none was.
    kind : FITTED or PREDICTED.
    """

    what: str
    unit: str
    value: float
    low: float
    high: float
    margin: str
    kind: Kind

    @property
    def ours(self) -> bool:
        """Whether the interval is ours, because none was published."""
        return self.margin in OURS


class Effect(NamedTuple):
    """Our effect and its standard error between people; 0 where it is exact."""

    value: float
    error: float = 0.0

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - 1.96 * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + 1.96 * self.error


@dataclass(frozen=True)
class Trial:
    """A published trial: its arms, dose and scale, its effects, and how it is run.

    Parameters
    ----------
    name : by which it is asked for. source : key in ``references.bib``.
    title : the question. arms : what was done to whom, published and here.
    scale : how the outcome is told. outcomes : published effects.
    run : our effects, in the same order.
    """

    name: str
    source: str
    title: str
    arms: str
    scale: str
    outcomes: tuple[Outcome, ...]
    run: Callable[[Size], Sequence[Effect]]


class Judged(NamedTuple):
    """A published effect beside ours."""

    outcome: Outcome
    ours: Effect

    @property
    def reading(self) -> Reading:
        """Inside the published interval; unclear where our own interval reaches it; else outside."""
        if self.outcome.low <= self.ours.value <= self.outcome.high:
            return "inside"
        overlaps = self.ours.low <= self.outcome.high and self.ours.high >= self.outcome.low
        return "unclear" if overlaps else "outside"


class Conducted(NamedTuple):
    """A trial that was run."""

    trial: Trial
    rows: tuple[Judged, ...]
    seconds: float

    def count(self, reading: Reading) -> int:
        """How many effects have a reading."""
        return sum(row.reading == reading for row in self.rows)


def conduct(trials: Iterable[Trial], size: Size) -> Iterator[Conducted]:
    """Run trials, one after the other."""
    for trial in trials:
        began = time.perf_counter()
        pairs = zip(trial.outcomes, trial.run(size), strict=True)
        rows = tuple(Judged(outcome, ours) for outcome, ours in pairs)
        yield Conducted(trial, rows, time.perf_counter() - began)


def published(
    what: str, unit: str, value: float, low: float, high: float, kind: Kind, margin: str = "published"
) -> Outcome:
    """An effect with an interval."""
    return Outcome(what, unit, value, low, high, margin, kind)


def within_a_fifth(what: str, unit: str, value: float, kind: Kind) -> Outcome:
    """An effect without an interval: ours agrees within 20 % of it."""
    low, high = sorted((0.8 * value, 1.2 * value))
    return Outcome(what, unit, value, low, high, A_FIFTH, kind)


def difference(treated: np.ndarray, control: np.ndarray, factor: float = 1.0) -> Effect:
    """Difference of the means of two arms, float64[n] each, times a factor."""
    gap = float(treated.mean() - control.mean())
    error = math.sqrt(treated.var(ddof=1) / treated.size + control.var(ddof=1) / control.size)
    return Effect(factor * gap, abs(factor) * error)


def relative(treated: np.ndarray, control: np.ndarray) -> Effect:
    """Difference of the means of two arms as a percentage of the control arm's."""
    a, b = float(treated.mean()), float(control.mean())
    ratio = a / b
    spread = treated.var(ddof=1) / treated.size / a**2 + control.var(ddof=1) / control.size / b**2
    return Effect(100.0 * (ratio - 1.0), 100.0 * abs(ratio) * math.sqrt(spread))


def standardised(treated: np.ndarray, control: np.ndarray) -> Effect:
    """Cohen's d: difference of means over the pooled standard deviation."""
    n, m = treated.size, control.size
    pooled = ((n - 1) * treated.var(ddof=1) + (m - 1) * control.var(ddof=1)) / (n + m - 2)
    d = float((treated.mean() - control.mean()) / math.sqrt(pooled))
    return Effect(d, math.sqrt((n + m) / (n * m) + d * d / (2.0 * (n + m))))


def ratio(counts: np.ndarray) -> Effect:
    """Relative difference of two totals over replicates, with the error of a ratio estimate."""
    treated, control = counts.sum(axis=0)
    if control == 0.0:
        return Effect(math.nan, math.nan)
    share = treated / control
    residuals = counts[:, 0] - share * counts[:, 1]
    error = math.sqrt((residuals**2).sum() * len(counts) / max(1, len(counts) - 1)) / control
    return Effect(100.0 * (share - 1.0), 100.0 * error)
