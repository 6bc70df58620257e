"""All plug-ins of a kind pass the same public checks; those that break a rule are told so in one sentence."""

from __future__ import annotations

import sys
from typing import ClassVar

import numpy as np
import pytest
from pydantic import ConfigDict

import infodemic_sim as ids
from infodemic_sim import graphs, spread, testing
from infodemic_sim.graphs.registry import GRAPH_SOURCES
from infodemic_sim.interventions import BUILT_IN, GROUP, Intervention, when, who
from infodemic_sim.interventions.base import Memory
from infodemic_sim.params import Part
from infodemic_sim.platforms import ranking, spaces
from infodemic_sim.platforms.base import GROUP as RANKINGS
from infodemic_sim.society import recommenders
from infodemic_sim.sources import keys_of, sources
from infodemic_sim.testing.interventions import zero_is_absence
from infodemic_sim.testing.runs import order_of_people
from infodemic_sim.testing.small_runs import small
from infodemic_sim.world import World

NETWORK_RULES = [rule for rule in spread.built_in() if not rule.feed]
BUSY = {
    "BotRemoval": {"who": ids.Role("influencer"), "recall": 0.95, "false_alarm": 0.3},
    "CircuitBreaker": {"reshares": 2, "delay": 0.2, "recall": 0.6, "false_alarm": 0.3},
    "Counselling": {"per_day": 2.0},
    "CrowdNotes": {"who": ids.Everyone(), "ratings": 2, "delay": 0.0},
    "Debunking": {"reshares": 1, "delay": 0.1, "recall": 1.0},
    "DownRanking": {"delay": 0.1, "recall": 0.8, "false_alarm": 0.3},
    "EducationCampaign": {"per_day": 3.0, "delay": 0.1},
    "ForwardingLimit": {"when": ids.Between(0.5, 1.5)},
    "GroupModeration": {"who": ids.Everyone(), "recall": 0.9, "delay": 0.1},
    "Inoculation": {"when": ids.Every(days=0.5)},
    "LateralReading": {"when": ids.Every(days=0.5), "uptake": 0.6},
    "MediaLiteracyTips": {"when": ids.Every(days=0.5)},
    "PeerCorrection": {"uptake": 0.6, "single_voice": 0.4},
    "PeerSupport": {"isolated_above": 0.1, "published": 1.0, "reaches": "both", "platform": "b"},
    "PrivacyGuidance": {"when": ids.Every(days=0.5)},
    "PrivacyReview": {"capacity": ids.Capacity(per_day=10)},
    "ServiceImprovement": {"delay": 0.1, "recall": 1.0},
    "ProviderCorrection": {"who": ids.Everyone(), "published": 1.0},
    "RankingChange": {"when": ids.Between(0.5, 1.5)},
    "RapidResponse": {"reshares": 1, "delay": 0.1, "recall": 1.0},
    "Removal": {"delay": 0.1, "recall": 0.8, "false_alarm": 0.5, "appeal": 0.2},
    "Seeding": {"who": ids.FriendsOfRandom(share=0.5), "per_day": 3.0},
    "SocialListening": {"per_day": 3.0, "delay": 0.1, "recall": 1.0},
    "SocialNorms": {"when": ids.Every(days=0.5)},
    "SourceCredibilityLabel": {"delay": 0.1, "recall": 0.9, "record": 1},
    "Suspension": {"delay": 0.1, "recall": 0.9, "false_alarm": 0.5, "strikes": 2, "duration": 0.5},
    "TargetedCorrection": {"who": ids.Everyone(), "published": 1.0, "recall": 0.8},
    "WarningLabel": {"delay": 0.1, "recall": 1.0, "capacity": ids.Capacity(per_step=2)},
}
"""Settings with which a built-in does a lot in a few days."""


LIVELY = {
    "Bass": {"p": 0.3, "q": 3.0},
    "CompetingContagions": {"accurate_chance": 0.3, "false_chance": 0.3, "false_protects": 0.2},
    "ComplexContagion": {"threshold": 2, "chance": 0.8, "starters": 6},
    "DaleyKendall": {"contacts": 20.0, "starters": 3},
    "HoaxAndFactCheck": {"believers": 5, "checkers": 5, "verify": 0.1},
    "IndependentCascade": {"chance": 0.2, "starters": 2},
    "LinearThreshold": {"starters": 12},
    "MakiThompson": {"contacts": 20.0, "starters": 3},
    "Nekovee": {"spread": 4.0, "stifle": 2.0, "forget": 1.0, "starters": 3},
    "SEIR": {"transmission": 0.1, "incubation": 0.3, "starters": 3},
    "SIR": {"transmission": 0.1, "starters": 3},
    "SIS": {"transmission": 0.1, "starters": 3},
    "SimSoM": {"bot_share": 0.1, "infiltration": 0.2, "feed_size": 5},
    "WattsThreshold": {"fraction": 0.2, "starters": 5},
}
"""Settings with which a spread rule does a lot in two days of hourly steps among 70 people."""


def names(checks):
    return [check.__name__ for check in checks]


@pytest.mark.parametrize("check", testing.INTERVENTION_CHECKS, ids=names(testing.INTERVENTION_CHECKS))
@pytest.mark.parametrize("part", BUILT_IN, ids=names(BUILT_IN))
def test_built_in_interventions(part, check):
    check(part(**BUSY.get(part.__name__, {})))


@pytest.mark.parametrize("part", BUILT_IN, ids=names(BUILT_IN))
def test_built_in_interventions_as_they_come(part):
    zero_is_absence(part())
    order_of_people(part())


@pytest.mark.parametrize("check", testing.RANKING_CHECKS, ids=names(testing.RANKING_CHECKS))
@pytest.mark.parametrize("part", ranking.BUILT_IN, ids=names(ranking.BUILT_IN))
def test_built_in_rankings(part, check):
    check(part())


@pytest.mark.parametrize("check", testing.RULE_CHECKS, ids=names(testing.RULE_CHECKS))
@pytest.mark.parametrize("part", NETWORK_RULES, ids=names(NETWORK_RULES))
def test_built_in_rules(part, check):
    check(part(**LIVELY.get(part.__name__, {})))


RECIPE = graphs.ErdosRenyi(people=30, mean_degree=4.0, seed=1)
SMALLER: list[Part] = [
    *(ids.Everyone(), ids.Nobody(), ids.Share(share=0.4), ids.Role("patient"), ids.AtRisk(), ids.Believers()),
    *(ids.Subgroup(partition="literacy", part="basic"), ids.Chosen(keys=(5, 12, 19)), ids.Sample(people=9)),
    *(ids.MostFollowed(share=0.2), ids.FriendsOfRandom(share=0.3)),
    *(ids.Always(), ids.Never(), ids.Between(0.5, 1.5), ids.Every(days=0.5), ids.Once(day=0.5)),
    *(ids.Ramp(start=0.2, full=1.5), ids.WhenMisinformed(level=0.3)),
    *(ids.Groups(size=6.0, per_person=2.0), spaces.Communities(column="town"), ids.Forum(share=0.7)),
    *(ids.FriendOfFriend(), ids.SimilarBelief(looks=3), ids.Popular(looks=3), ids.Mix()),
    *(RECIPE, graphs.Complete(people=9), graphs.ConfigurationModel(degrees=(2,) * 20, seed=1)),
    *(graphs.PlantedCommunities(people=20, sizes=(8, 12), mean_degree=4.0, homophily=0.8, seed=1),),
    *(graphs.Rewired(graph=RECIPE, seed=1), graphs.ScaleFree(people=30, mean_degree=4.0, seed=1)),
    *(graphs.SimsomGraph(people=30, mean_degree=4, closure=0.5, seed=1),),
    *(graphs.SmallWorld(people=30, mean_degree=4, rewiring=0.1, seed=1),),
    graphs.WithCommunities(graph=RECIPE, least=2, seed=1),
]
ELSEWHERE = {who.Rows, graphs.GraphFile}
"""Rows are places, not people, so their order matters; what a file says has tests of its own."""


@pytest.mark.parametrize("part", SMALLER, ids=lambda part: type(part).__name__)
def test_built_in_targets_schedules_spaces_recommenders_and_graphs(part):
    testing.check_part(part)


def test_none_of_them_is_left_out():
    of_each_kind = (who.BUILT_IN, when.BUILT_IN, spaces.BUILT_IN, recommenders.BUILT_IN, GRAPH_SOURCES)
    assert {type(part) for part in SMALLER} | ELSEWHERE == {part for kind in of_each_kind for part in kind}


EVERY = [*BUILT_IN, *ranking.BUILT_IN, *spread.built_in()]


@pytest.mark.parametrize("part", EVERY, ids=names(EVERY))
def test_sources_of_built_ins_are_in_the_references(part):
    from infodemic_sim.params import ASSUMED, declarations

    named = {key for row in declarations(part) for key in keys_of(row.source)}
    assert named <= {*sources(), ASSUMED}


# --- plug-ins of others ------------------------------------------------------------------------------

PACKAGE = '''
from typing import ClassVar

from infodemic_sim import Intervention, Ranking, param


class NightMode(Intervention):
    """People who take part visit platforms less."""

    needs: ClassVar[frozenset[str]] = frozenset({"sessions"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)

    effect: float = param(0.4, ge=0, le=1, unit="share", doc="Visits that are left out.", source="Hoong2021")

    def act(self, world, people, memory):
        world.levers.sessions.scale(people, 1.0 - self.effect)


class Slow(Ranking):
    """Posts lose half their pull at once, and then no more."""

    def recency(self, age):
        return 1.0 if age < 1.0 else 0.5
'''
ENTRY_POINTS = """
[infodemic_sim.interventions]
night_mode = night_shift:NightMode

[infodemic_sim.rankings]
slow = night_shift:Slow
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package of somebody else, as a package manager leaves it."""
    (tmp_path / "night_shift.py").write_text(PACKAGE, "utf-8")
    info = tmp_path / "night_shift-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: night-shift\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(ENTRY_POINTS, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("night_shift", None)


def test_a_package_of_somebody_else(installed):
    assert (GROUP, RANKINGS) == ("infodemic_sim.interventions", "infodemic_sim.rankings")
    plan = small().but(interventions=[{"type": "night_mode", "effect": 0.5}]).interventions
    assert repr(plan[0]) == "NightMode(effect=0.5)"
    testing.check_intervention(plan[0])
    testing.check_ranking(ids.Platform(ranking="slow").ranking)


def quiet_evening(world: World) -> None:
    """Every other person visits less in the evening, whoever stands where."""
    if world.hour % 24.0 >= 18.0:
        world.levers.sessions.scale(world.people.key % 2 == 0, 0.5)


def test_a_plain_function():
    testing.check_intervention(quiet_evening)


# --- plug-ins that break a rule ----------------------------------------------------------------------


class Rule(Intervention):
    """Something that is done."""

    needs = frozenset({"sharing"})
    effects = ("effect",)
    effect: float = ids.param(0.5, ge=0, le=1, unit="share", doc="How much.")

    def act(self, world, people, memory):
        world.levers.sharing.scale(people, 1.0 - self.effect)


class OffPosition(Rule):
    """Treats rows, not people."""

    def act(self, world, people, memory):
        world.levers.sharing.scale(people[people % 2 == 0], 0.5)


class NotNeutral(Rule):
    """Takes no notice of whom it concerns."""

    def act(self, world, people, memory):
        world.levers.sharing.scale(np.arange(world.n), 0.5)


class Undeclared(Rule):
    """Says one thing and does another."""

    def act(self, world, people, memory):
        world.levers.reach.scale(people, 0.5)


class Forgetful(Rule):
    """Remembers in itself, where no saved run finds it."""

    def act(self, world, people, memory):
        ACTS.append(world.hour)
        world.levers.sharing.scale(people, len(ACTS) % 7 / 3.0)


class Objects(Rule):
    """Remembers more than arrays."""

    def start(self, world: World) -> Memory:
        return {"names": ["a", "b"]}  # type: ignore[dict-item]


class UnknownLever(Rule):
    """Needs what there is not."""

    needs = frozenset({"telepathy"})


class Unexplained(Rule):
    """Has a number from nowhere."""

    level: float = 3.0


class Crashes(Rule):
    """Does not work."""

    def act(self, world, people, memory):
        raise ValueError("no such thing")


class Silent(Rule):
    """Does not write all of itself."""

    def to_dict(self):
        return {key: value for key, value in super().to_dict().items() if key != "effect"}


class Loose(Rule):
    """Can be changed."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=False)


class Required(Rule):
    """Cannot be made without being told something."""

    level: float = ids.param(doc="A level.")


ACTS: list[float] = []
BROKEN = [
    (OffPosition, "OffPosition depends on the order of people"),
    (NotNeutral, "NotNeutral with who=Nobody() is not absence"),
    (Undeclared, "Undeclared uses the lever ['reach'], which its needs do not name."),
    (Forgetful, "Forgetful depends on the "),
    (Objects, "Objects remembers names, which is not an array of numbers."),
    (UnknownLever, "UnknownLever needs the unknown lever ['telepathy']"),
    (Unexplained, "Unexplained.level does not say what it means"),
    (Crashes, "Crashes fails in a small run: ValueError: no such thing"),
    (Silent, "Silent.effect does not change the digest"),
    (Loose, "Loose can be changed"),
    (Required, "Required cannot be made from defaults: check an instance instead"),
]


@pytest.mark.parametrize(("part", "sentence"), BROKEN, ids=[part.__name__ for part, _ in BROKEN])
def test_a_broken_rule_is_told_in_one_sentence(part, sentence):
    with pytest.raises(AssertionError) as caught:
        testing.check_intervention(part)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


class Negative(ids.Ranking):
    """Pushes old posts away."""

    def recency(self, age):
        return 1.0 - age


class Moody(ids.Ranking):
    """Gives another answer each time."""

    def popularity(self, shares):
        return float(np.random.default_rng().random())


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (Negative, "Negative.recency must not be negative"),
        (Moody, "Moody.popularity changes when asked again"),
    ],
)
def test_a_broken_ranking_is_told_in_one_sentence(part, sentence):
    with pytest.raises(AssertionError, match=sentence):
        testing.check_ranking(part)


@pytest.mark.parametrize("value", [3, "accuracy_prompt", ids.Engagement()])
def test_what_is_no_intervention(value):
    with pytest.raises(AssertionError, match="is not a subclass of Intervention"):
        testing.check_intervention(value)
