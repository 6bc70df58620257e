"""Calibrations that come with the package, by name."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from infodemic_sim.calibration.cascade_sizes import CascadeSizes
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.calibration.trial_effects import TrialEffects
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.graphs.configuration_model import ConfigurationModel
from infodemic_sim.interventions import AccuracyPrompt, WarningLabel
from infodemic_sim.population import Population
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.scenario import Scenario
from infodemic_sim.sweeps.ranges import Range
from infodemic_sim.topics import Posting, Topic

PEOPLE = 2000
FOLLOWERS, SPREAD_OF_FOLLOWERS, SPREAD_OF_FOLLOWED = 8.0, 2.5, 0.5
"""Median and spread of the log-normal number of followers, spread of the number followed (ASSUMED): audiences
differ far more than what people read, and some have more than the 100 that the source counts at most."""
MOST = 0.25
"""Share of all people beyond whom nobody has followers."""
ACCURATE = 0.55
"""Posts on real news among all of the source [Shu2020]; here, people who lean to the accurate position."""
EACH = 1.0
"""Posts a day of everybody, so that five days have enough of both sides to see large cascades."""


def cascades(seed: int) -> Calibration:
    """How far fake and real news is passed on, against the sizes of 250,000 cascades [Shu2020]."""
    posting = Posting(**dict.fromkeys(("public", "patient", "caregiver", "provider", "peer_supporter"), EACH))
    return Calibration(
        scenario=Scenario(
            population=Population(graph=audiences(PEOPLE), subgroups=()),
            topics=(Topic(name="news", posting=posting, accurate_share=ACCURATE),),
            days=5.0,
            warm_up=2.0,
            record="end",
        ),
        parameters={
            "population.sharing": Range(low=0.015, high=0.06, scale="log"),
            "topics.news.appeal_spread_false": Range(low=0.6, high=1.5),
            "topics.news.appeal_spread_accurate": Range(low=0.6, high=1.5),
            "topics.news.appeal_of_false": Range(low=0.6, high=1.6, scale="log"),
            "platforms.network.ranking.popularity_weight": Range(low=0.0, high=0.6),
        },
        evidence=CascadeSizes(),
        method="emulator",  # the chance of one run exceeds the errors of 250,000 posts
        particles=240,
        generations=3,
        seed=seed,
    )


def trials(seed: int) -> Calibration:
    """What people believe and share after misinformation, prompts, labels and corrections, jointly."""
    return Calibration(
        scenario=Scenario(
            population=Population(graph=ScaleFree(people=100, mean_degree=4.0, seed=1)),
            interventions=(AccuracyPrompt(), WarningLabel()),
        ),
        parameters={
            "spread.persuasion_claim": "declared",
            "spread.persuasion_correction": "declared",
            "interventions.accuracy_prompt.effect": "declared",
            "interventions.warning_label.effect": "declared",
            "interventions.warning_label.sharing_effect": Range(low=0.0, high=0.5),
            "interventions.warning_label.floor": Range(low=0.0, high=0.8),
        },
        evidence=TrialEffects(),
        particles=40,
        generations=5,
        seed=seed,
    )


BUNDLED: dict[str, Callable[[int], Calibration]] = {"cascades": cascades, "trials": trials}


def audiences(people: int) -> ConfigurationModel:
    """Followers and numbers followed as log-normal laws have them, joined at random; 2,000 people or more.

    Person k of each list has the (k + ½)/n quantile of its law; the two lists are shuffled apart.
    """
    followers = np.minimum(_log_normal(people, FOLLOWERS, SPREAD_OF_FOLLOWERS), round(MOST * people))
    followed = _log_normal(people, followers.mean(), SPREAD_OF_FOLLOWED)
    followed = _summing_to(followed, int(followers.sum()))
    return ConfigurationModel(degrees=_shuffled(followed, 0), followers=_shuffled(followers, 1), seed=1)


def _log_normal(people: int, median: float, spread: float) -> np.ndarray:
    """Whole numbers from 1 at the quantiles of a log-normal law, int64[people]."""
    places = [NormalDist().inv_cdf((k + 0.5) / people) for k in range(people)]
    return np.maximum(1, np.rint(median * np.exp(spread * np.array(places)))).astype(np.int64)


def _summing_to(counts: np.ndarray, total: int) -> np.ndarray:
    """Counts in the same proportions, from 1, with this sum."""
    ends = np.cumsum(counts - 1) * (total - counts.size) // int((counts - 1).sum())
    return 1 + np.diff(ends, prepend=0)


def _shuffled(counts: np.ndarray, which: int) -> tuple[int, ...]:
    luck = Draws(1, 0).uniform(Purpose.RESAMPLE, np.arange(counts.size), which)
    return tuple(counts[np.argsort(luck, kind="stable")].tolist())
