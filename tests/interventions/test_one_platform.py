"""An intervention on one platform does nothing to what happens on another, but by way of people."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.interventions import BUILT_IN, Intervention
from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.observe import INTERVENTION
from infodemic_sim.simulation import Run
from infodemic_sim.testing.small_runs import differing
from tests.identities.small import built_in, measures, scenario

OF_PEOPLE = {
    *("Counselling", "ServiceImprovement"),  # happen outside platforms
    *("Inoculation", "LateralReading", "MediaLiteracyTips", "SocialNorms", "PrivacyGuidance"),  # are learnt
    "PrivacyReview",  # is for all that staff publish
}
"""What has no platform, for it goes with people wherever they read and write."""
NAMES = [part.__name__ for part in BUILT_IN if part.__name__ not in OF_PEOPLE]
BUSY = {
    "BotRemoval": {"who": ids.Everyone()},
    "PeerSupport": {"reaches": "ties"},
    "Debunking": {"capacity": ids.Capacity(), "recall": 1.0, "delay": 0.0},
}
"""Settings with which they do something on both platforms within two days."""
FACTORS = ("sharing", "posting", "sessions", "accuracy_weight", "reach")
HERE, THERE = 1, 0
"""Platform b, and platform a."""


def touched(run: Run, platform: int) -> set[str]:
    """What an intervention has done on a platform."""
    world = run.world
    rows = world.state.messages.slots
    rows = rows[(rows["live"] != 0) & (rows["platform"] == platform)]
    own = [getattr(world.levers, name) for name in FACTORS]
    done = {
        "labels": (rows["labels"] != 0).any(),
        "hiding": (rows["visibility"] != 1.0).any() or (rows["held"] != 0).any(),
        "corrections": (rows["correction"] >= 0).any(),
        "posts": world.state.counts["posts"][platform, :, :, INTERVENTION].any(),
        "ranking": platform in world.rankings,
        "forwarding": world.forwarding.most[platform] != world.forwarding._own()[0][platform],
        "take_down": platform == HERE and world.state.counts["taken_down"].any(),
        **{
            f"lever {name}": bool((lever.value_on(platform) != lever.baseline).any())
            for name, lever in zip(FACTORS, own, strict=True)
        },
    }
    return {name for name, was in done.items() if was}


def test_what_has_no_platform_is_named_here():
    without = {part.__name__ for part in BUILT_IN if "platform" not in part.model_fields}
    assert without == OF_PEOPLE


@pytest.mark.parametrize("name", NAMES)
def test_on_the_other_platform_nothing_is_touched(name):
    part = built_in(name, platform="b", **BUSY.get(name, {}))
    here: set[str] = set()
    run = Run(scenario(interventions=[part], days=2.0, privacy=None, service=None), seed=1)
    for _ in range(72):
        run.step()
        here |= touched(run, HERE)
        assert not touched(run, THERE)
    run.close()
    assert here


@pytest.mark.parametrize("name", NAMES)
def test_all_platforms_are_the_default_where_it_says_so(name):
    """None is all platforms, or the first, as each says of itself."""
    part = built_in(name, platform=None, **BUSY.get(name, {}))
    said = str(type(part).model_fields["platform"].description)
    here: set[str] = set()
    there: set[str] = set()
    run = Run(scenario(interventions=[part], days=2.0, privacy=None, service=None), seed=1)
    for _ in range(72):
        run.step()
        here |= touched(run, HERE)
        there |= touched(run, THERE)
    run.close()
    if name in {"ForwardingLimit", "GroupModeration"}:  # only b has chats and groups
        assert here
    elif "none: the first" in said:
        assert there
        assert not here
    else:
        assert there
        assert here


@pytest.mark.parametrize("name", NAMES)
def test_the_only_platform_may_be_named_or_not(name):
    both = scenario().platforms
    alone = scenario(days=1.0, platforms=(both[HERE],))
    one, other = (
        measures(alone.but(interventions=[built_in(name, platform=platform)]))[0] for platform in (None, "b")
    )
    assert not differing(one, other)


def test_reminders_reach_only_those_who_are_there():
    part = ids.AccuracyPrompt(platform="b", effect=0.5)
    run = Run(scenario(interventions=[part], warm_up=0.0), seed=1)
    run.step()
    on, lever = run.world.on_platform(HERE), run.world.levers.accuracy_weight
    assert (run.world.state.memories[part.key]["reached"] == on).all()
    assert 0 < on.sum() < run.world.n
    assert lever.value_on(HERE) == pytest.approx(np.where(on, 0.5, 1.0) * lever.baseline)
    assert (lever.value_on(THERE) == lever.baseline).all()
    run.close()


def test_factors_here_and_everywhere_multiply():
    plan = [ids.Friction(platform="b", effect=0.5), ids.Friction(name="all", effect=0.2)]
    run = Run(scenario(interventions=plan, warm_up=0.0, turnover=None), seed=1)
    run.step()
    on, sharing = run.world.on_platform(HERE), run.world.levers.sharing
    assert sharing.value_on(THERE) == pytest.approx(0.8 * sharing.baseline)
    assert sharing.value_on(HERE) == pytest.approx(np.where(on, 0.4, 0.8) * sharing.baseline)
    run.close()


@pytest.mark.parametrize("kind", [ids.AccuracyPrompt, ids.Friction])
def test_who_is_away_when_it_begins_is_reached_on_coming_back(kind):
    """Platform a is everybody's, so that naming it makes no difference to who takes part there."""
    found = {}
    for platform in (None, "a"):
        part = kind(platform=platform, name="part")
        run = Run(scenario(interventions=[part], warm_up=0.0), seed=1)
        away = ~run.world.state.present
        run.to_end()
        found[platform] = run.world.state.memories["part"]["concerned"]
        run.close()
    assert (found["a"] == found[None]).all()
    assert (found["a"] & away).any()


@pytest.mark.parametrize("kind", [ids.EducationCampaign, ids.Seeding, ids.SocialListening])
def test_only_those_with_an_account_publish_there(kind):
    part = kind(who=ids.Everyone(), platform="b", per_day=5.0, delay=0.0)
    run = Run(scenario(interventions=[part], warm_up=0.0, turnover=None), seed=1)
    run.to_end()
    on, posts = run.world.has_account(HERE), run.world.logged("messages")
    authors = posts["author"][(posts["origin"] == INTERVENTION) & (posts["platform"] == HERE)]
    assert 0 < on.sum() < run.world.n < authors.size
    assert on[authors].all()
    run.close()


class Silence(Intervention):
    """Nobody posts on platform a."""

    needs: ClassVar[frozenset[str]] = frozenset({"posting"})

    def act(self, world, people, memory):
        world.levers.posting.scale(people, 0.0, platform=THERE)


@pytest.mark.parametrize("kind", ["experience", "feedback"])
@pytest.mark.parametrize("plan", [(), (Silence(who=ids.Everyone()),)])
def test_who_is_silent_on_a_platform_tells_nothing_of_health_care_there(kind, plan):
    run = Run(scenario(interventions=plan, warm_up=0.0), seed=1)
    run.to_end()
    posts = run.world.logged("messages")
    told = posts[(posts["kind"] == KINDS.index(kind)) & (posts["platform"] == THERE)]
    assert bool(told.size) is not bool(plan)
    run.close()
