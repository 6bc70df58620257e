"""What social media does in health care: each theme moves its measure when on, and nothing when off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.codebook import BY_NAME
from infodemic_sim.study.themes import THEMES, themes_table
from tests.study.tiny import PEOPLE, TALK

PEOPLE_AND_PATIENTS = PEOPLE.but(patients=0.3, caregivers=0.1)
TODAY = ids.Scenario(
    population=PEOPLE_AND_PATIENTS, topics=[TALK], days=3.0, warm_up=1.0, record="end", cascades="none"
)
CORRECTION = ids.ProviderCorrection(published=1.0)
FEED, OTHER = ids.Platform(name="feed"), ids.Platform(name="other")
SILENT = ids.Experiences(patients=0.0, caregivers=0.0, providers=0.0)
TALKATIVE = ids.Experiences(patients=2.0, caregivers=2.0, reply=0.5, effect=0.3, comfort=0.1)
DISCREET = ids.Privacy(correction=0.0, experience=0.0, feedback=0.0)
SERVICE = ids.Service(encounters_per_day=1.0, feedback=0.5)
UNDECIDED = ids.Behaviour(decisions=0.0)

Changes = dict[str, Any]
SWITCHES: dict[str, tuple[Changes, Changes, Changes]] = {
    # theme: without its mechanism, with it but neutral, switched on
    "patient education": (
        {},
        {"interventions": [ids.EducationCampaign(per_day=0.0)]},
        {"interventions": [ids.EducationCampaign(per_day=4.0)]},
    ),
    "several platforms": (
        {"platforms": [FEED]},
        {"platforms": [FEED, OTHER.but(membership=0.0)]},
        {"platforms": [FEED, OTHER]},
    ),
    "shared experience and peer support": (
        {},
        {"experiences": SILENT, "wellbeing": ids.Wellbeing()},
        {"experiences": TALKATIVE, "wellbeing": ids.Wellbeing(half_life=1.0)},
    ),
    "patient feedback improves services": (
        {"service": SERVICE},
        {"service": SERVICE, "interventions": [ids.ServiceImprovement(recall=0.0)]},
        {"service": SERVICE, "interventions": [ids.ServiceImprovement(recall=1.0, delay=0.0)]},
    ),
    "privacy": (
        {"interventions": [CORRECTION]},
        {"interventions": [CORRECTION], "privacy": DISCREET},
        {"interventions": [CORRECTION], "privacy": DISCREET.but(correction=0.5, trust_lost=0.2)},
    ),
    "misinformation, hard to discern": (
        {},
        {"interventions": [ids.Inoculation(effect=0.0)]},
        {"interventions": [ids.Inoculation(uptake=1.0)]},
    ),
    "providers correct actively": (
        {},
        {"interventions": [CORRECTION.but(capacity=ids.Capacity(total=0))]},
        {"interventions": [CORRECTION]},
    ),
    "better outcomes": (
        {},
        {"behaviour": UNDECIDED},
        {"behaviour": ids.Behaviour(decisions=0.5)},
    ),
}
LEADING = {"misinformation, hard to discern": "discernment", "patient education": "credence"}
"""Where three days among 200 people do not move the first measure."""


def test_every_theme_is_switched():
    assert list(SWITCHES) == [theme.name for theme in THEMES]
    assert all(measure in BY_NAME for theme in THEMES for measure in theme.measures)


def rows(scenario: ids.Scenario) -> pd.Series:
    table = ids.simulate(scenario, seed=1).table
    plain = table[~table["subgroup"].astype(str).str.startswith("intervention=")]
    return plain.set_index(["day", "platform", "topic", "subgroup", "measure"])["value"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_it_moves_its_measure_when_on_and_nothing_when_off(theme):
    without, neutral, on = (rows(TODAY.but(**changes)) for changes in SWITCHES[theme.name])
    shared = without.index.intersection(neutral.index)
    assert len(shared) == len(without)
    np.testing.assert_array_equal(neutral[shared].to_numpy(), without[shared].to_numpy())
    leading = LEADING.get(theme.name, theme.measures[0])
    place = (3.0, "all", "all", "all", leading)
    assert on[place] != neutral[place]


def test_one_comparison_shows_a_row_for_every_theme():
    everything: Changes = {
        "platforms": [FEED, OTHER],
        "experiences": TALKATIVE,
        "wellbeing": ids.Wellbeing(),
        "service": SERVICE,
        "privacy": ids.Privacy(),
        "behaviour": ids.Behaviour(decisions=0.5),
        "epidemic": ids.Epidemic(),
    }
    today = TODAY.but(**everything, interventions=[CORRECTION.but(uptake=0.5)])
    plan = today.but(interventions=[CORRECTION, ids.ServiceImprovement(), ids.PeerSupport()])
    comparison = ids.compare({"today": today, "plan": plan}, replicates=2, seed=1)
    table = comparison.themes()
    assert list(dict.fromkeys(table["theme"])) == [theme.name for theme in THEMES]
    assert set(table["plan"]) == {"plan"}
    assert set(table.loc[table["theme"] == "several platforms", "platform"]) == {"all", "feed", "other"}
    for theme in THEMES:
        assert set(table.loc[table["theme"] == theme.name, "measure"]) == set(theme.measures)
    told = table[np.isfinite(table["low"])]
    assert ((told["low"] <= told["difference"]) & (told["difference"] <= told["high"])).all()


def test_a_theme_that_was_not_simulated_says_what_it_takes():
    comparison = ids.compare({"today": TODAY, "plan": TODAY.but(interventions=[CORRECTION])}, replicates=2,
                             seed=1)  # fmt: skip
    table = themes_table(comparison).set_index("theme")
    assert table.loc["better outcomes", "note"] == "not simulated: give the scenario behaviour and epidemic"
    assert table.loc["privacy", "note"] == "not simulated: give the scenario privacy"
