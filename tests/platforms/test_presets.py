"""Presets of platforms: each runs, alone and beside the others, from code and from a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, ScenarioFileError
from infodemic_sim.params import Part
from infodemic_sim.platforms.presets import PRESETS, VALUES

GRAPH = ids.scale_free(600, mean_degree=16, seed=3)
PEOPLE = ids.Population(graph=GRAPH, providers=0.05, patients=0.1)
TALK = ids.Topic(posting=ids.Posting(public=0.5, super_spreader=2.0))
NAMES = list(PRESETS)


def world(platforms: list[object], **changes: object) -> ids.Scenario:
    base = {"population": PEOPLE, "topics": [TALK], "platforms": platforms, "days": 4.0, "warm_up": 2.0}
    return ids.Scenario(**{**base, "hours_per_step": 0.5, **changes})


@pytest.fixture(scope="module")
def together() -> ids.Result:
    """People on five platforms at once, by membership."""
    return ids.simulate(world(NAMES, interventions=[ids.ProviderCorrection(uptake=1.0)]), seed=1)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_a_platform_that_says_where_its_numbers_are_from(name):
    platform = PRESETS[name]()
    assert platform.name == name
    for parameter, (value, source) in VALUES[name].items():
        assert getattr(platform, parameter) == value
        assert source
    assert PRESETS[name](sessions_per_day=2.0).sessions_per_day == 2.0


@pytest.mark.parametrize("name", NAMES)
def test_messages_are_read_on_each_alone(name):
    found = ids.simulate(world([name]), seed=2)
    assert found.final("exposures_false") + found.final("exposures_accurate") > 0


@pytest.mark.parametrize("measure", ["exposures_false", "exposures_accurate", "reshares_accurate"])
def test_outcomes_by_platform_add_up(together, measure):
    each = [together.final(measure, platform=name) for name in NAMES]
    assert sum(each) == together.final(measure)
    assert min(each) >= 0 < max(each)


def test_every_platform_is_read_when_people_are_on_several(together):
    for name in NAMES:
        assert 0 < together.final("reach_accurate", platform=name) <= together.final("reach_accurate")


def test_half_lives_are_told_apart():
    """Recency halves with half the views: 80 minutes on a microblog, days on a forum."""
    assert PRESETS["microblog"]().ranking.half_life == pytest.approx(80 / 60)
    order = ["microblog", "friends_network", "image_feed", "patient_forum"]
    assert np.all(np.diff([PRESETS[name]().ranking.half_life for name in order]) > 0)


def test_only_the_messenger_forwards_and_only_some_roles_read_the_forum():
    assert [name for name in NAMES if PRESETS[name]().forwarding is not None] == ["messaging_app"]
    assert "public" not in PRESETS["patient_forum"]().spaces.roles


FILE = """
population: {{graph: {{type: scale_free, people: 200, mean_degree: 8, seed: 1}}}}
platforms: {0}
hours_per_step: 0.5
days: 1
"""


def scenario_in(folder: Path, platforms: str) -> ids.Scenario:
    path = folder / "scenario.yaml"
    path.write_text(FILE.format(platforms), "utf-8")
    return ids.read_scenario(path).scenario


def test_files_name_presets_and_change_them(tmp_path):
    scenario = scenario_in(tmp_path, "[microblog, {preset: messaging_app, membership: 0.5}]")
    assert scenario.platforms == (ids.microblog(), ids.messaging_app(membership=0.5))


@pytest.mark.parametrize(
    ("platforms", "words"),
    [
        ("[microblogg]", "'microblogg' is not a preset. Did you mean 'microblog'?"),
        ("[{preset: forum}]", "'forum' is not a preset."),
        ("[{preset: microblog, membershp: 0.5}]", "Did you mean 'membership'?"),
        ("[{preset: microblog, membership: 2}]", "membership should be less than or equal to 1"),
        ("[{preset: patient_forum, spaces: null}]", "give it spaces"),
    ],
)
def test_mistakes_are_told_in_one_sentence(tmp_path, platforms, words):
    with pytest.raises(ScenarioFileError) as caught:
        scenario_in(tmp_path, platforms)
    assert words in str(caught.value)


def test_a_step_too_long_for_a_preset_is_refused():
    with pytest.raises(ParameterError, match=r"'microblog' needs steps of 0\.5 h at most"):
        world(["microblog"], hours_per_step=1.0)


def test_presets_are_parts_like_others():
    assert all(isinstance(PRESETS[name](), Part) for name in NAMES)
    assert len({world([name]).digest for name in NAMES}) == len(NAMES)
