"""What does nothing equals its absence, bit for bit; one part of the world cannot reach another."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.graphs import categories
from infodemic_sim.health import Behaviour, Epidemic
from infodemic_sim.interventions import BUILT_IN, Intervention
from infodemic_sim.platforms import Communities
from infodemic_sim.testing.small_runs import differing as unlike
from tests.identities.small import (
    BOOKKEEPING,
    OF_CORRECTIONS,
    SOCIETY,
    all_built_in,
    built_in,
    graph,
    measures,
    persons,
    posts,
    scenario,
    topic,
)

NAMES = [part.__name__ for part in BUILT_IN]
COMMON_GOODS = {"ForwardingLimit", "RankingChange", "RapidResponse", "ServiceImprovement"}
"""A platform's rules hold for all, what spreads anywhere is answered, and there is one health service."""
REPLICATES = (0, 1)
NOTHING = {
    "no acts in a step": {"capacity": ids.Capacity(per_step=0)},
    "no acts in a day": {"capacity": ids.Capacity(per_day=0)},
    "no acts of anybody": {"capacity": ids.Capacity(per_actor_per_day=0)},
    "no acts at all": {"capacity": ids.Capacity(total=0)},
    "nobody takes part": {"uptake": 0.0},
    "nobody": {"who": ids.Nobody()},
    "share 0": {"who": ids.Share(share=0.0)},
    "nobody chosen": {"who": ids.Chosen(keys=())},
    "never": {"when": ids.Never()},
    "no duration": {"when": ids.Between(1.0, 1.0)},
    "too late": {"when": ids.WhenMisinformed(level=1.0)},
    "no hours of work": {"capacity": ids.Capacity(hours_per_week=0.0), "cost": ids.Cost(minutes=5.0)},
    "due after the end": {"delay": 50.0},
}
ALSO_NOTHING = [
    ("AccuracyPrompt", {"effect": 0.0}),
    ("AccuracyPrompt", {"lasting": 0.0}),
    ("Inoculation", {"effect": 0.0}),
    ("PeerSupport", {"effect": 0.0, "published": 0.0}),
    ("PeerSupport", {"isolated_above": 1.0}),
    ("Friction", {"effect": 0.0, "thought": 0.0}),
    ("SocialNorms", {"effect": 0.0, "restraint": 0.0}),
    ("MediaLiteracyTips", {"effect": 0.0, "scepticism": 0.0}),
    ("WarningLabel", {"effect": 0.0, "sharing_effect": 0.0}),
    ("WarningLabel", {"recall": 0.0, "false_alarm": 0.0}),
]
OF_MESSAGES = (
    "CircuitBreaker",
    "DownRanking",
    "ForwardingLimit",
    "PrivacyReview",
    "RankingChange",
    "Removal",
    "SourceCredibilityLabel",
    "Suspension",
    "WarningLabel",
)
MEANINGLESS = {
    *((name, "no acts of anybody") for name in OF_MESSAGES),
    ("PrivacyReview", "due after the end"),
    ("CircuitBreaker", "due after the end"),
    *((name, way) for name in ("ForwardingLimit", "RankingChange") for way in ("share 0", "nobody chosen")),
}
"""What has no actors refuses a capacity of actors; what waits until after the end is not absence."""


@pytest.fixture(scope="module")
def baseline():
    return [measures(scenario(), replicate=replicate)[0] for replicate in REPLICATES]


@pytest.fixture(scope="module")
def busy():
    return measures(scenario(interventions=all_built_in()))[0]


def changes(today, plan, replicate=0) -> set[str]:
    """Measures that a plan changes in a run."""
    return set(unlike(today, measures(plan, replicate=replicate)[0]))


def idle(way: str) -> list[Intervention]:
    """One of each that can do nothing in this way, under a name of its own."""
    names = [name for name in NAMES if (name, way) not in MEANINGLESS]
    return [built_in(name, name=f"idle_{name.lower()}", **NOTHING[way]) for name in names]


def culprits(today, among: list[Intervention], idlers: list[Intervention], replicate=0) -> dict[str, set]:
    """Who of those that should do nothing change a run, each alone among others, and what; if any do."""
    if not changes(today, scenario(interventions=[*among, *idlers]), replicate):
        return {}
    alone = {one.key: changes(today, scenario(interventions=[*among, one]), replicate) for one in idlers}
    return {key: changed for key, changed in alone.items() if changed} or {"all together": {"something"}}


@pytest.mark.parametrize("way", NOTHING)
def test_nothing_is_done(way, baseline):
    for replicate, today in zip(REPLICATES, baseline, strict=True):
        assert culprits(today, [], idle(way), replicate) == {}


@pytest.mark.parametrize(("name", "zero"), ALSO_NOTHING)
def test_no_strength(name, zero, baseline):
    plan = scenario(interventions=[built_in(name, **zero)])
    for replicate, today in zip(REPLICATES, baseline, strict=True):
        assert changes(today, plan, replicate) == set()


@pytest.mark.parametrize("way", ["nobody takes part", "no acts at all"])
def test_nothing_is_done_among_others(way, busy):
    assert culprits(busy, all_built_in(), idle(way)) == {}


@pytest.mark.parametrize("name", NAMES)
def test_each_does_something(name, baseline):
    """So that the identities above are not empty."""
    today = baseline[0]
    changed = changes(today, scenario(interventions=[built_in(name)]))
    assert changed - BOOKKEEPING
    assert changed & BOOKKEEPING


@pytest.mark.parametrize(
    ("name", "zero"),
    [("WarningLabel", "effect"), ("WarningLabel", "sharing_effect"), ("PeerSupport", "effect"),
     ("PeerSupport", "published"), ("Friction", "effect"), ("Friction", "thought"), ("SocialNorms", "effect"),
     ("SocialNorms", "restraint"), ("MediaLiteracyTips", "effect"), ("MediaLiteracyTips", "scepticism")],
)  # fmt: skip
def test_of_what_acts_side_by_side_one_acts_without_the_other(name, zero, baseline):
    """So that next to no effect is like none, and each can be studied alone."""
    none, next_to_none = (
        measures(scenario(interventions=[built_in(name, **{zero: much})]))[0] for much in (0.0, 1e-12)
    )
    assert set(unlike(baseline[0], none)) - BOOKKEEPING
    for measure in ("reshares_false", "support_contacts", "posts_accurate"):
        assert none[measure].tolist() == next_to_none[measure].tolist()


@pytest.mark.parametrize(
    ("name", "zero"),
    [
        ("AccuracyPrompt", {"effect": 0.0}),
        ("Inoculation", {"effect": 0.0}),
        ("PeerSupport", {"effect": 0.0, "published": 0.0}),
        ("Friction", {"effect": 0.0, "thought": 0.0}),
        ("SocialNorms", {"effect": 0.0, "restraint": 0.0}),
        ("MediaLiteracyTips", {"effect": 0.0, "scepticism": 0.0}),
        ("WarningLabel", {"effect": 0.0, "sharing_effect": 0.0}),
    ],
)
def test_no_strength_without_the_short_cut(name, zero, baseline, monkeypatch):
    """A neutral lever that really passes through the kernels leaves every outcome as it was."""
    monkeypatch.setattr(Intervention, "neutral", property(lambda self: False))
    plan = scenario(interventions=[built_in(name, **zero)])
    for replicate, today in zip(REPLICATES, baseline, strict=True):
        found, world = measures(plan, replicate=replicate)
        assert set(unlike(today, found)) <= BOOKKEEPING
        assert world.state.memories[plan.interventions[0].key]["acts"][0] > 0


def test_behaviour_and_disease_change_nothing_else(baseline):
    """What people read and believe does not depend on what they do about it, in any bit."""
    bare = scenario(behaviour=None, epidemic=None)
    for replicate, today in zip(REPLICATES, baseline, strict=True):
        own = Behaviour.measures | Epidemic.measures
        assert changes(today, bare, replicate) == own
        assert today["cases"].max() > 8
        assert today["adverse_choices"].max() > 8


def test_behaviour_does_not_depend_on_the_disease(baseline):
    assert changes(baseline[0], scenario(epidemic=None)) == Epidemic.measures


def test_all_false_posts_are_as_many_as_without_the_factor(baseline):
    """A share of 1 that really passes through the draw keeps every post."""
    topics = [about.but(false_posts=1.0 - 2.0**-53) for about in scenario().topics]
    assert changes(baseline[0], scenario(topics=topics)) == set()


# --- corrections that persuade nobody ----------------------------------------------------------------


DISCREET = {"privacy": None}
"""A correction that disclosed something would lower trust, persuasive or not."""


@pytest.fixture(scope="module")
def discreet():
    return [measures(scenario(**DISCREET), replicate=replicate)[0] for replicate in REPLICATES]


def test_replies_without_persuasion_change_only_their_own_count_and_cost(discreet):
    silent = built_in("ProviderCorrection", strength=0.0, published=0.0)
    for replicate, today in zip(REPLICATES, discreet, strict=True):
        changed = changes(today, scenario(interventions=[silent], **DISCREET), replicate)
        assert changed == OF_CORRECTIONS | {"acts", "people_treated", "staff_minutes"}


def test_hidden_posts_without_persuasion_change_only_their_own_count_and_cost(discreet):
    hidden = built_in("ProviderCorrection", strength=0.0, published=1.0, visibility=0.0)
    for replicate, today in zip(REPLICATES, discreet, strict=True):
        changed = changes(today, scenario(interventions=[hidden], **DISCREET), replicate)
        deeds = {"acts", "people_treated", "staff_minutes", "posts_intervention"}
        assert changed == OF_CORRECTIONS | deeds


@pytest.mark.parametrize("roomy", [True, False])
def test_shown_posts_without_persuasion_change_only_what_they_displace(roomy):
    """Where feeds and timelines have room for everything, nothing is displaced and no belief moves."""
    places = {"posts_per_session": 1000, "timeline_depth": 64} if roomy else {"posts_per_session": 2}
    world = {"platforms": [ids.Platform(**places, chatter_per_day=0.0)], "topics": [topic()], **DISCREET}
    world |= dict.fromkeys(SOCIETY)  # who dislikes what they read may unfollow, persuasive or not
    shown = built_in("ProviderCorrection", strength=0.0, published=1.0)
    _, without = measures(scenario(**world))
    found, with_posts = measures(scenario(**world, interventions=[shown]))
    assert found["posts_intervention"].max() > 20
    assert (without.state.lines.tobytes() == with_posts.state.lines.tobytes()) == roomy


# --- locality ----------------------------------------------------------------------------------------


def two_copies(one: ids.SocialGraph) -> ids.SocialGraph:
    """The graph twice, unconnected, in two towns; identities of the second copy follow those of the first."""
    n = one.n
    sources = np.repeat(np.arange(n), one.degrees())
    targets = one.indices.astype(np.int64)
    both = np.concatenate([sources, sources + n]), np.concatenate([targets, targets + n])
    keys = np.arange(2 * n).astype(float)
    town = categories(["here"] * n + ["there"] * n)
    return ids.SocialGraph.from_ties(*both, 2 * n, True).with_attributes(key=keys, town=town)


def apart(who: ids.SocialGraph, **changes) -> ids.Scenario:
    """A scenario whose groups are towns, so that they connect nobody who is unconnected."""
    plain = scenario(who, **changes)
    first, second = plain.platforms
    return plain.but(platforms=(first, second.but(spaces=Communities(column="town", to_spaces=0.3))))


def second_half(world) -> tuple[list, list]:
    n = world.n // 2
    half = {key: row for key, row in persons(world).items() if key >= n}
    return sorted(half.items()), [post for post in posts(world) if post[1] >= n]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in COMMON_GOODS])
def test_what_is_done_here_does_not_reach_there(name):
    one = graph(50)
    double = two_copies(one)
    here = ids.Chosen(keys=tuple(range(50)))
    _, without = measures(apart(double))
    found, with_it = measures(apart(double, interventions=[built_in(name, who=here)]))
    assert found["people_treated"].max() > 0
    assert second_half(without) == second_half(with_it)
    assert persons(without) != persons(with_it)


def test_a_component_on_its_own_is_as_beside_another():
    one = graph(50)
    alone = ids.SocialGraph.from_ties(np.repeat(np.arange(50), one.degrees()), one.indices, 50, True)
    alone = alone.with_attributes(key=np.arange(50, 100).astype(float), town=categories(["there"] * 50))
    without = {"epidemic": None}  # whose first cases are so many of all
    _, beside = measures(apart(two_copies(one), **without))
    _, single = measures(apart(alone, **without))
    assert sorted(persons(single).items()) == second_half(beside)[0]
    assert posts(single) == second_half(beside)[1]
