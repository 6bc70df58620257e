"""What the interventions are for: in paired runs on a small network, each moves its outcome the right way."""

from __future__ import annotations

from math import comb

import pytest

import infodemic_sim as ids
from tests.interventions.lively import PEOPLE, TALK

REPLICATES = 8
TODAY = ids.Scenario(
    population=PEOPLE.but(sharing=0.1, isolation=0.5, trust_providers=0.7, fact_checkers=0.05, bots=0.02),
    topics=[TALK],
    days=3.0,
    warm_up=0.5,
    record="end",
    cascades="none",
)
REPLIES = ids.ProviderCorrection(who=ids.Share(share=0.3), capacity=ids.Capacity())


@pytest.fixture(scope="module")
def baseline() -> list[ids.Result]:
    return [ids.simulate(TODAY, seed=9, replicate=replicate) for replicate in range(REPLICATES)]


@pytest.mark.parametrize(
    ("part", "measure", "direction"),
    [
        (REPLIES, "misinformed", -1),
        (REPLIES, "credence", 1),
        (ids.AccuracyPrompt(effect=1.0), "reshares_false", -1),
        (ids.WarningLabel(effect=6.0, recall=1.0, delay=0.0), "reshares_false", -1),
        (ids.Inoculation(uptake=1.0), "discernment", 1),
        (ids.Inoculation(uptake=1.0), "reshares_false", -1),
        (ids.PeerSupport(), "isolation", -1),
        (ids.BotRemoval(recall=0.99), "exposures_false", -1),
        (ids.CircuitBreaker(reshares=3, delay=2.0), "exposures_false", -1),
        (ids.Counselling(who=ids.Everyone(), per_day=0.5), "credence", 1),
        (ids.CrowdNotes(who=ids.Everyone(), ratings=2, delay=0.0), "reshares_false", -1),
        (ids.Debunking(reshares=1, delay=0.2, visibility=10.0, capacity=ids.Capacity()), "credence", 1),
        (ids.DownRanking(recall=1.0, delay=0.0), "exposures_false", -1),
        (ids.EducationCampaign(per_day=3.0, visibility=5.0), "credence", 1),
        (ids.Friction(effect=0.5), "reshares_false", -1),
        (ids.LateralReading(uptake=1.0, effect=1.0), "discernment", 1),
        (ids.MediaLiteracyTips(uptake=1.0), "discernment", 1),
        (ids.PeerCorrection(uptake=0.5), "credence", 1),
        (ids.RankingChange(ranking=ids.AccuracyWeighted(accuracy_weight=3.0)), "exposures_false", -1),
        (ids.RapidResponse(reshares=1, delay=0.1, capacity=ids.Capacity()), "credence", 1),
        (ids.Removal(recall=1.0, delay=0.0), "exposures_false", -1),
        (ids.Seeding(who=ids.Share(share=0.3), per_day=2.0), "credence", 1),
        (ids.SocialListening(per_day=3.0, delay=0.1), "credence", 1),
        (ids.SocialNorms(effect=0.8, restraint=0.2), "reshares_false", -1),
        (
            ids.SourceCredibilityLabel(effect=5.0, recall=1.0, delay=0.0, record=1),
            "reshares_false",
            -1,
        ),
        (ids.Suspension(recall=1.0, delay=0.0, strikes=1), "exposures_false", -1),
    ],
    ids=lambda value: value.key if isinstance(value, ids.Intervention) else str(value),
)
def test_direction(part, measure, direction, baseline):
    """The sign test: were both directions equally likely, so many would agree once in 28 times."""
    plan = TODAY.but(interventions=[part])
    agreeing = 0
    for replicate, today in enumerate(baseline):
        after = ids.simulate(plan, seed=9, replicate=replicate)
        agreeing += direction * (after.final(measure) - today.final(measure)) > 0.0
    chance = sum(comb(REPLICATES, k) for k in range(agreeing, REPLICATES + 1)) / 2**REPLICATES
    assert chance < 1 / 28, f"{agreeing} of {REPLICATES}"


@pytest.mark.parametrize("part", [ids.AccuracyPrompt(effect=1.0), ids.PeerSupport(published=0.0)])
def test_what_an_intervention_does_not_reach_stays(part, baseline):
    """A prompt supports nobody, support without accounts publishes nothing."""
    after = ids.simulate(TODAY.but(interventions=[part]), seed=9)
    same = "isolation" if isinstance(part, ids.AccuracyPrompt) else "posts_intervention"
    assert after.final(same) == baseline[0].final(same)
