"""What a plan does nothing by, by mistake, is refused in one sentence, in Python and from a file."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.comparing.compare import compare
from infodemic_sim.errors import InfodemicError, ParameterError, ScenarioFileError
from infodemic_sim.graphs import categories
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.testing.small_runs import differing
from tests.identities.small import measures
from tests.identities.small import scenario as small

GRAPH = ids.erdos_renyi(60, mean_degree=6.0, seed=1).with_attributes(
    region=categories(["north", "south"] * 30)
)
PEOPLE = ids.Population(graph=GRAPH)
PLATFORMS = (ids.Platform(name="network"), ids.Platform(name="forum", ties=False, spaces=ids.Forum()))
HOURS = ids.WorkingHours()
IN_30_DAYS = "is never in force in a run of 30 d in steps of 1 h: give it other times, or never."
FILE = """
population: {graph: {type: erdos_renyi, people: 60, mean_degree: 6, seed: 1}}
platforms: [{name: network}, {name: forum, ties: false, spaces: {type: forum}}]
days: 30
interventions:
- """

MISTAKES = {
    "a schedule after the run": (
        ids.AccuracyPrompt(when=ids.Between(50, 60)),
        "{type: accuracy_prompt, when: {type: between, start: 50, stop: 60}}",
        IN_30_DAYS,
    ),
    "between two steps": (
        ids.AccuracyPrompt(when=ids.Between(0.01, 0.02)),
        "{type: accuracy_prompt, when: {type: between, start: 0.01, stop: 0.02}}",
        IN_30_DAYS,
    ),
    "once, on the last day": (
        ids.Inoculation(when=ids.Once(day=30.0)),
        "{type: inoculation, when: {type: once, day: 30}}",
        IN_30_DAYS,
    ),
    "a late ramp": (
        ids.Inoculation(when=ids.Ramp(start=30.0, full=40.0)),
        "{type: inoculation, when: {type: ramp, start: 30, full: 40}}",
        IN_30_DAYS,
    ),
    "late reminders": (
        ids.Inoculation(when=ids.Every(days=1.0, start=31.0)),
        "{type: inoculation, when: {type: every, days: 1, start: 31}}",
        IN_30_DAYS,
    ),
    "a schedule outside working hours": (
        ids.EducationCampaign(when=ids.Between(0.0, 0.3), hours=HOURS),
        "{type: education_campaign, when: {type: between, start: 0, stop: 0.3}, hours: {}}",
        "have no step of the run in common: change one of them.",
    ),
    "no work before the end": (
        ids.Inoculation(when=ids.Once(day=29.8), hours=HOURS),
        "{type: inoculation, when: {type: once, day: 29.8}, hours: {}}",
        "have no step of the run in common",
    ),
    "staff that is not there": (
        ids.RapidResponse(who=ids.Role("moderator")),
        "{type: rapid_response, who: {type: role, role: moderator}}",
        "nobody here has the role 'moderator': give population.moderators a share.",
    ),
    "bots that are not there": (
        ids.BotRemoval(),
        "bot_removal",
        "nobody here has the role 'bot': give population.bots a share.",
    ),
    "a part of the roles that is empty": (
        ids.AccuracyPrompt(who=ids.Subgroup(partition="role", part="bot")),
        "{type: accuracy_prompt, who: {type: subgroup, partition: role, part: bot}}",
        "nobody here has the role 'bot'",
    ),
    "an unknown topic of a target": (
        ids.AccuracyPrompt(who=ids.Believers(topic="vacine safety")),
        "{type: accuracy_prompt, who: {type: believers, topic: vacine safety}}",
        "Did you mean 'vaccine safety'?",
    ),
    "an unknown topic of a schedule": (
        ids.AccuracyPrompt(when=ids.WhenMisinformed(level=0.1, topic="vacine safety")),
        "{type: accuracy_prompt, when: {type: when_misinformed, level: 0.1, topic: vacine safety}}",
        "Did you mean 'vaccine safety'?",
    ),
    "an unknown platform": (
        ids.PeerSupport(platform="netwrok"),
        "{type: peer_support, platform: netwrok}",
        "Did you mean 'network'?",
    ),
    "people whom nobody follows": (
        ids.PeerSupport(platform="forum"),
        "{type: peer_support, platform: forum}",
        "'forum' has no ties, so that there is nothing to do",
    ),
    "ties that are only one of two ways": (
        ids.PeerSupport(platform="forum", reaches="both"),
        None,
        "'forum' has no ties",
    ),
    "groups that the first platform has not": (
        ids.PeerSupport(reaches="spaces"),
        "{type: peer_support, reaches: spaces}",
        "'network' has no spaces, so that there is nothing to do",
    ),
    "groups that no platform has": (
        ids.ForwardingLimit(),
        "{type: forwarding_limit}",
        "no platform has forwarding, so that there is nothing to do",
    ),
    "fewer than one person": (
        ids.AccuracyPrompt(who=ids.MostFollowed(share=0.001)),
        None,
        "share 0.001 of 60 people is nobody: give 0.017 or more.",
    ),
    "an identity that nobody has": (
        ids.AccuracyPrompt(who=ids.Chosen(keys=(3, 99))),
        None,
        "nobody in this population has the identity 99.",
    ),
    "an unknown partition": (
        ids.AccuracyPrompt(who=ids.Subgroup(partition="regoin", part="north")),
        None,
        "Did you mean 'region'?",
    ),
    "an unknown part": (
        ids.AccuracyPrompt(who=ids.Subgroup(partition="region", part="nort")),
        None,
        "Did you mean 'north'?",
    ),
}
AT_ONCE = {
    "stop before start": (
        "{type: inoculation, when: {type: every, days: 1, start: 5, stop: 3}}",
        "stop (d) must not be before",
    ),
    "no hours": ("{type: inoculation, hours: {start: 9, stop: 9}}", "staff without hours do nothing"),
    "less than one act": (
        "{type: provider_correction, capacity: {hours_per_actor_per_week: 0.01}}",
        "is less than the 5 min of one act",
    ),
    "hours of work without minutes": (
        "{type: accuracy_prompt, capacity: {hours_per_week: 1}}",
        "needs the time that one act takes: give cost.minutes",
    ),
    "an effect out of range": (
        "{type: accuracy_prompt, effect: 1.5}",
        "effect should be less than or equal to 1 (share of the gap), but got 1.5.",
    ),
    "an unknown level of literacy": (
        "{type: inoculation, who: {type: subgroup, partition: literacy, part: basics}}",
        "'basics' is not a part of literacy. Did you mean 'basic'?",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_refused_when_a_scenario_is_made(name):
    part, _, told = MISTAKES[name]
    with pytest.raises(ParameterError) as refusal:
        ids.Scenario(population=PEOPLE, platforms=PLATFORMS, days=30.0, interventions=[part])
    said = str(refusal.value)
    assert said.startswith("Scenario.interventions.0.")
    assert told in said
    assert said.endswith((".", "?"))
    assert "\n" not in said


@pytest.mark.parametrize("name", [*(name for name, (_, text, _) in MISTAKES.items() if text), *AT_ONCE])
def test_mistakes_are_refused_in_files_at_their_place(name, tmp_path):
    text, told = MISTAKES[name][1:] if name in MISTAKES else AT_ONCE[name]
    file = tmp_path / "s.yaml"
    file.write_text(FILE + text + "\n")
    with pytest.raises(ScenarioFileError) as refusal:
        read_scenario(file)
    said = str(refusal.value).removeprefix(str(file))
    assert said.startswith(":6:")
    assert told in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("{type: subgroup, partition: region, part: north}", "'region' is not a partition of people"),
        ("{type: chosen, keys: [77]}", "nobody in this population has the identity 77"),
        ("{type: most_followed, share: 0.001}", "share 0.001 of 60 people is nobody"),
    ],
)
def test_check_follows_the_recipe_of_a_graph(who, told, tmp_path, capsys):
    """Even where the plan that has it is not the largest, and its schedule begins late."""
    file = tmp_path / "s.yaml"
    part = f"{{type: accuracy_prompt, who: {who}, when: {{type: once, day: 20}}}}"
    file.write_text(
        FILE + part + "\n- friction\n- inoculation\nplans: {today: [], one: [accuracy_prompt], "
        "two: [friction, inoculation]}\n"
    )
    assert exit_code("check", file) == 2
    assert told in capsys.readouterr().err
    with pytest.raises(InfodemicError, match=told):
        ids.simulate(read_scenario(file).scenario, seed=1)


def exit_code(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return int(left.value.code or 0)


def rankings(one: ids.Intervention, other: ids.Intervention) -> ids.Scenario:
    return ids.Scenario(population=PEOPLE, days=3.0, interventions=[one, other])


NEW, STRICT = ids.RankingChange(name="new"), ids.RankingChange(name="strict", ranking=ids.Chronological())


def test_two_rankings_at_once_are_refused_before_anything_runs(tmp_path, capsys):
    told = "new and strict order the feeds of 'network' in two ways on day 1: give them times"
    plan = rankings(NEW, STRICT.but(when=ids.Between(1, 2)))
    with pytest.raises(ParameterError, match=told):
        ids.Run(plan, seed=1)
    with pytest.raises(ParameterError, match=f"plan 'both': {told}"):
        compare({"today": plan.but(interventions=()), "both": plan}, replicates=1, seed=1)
    file = tmp_path / "s.yaml"
    text = "{type: ranking_change, name: new}\n- {type: ranking_change, name: old, ranking: chronological}\n"
    file.write_text(FILE + text)
    assert exit_code("check", file) == 2
    assert "plan 'all together': new and old order the feeds" in capsys.readouterr().err
    file.write_text(FILE + text + "plans: {today: [], new: [new], old: [old]}\n")
    assert exit_code("check", file) == 0


@pytest.mark.parametrize(
    "other",
    [
        STRICT.but(when=ids.Between(1, 2), name="later"),
        STRICT.but(ranking=NEW.ranking),
        STRICT.but(uptake=0.0),
        STRICT.but(when=ids.Never()),
        STRICT.but(delay=1.0, when=ids.Between(0, 1)),
        STRICT.but(hours=HOURS.but(start=0.0, stop=1.0, weekdays=("wednesday",))),
    ],
)
def test_rankings_that_do_not_meet_are_well(other):
    first = NEW.but(when=ids.Between(0, 1))
    ids.Run(rankings(first, other), seed=1).close()


def test_a_delay_moves_the_day_on_which_rankings_meet():
    with pytest.raises(ParameterError, match="on day 1:"):
        ids.Run(
            rankings(NEW.but(when=ids.Between(1, 2)), STRICT.but(delay=1.0, when=ids.Between(0, 1))), seed=1
        )


def test_of_rankings_that_happen_to_meet_the_first_by_key_holds():
    """Where a schedule waits for something to happen, nothing can be said beforehand."""
    at_once = ids.WhenMisinformed(level=0.0)
    later = STRICT.but(when=at_once, name="z")
    both = small(interventions=(NEW.but(platform="a"), later.but(platform="a")), days=1.0)
    alone = both.but(interventions=both.interventions[:1])
    found, world = measures(both)
    assert world.state.memories["z"]["acts"][0] == 0
    assert world.state.memories["new"]["acts"][0] == 24
    assert not differing(found, measures(alone)[0])


def test_too_many_kinds_of_label_are_refused():
    labels = [ids.WarningLabel(name=f"label {k}") for k in range(9)]
    plan = ids.Scenario(population=PEOPLE, interventions=labels)
    with pytest.raises(ParameterError, match="8 labelling interventions at most"):
        ids.Run(plan, seed=1)


def test_what_is_zero_on_purpose_is_no_mistake():
    for zero in (
        {"when": ids.Never()},
        {"when": ids.Between(40, 40)},
        {"who": ids.Nobody()},
        {"who": ids.Share(share=0.0)},
        {"who": ids.Chosen(keys=())},
        {"capacity": ids.Capacity(hours_per_week=0.0), "cost": ids.Cost(minutes=1.0)},
        {"uptake": 0.0},
        {"effect": 0.0},
        {"delay": 40.0},
    ):
        ids.Scenario(population=PEOPLE, days=30.0, interventions=[ids.AccuracyPrompt(**zero)])
