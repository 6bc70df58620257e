"""Rankings: which posts are pulled to the top of a feed.

The score of a post q of message m, age a, by author j, for reader i is
recency(a) · popularity(shares_m) · appeal_m^p · (1 + w_tie w_ij) · exp(w_hom y_m tanh b_ik) · exp(w_acc y'_m)
· visibility_m · reach_j, where y' is the side of m as the platform judges it; the reader sees posts drawn
without replacement in proportion to score^sharpness.
A ranking of your own overrides ``recency`` or ``popularity``; both are tabulated before the run.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.kernels.layout import FIRST_OCTAVE, PER_OCTAVE
from infodemic_sim.params import ASSUMED, Part, param
from infodemic_sim.plugins import Plugin

MOST_SHARES = 1 << 14
LEAST_OCTAVES = 24


class Ranking(Plugin, Part):
    """Base of all rankings: recency alone, drawn in proportion."""

    half_life: float = param(
        8.0, gt=0, unit="h", doc="Age at which a post's pull has halved.", source=ASSUMED
    )
    popularity_weight: float = param(0.0, ge=0, doc="How much reshares add to pull, per log unit.")
    appeal_power: float = param(0.0, ge=0, doc="Power of a message's appeal in its pull.")
    tie_weight: float = param(0.0, ge=0, doc="How much a tie's weight adds to pull.")
    homophily: float = param(0.0, ge=0, doc="How much the feed favours what the reader believes.")
    accuracy_weight: float = param(0.0, ge=0, le=20, doc="How much the feed favours what is judged accurate.")
    judged_rightly: float = param(
        0.8, ge=0, le=1, unit="share", doc="Claims whose side the platform judges rightly.", source=ASSUMED
    )
    sharpness: float | None = param(
        1.0, gt=0, doc="1 draws in proportion to score; none shows strictly the top."
    )

    def recency(self, age: float) -> float:
        """Pull of a post by its age in hours."""
        return float(2.0 ** (-age / self.half_life))

    def popularity(self, shares: int) -> float:
        """Pull of a message by how often it was reshared; counted up to 16,383 reshares."""
        return 1.0 + self.popularity_weight * math.log1p(shares)


class Engagement(Ranking):
    """Recent posts first, those with many reshares before others: the default of large platforms."""

    popularity_weight: float = param(0.5, ge=0, doc="How much reshares add to pull, per log unit.")


class Interest(Ranking):
    """Engagement, and the feed favours what agrees with the reader and comes over strong ties."""

    popularity_weight: float = param(0.5, ge=0, doc="How much reshares add to pull, per log unit.")
    tie_weight: float = param(1.0, ge=0, doc="How much a tie's weight adds to pull.")
    homophily: float = param(0.5, ge=0, doc="How much the feed favours what the reader believes.")


class AccuracyWeighted(Ranking):
    """Engagement, and claims that the platform judges accurate before those it judges false."""

    popularity_weight: float = param(0.5, ge=0, doc="How much reshares add to pull, per log unit.")
    accuracy_weight: float = param(1.0, ge=0, le=20, doc="How much the feed favours what is judged accurate.")


class Chronological(Ranking):
    """The newest post first, nothing else counts."""

    sharpness: float | None = param(
        None, gt=0, doc="1 draws in proportion to score; none shows strictly the top."
    )


class SimSoMRanking(Ranking):
    """Appeal times reshares times recency exp(-0.4 age^0.4), as in SimSoM."""

    entry_name: ClassVar[str] = "simsom"

    appeal_power: float = param(
        1.0, ge=0, doc="Power of a message's appeal in its pull.", source="Truong2024"
    )
    unit_of_age: float = param(1.0, gt=0, unit="h", doc="What one unit of age is.", source="WuHuberman2007")

    def recency(self, age: float) -> float:
        """exp(-0.4 a^0.4) with a in units of age; it halves at 3.95 units."""
        return math.exp(-0.4 * (age / self.unit_of_age) ** 0.4)

    def popularity(self, shares: int) -> float:
        """Reshares counted with the first post."""
        return float(1 + shares)


BUILT_IN = (Ranking, Engagement, Interest, AccuracyWeighted, Chronological, SimSoMRanking)


def power(ranking: Ranking) -> float:
    """The exponent that kernels apply: strict rankings sort by the score itself."""
    return 1.0 if ranking.sharpness is None else ranking.sharpness


@lru_cache(maxsize=32)
def recency_table(ranking: Ranking, horizon_hours: float, step_hours: float) -> np.ndarray:
    """recency(age)^sharpness by age in steps, up to the horizon: float64[steps + 1]."""
    steps = round(horizon_hours / step_hours)
    ages = (k * step_hours for k in range(steps + 1))
    return np.array([ranking.recency(age) ** power(ranking) for age in ages])


@lru_cache(maxsize=32)
def popularity_table(ranking: Ranking) -> np.ndarray:
    """popularity(shares) for 0 … 16,383 reshares: float64[16384]."""
    return np.array([ranking.popularity(shares) for shares in range(MOST_SHARES)])


@lru_cache(maxsize=32)
def chatter_law(ranking: Ranking, horizon_hours: float) -> np.ndarray:
    """Share of background posts ahead of a race time, on the grid 2^(k/16 - 24).

    A background post has a uniform age within the horizon and a score of its recency alone; its race
    time is exponential with that rate, so the share is the mean over ages of 1 - exp(-score^p t);
    where ranking is strict it is the share of ages whose score exceeds 1/t. The grid goes on until all
    have arrived.
    """
    ages = (np.arange(512) + 0.5) * horizon_hours / 512
    scores = np.array([ranking.recency(age) ** power(ranking) for age in ages])
    times = race_times(float(scores.min()))
    if ranking.sharpness is None:
        return np.array([float(np.mean(scores * time > 1.0)) for time in times])
    return np.array([float(np.mean(-kernels.elementary.expm1(-scores * time))) for time in times])


def race_times(least_score: float) -> np.ndarray:
    """The grid of race times 2^(k/16 - 24), up to 64 times the mean time of the least score."""
    octaves = max(LEAST_OCTAVES, math.ceil(-math.log2(max(least_score, 1e-300))) + 6) - FIRST_OCTAVE
    return np.asarray(
        kernels.elementary.exp2(np.arange(octaves * PER_OCTAVE + 1) / PER_OCTAVE + FIRST_OCTAVE)
    )


@lru_cache(maxsize=32)
def chatter_times(ranking: Ranking, horizon_hours: float) -> np.ndarray:
    """Race times by which at least k/1024 of the background posts have arrived: float64[1025]."""
    law = chatter_law(ranking, horizon_hours)
    places = np.searchsorted(law, np.arange(1025) / 1024)
    exponents = np.where(places < law.size, places / PER_OCTAVE + FIRST_OCTAVE, np.inf)
    return np.asarray(kernels.elementary.exp2(exponents))
