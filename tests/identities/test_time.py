"""The length of a step is a matter of accuracy only, and day 0 begins in a steady state."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from tests.identities.small import graph, scenario, table, topic

REPLICATES = 30
OUTCOMES = (
    "misinformed",
    "credence",
    "polarisation",
    "discernment",
    "exposures_false",
    "exposures_accurate",
    "false_share",
    "reach_false",
    "reshares_false",
    "reshares_accurate",
    "posts_false",
    "intention",
    "uptake",
    "adverse_choices",
    "protection",
    "infected",
)


def plain(**changes) -> ids.Scenario:
    """One topic on one platform, at rates near the defaults; nobody whose luck alone decides a run."""
    about = topic(posting=ids.Posting(public=0.1, patient=0.15), accurate_share=0.86)
    world = {"topics": [about], "platforms": [ids.Platform()], "days": 7.0, "cascades": "none"}
    people = {"sharing": 0.02, "super_spreaders": 0.0}
    return scenario(graph(200, mean_degree=12.0), people=people, **{**world, **changes})


def outcomes(hours: float, replicate: int) -> list[float]:
    end = table(plain(hours_per_step=hours, warm_up=3.0), seed=21, replicate=replicate)
    everybody = end[(end.subgroup == "all") & (end.day == end.day.max())].set_index("measure").value
    return [everybody[name] for name in OUTCOMES]


def test_half_the_step_gives_the_same_week():
    """No mean differs by more than 3 standard errors; people are the same, so differences are paired."""
    whole, half = (np.array([outcomes(hours, r) for r in range(REPLICATES)]) for hours in (1.0, 0.5))
    difference = half - whole
    error = difference.std(axis=0, ddof=1) / np.sqrt(REPLICATES)
    far = {
        name: round(z, 2)
        for name, z in zip(OUTCOMES, difference.mean(axis=0) / error, strict=True)
        if abs(z) > 3.0
    }
    assert far == {}


def drift(warm_up: float) -> float:
    """Change of exposures a day between the first two days and the days after, in standard errors."""
    change = []
    for replicate in range(REPLICATES):
        found = table(plain(warm_up=warm_up), seed=31, replicate=replicate)
        rows = found[
            found.measure.isin(["exposures_false", "exposures_accurate"]) & (found.subgroup == "all")
        ]
        a_day = np.diff(rows.groupby("day").value.sum().to_numpy())
        change.append(a_day[2:].mean() - a_day[:2].mean())
    return float(np.mean(change) / (np.std(change, ddof=1) / np.sqrt(REPLICATES)))


@pytest.mark.parametrize(("warm_up", "steady"), [(7.0, True), (0.0, False)])
def test_exposures_do_not_drift_after_the_warm_up(warm_up, steady):
    """And without one they do, so the test can tell."""
    assert (abs(drift(warm_up)) < 3.0) == steady
