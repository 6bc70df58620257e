"""What the page can set, and that it is told what the command line would say."""

from __future__ import annotations

import base64
import json
from contextlib import nullcontext, suppress

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.dashboard.choices import choices_from, networks, offered
from infodemic_sim.dashboard.controls import controls
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.dashboard.pictures import MOST_TIES
from infodemic_sim.dashboard.telling import MOST_FRAMES
from infodemic_sim.errors import InfodemicError, ParameterError, UnknownNameError
from infodemic_sim.graphs import ErdosRenyi
from infodemic_sim.parameter_paths import changed
from infodemic_sim.population.base import ROLES, share_name
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.study.plans import plans_of
from tests.dashboard.small import CHOICES, TOWN


@pytest.fixture(scope="module")
def desk():
    return Desk(TOWN)


@pytest.fixture(scope="module")
def events(desk):
    return list(desk.run(CHOICES))


def test_every_control_can_be_moved_to_both_its_ends():
    """Bounds are those of the declaration, so that no slider leads to a refusal of its own number."""
    base = offered(TOWN)
    found = controls(base)
    assert len(found) > 100
    for control in found:
        assert control.low <= control.value <= control.high
        assert control.doc
        mine = base.but(interventions=[part for part in base.interventions if part.key == control.part])
        for end in (control.low, control.high):
            with suppress(InfodemicError) if control.name in HANG_ON_OTHERS else nullcontext():
                changed(mine, {control.path: int(end) if control.whole else float(end)})


SHARES = {share_name(role) for role in ROLES[1:]}
HANG_ON_OTHERS = {"horizon", "mean_degree", "people", "posts_per_session", *SHARES}
"""Limits of these are told by other numbers of the scenario."""


@pytest.mark.parametrize("people", [2, 7, 40])
def test_few_people_have_the_networks_that_they_can_form(people):
    few = ErdosRenyi(people=people, mean_degree=1.0, seed=1)
    scenario = TOWN.but(population=TOWN.population.but(graph=few))
    found = list(networks(scenario))
    assert found[0] is scenario.population
    assert {one.graph.people for one in found} == {people}
    for population in found:
        population.graph.build()
        for control in controls(scenario.but(population=population)):
            assert control.low <= control.value <= control.high


def test_form_is_plain_data(desk):
    form = json.loads(json.dumps(desk.answer("form"), allow_nan=False))
    assert form["chosen"] == [part.key for part in TOWN.interventions]
    assert len(form["interventions"]) > 15
    assert len(form["networks"]) == 4
    paths = [control["path"] for control in form["controls"]]
    assert len(paths) == len(set(paths))


def test_all_networks_on_offer_can_be_built_and_run():
    for population in networks(TOWN):
        graph = population.graph.to_dict()
        plans = choices_from({"graph": graph, "values": {"days": 1.0}}).plans(TOWN)
        assert ids.simulate(plans["plan"], seed=1).final("people") == TOWN.population.graph.people


def test_the_network_of_a_file_can_be_chosen_and_no_other_file(tmp_path):
    for name in ("friends.csv", "secret.csv"):
        (tmp_path / name).write_text("".join(f"{a},{(a + 1) % 60}\n" for a in range(60)), "utf-8")
    file = ids.graphs.GraphFile(path=str(tmp_path / "friends.csv"))
    desk = Desk(TOWN.but(population=TOWN.population.but(graph=file)))
    own = desk.answer("form")["networks"][0]
    assert own["label"] == "file: friends.csv"
    assert "friends.csv" in desk.answer("yaml", {"values": {}, "graph": own["graph"]})
    for graph in (
        {**own["graph"], "path": str(tmp_path / "secret.csv")},
        {"type": "rewired", "graph": {**own["graph"], "path": str(tmp_path / "secret.csv")}},
    ):
        with pytest.raises(ParameterError, match="not on offer"):
            desk.answer("yaml", {"values": {}, "graph": graph})


def test_the_same_numbers_as_the_command_line(events, tmp_path):
    """The saved file gives the effect that the page shows, to the last digit."""
    (tmp_path / "scenario.yaml").write_text(choices_from(CHOICES).yaml(offered(TOWN)), "utf-8")
    file = read_scenario(tmp_path / "scenario.yaml")
    again = ids.compare(plans_of(file.scenario, file.plans), replicates=3, seed=CHOICES["seed"])
    row = again.effects().query("outcome == 'primary'").iloc[0]
    effect = events[-2]["effect"]
    assert effect["difference"] == pytest.approx(100 * row["difference"], rel=1e-15)
    assert effect["low"] == pytest.approx(100 * row["low"], rel=1e-15)
    assert file.scenario.population.providers == 0.1


@pytest.mark.parametrize("cascades", ["none", "sizes", "trees"])
def test_the_pair_in_pictures_has_the_tables_of_any_pair(cascades):
    """It is run once: its tables are those that a comparison has of it, to the bit."""
    desk = Desk(TOWN.but(cascades=cascades))
    list(desk.run({**CHOICES, "replicates": 1}))
    (found,) = desk.found.values()
    pd.testing.assert_frame_equal(
        found.runs, ids.compare(found.plans, replicates=1, seed=CHOICES["seed"]).runs, check_exact=True
    )


def test_events_come_in_their_order(events):
    kinds = [event["kind"] for event in events if event["kind"] != "news"]  # of the compiler, at a first use
    assert kinds[0] == "network"
    assert kinds[-4:] == ["pair", "pair", "pair", "done"]
    assert set(kinds[1:-4]) == {"frame"}
    assert 2 < len(kinds) - 5 <= MOST_FRAMES + 1
    json.dumps(events, allow_nan=False)


def test_who_waits_for_the_compiler_is_told_so(desk, monkeypatch):
    monkeypatch.setattr("infodemic_sim.dashboard.telling.first_use", lambda: "It is compiled.")
    first = next(iter(desk.run({**CHOICES, "replicates": 1})))
    assert first == {"kind": "news", "words": "It is compiled."}


def test_pictures_are_those_of_the_first_pair(events):
    last = [event for event in events if event["kind"] == "frame"][-1]
    filmed = ids.film(choices_from(CHOICES).plans(offered(TOWN))["plan"], seed=CHOICES["seed"])
    shown = np.frombuffer(base64.b64decode(last["plan"]["credence"][0]), np.uint8)
    believed = filmed.credence[-1, :, 0]
    np.testing.assert_array_equal(shown, np.minimum(believed * 256, 255).astype(np.uint8))
    assert last["plan"]["misinformed"] == [np.mean(believed < 0.5)]
    np.testing.assert_array_equal(shown >= 128, believed >= 0.5)


def test_of_several_topics_pictures_tell_each_by_its_name():
    two = TOWN.but(topics=[*TOWN.topics, ids.Topic(name="diets", accurate_share=0.5)])
    told = list(Desk(two).run({**CHOICES, "replicates": 1}))
    last = [event for event in told if event["kind"] == "frame"][-1]["plan"]
    filmed = ids.film(choices_from(CHOICES).plans(offered(two))["plan"], seed=CHOICES["seed"])
    assert next(e for e in told if e["kind"] == "network")["topics"] == ["vaccines", "diets"]
    assert last["misinformed"] == [filmed.misinformed(name)[-1] for name in ("vaccines", "diets")]
    for topic, text in enumerate(last["credence"]):
        shown = np.frombuffer(base64.b64decode(text), np.uint8)
        np.testing.assert_array_equal(shown >= 128, filmed.credence[-1, :, topic] >= 0.5)


def test_ties_drawn_are_real_and_not_too_many(events):
    graph = TOWN.population.graph.build()
    ties = np.array(next(event for event in events if event["kind"] == "network")["ties"]).reshape(-1, 2)
    assert len(ties) <= MOST_TIES
    assert all(b in graph.followees(a) for a, b in ties[:50])


def test_a_plan_without_interventions_changes_nothing(desk):
    *_, pair, done = desk.run({**CHOICES, "interventions": [], "replicates": 2})
    assert done == {"kind": "done"}
    assert (pair["effect"]["difference"], pair["effect"]["verdict"]) == (0.0, "none")


def test_shares_change_by_percentage_points(events):
    """Levels keep their own unit, and money is in that of the costs."""
    rows = {row["label"]: row for row in events[-2]["beside"]}
    credence = rows["Credence in the accurate position"]
    assert credence["unit"] == "percentage points"
    assert credence["today"].endswith(" %")
    assert "%" not in credence["change"]
    assert rows["Money"]["unit"] == "in the currency of the costs given"
    assert rows["Staff time"]["unit"] == "hours"


def test_reports_are_of_what_was_run(desk, events):
    assert "What do" in desk.answer("report", CHOICES)
    with pytest.raises(ParameterError, match="press Run first"):
        desk.answer("report", {**CHOICES, "seed": 99})


@pytest.mark.parametrize(
    ("choices", "kind", "words"),
    [
        ([], ParameterError, "should be a mapping"),
        ({}, InfodemicError, "values"),
        ({"values": {"days": "long"}}, InfodemicError, "values"),
        ({"values": {"nowhere.at.all": 1}}, UnknownNameError, "nowhere"),
        ({"values": {"population.providers": 2.0}}, InfodemicError, "providers"),
        ({"values": {}, "interventions": ["magic"]}, UnknownNameError, "magic"),
        ({"values": {}, "replicates": 100_000}, InfodemicError, "replicates"),
        ({"values": {}, "graph": {"type": "file", "path": "/etc/passwd"}}, ParameterError, "not on offer"),
        ({"values": {}, "evil": 1}, InfodemicError, "evil"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(desk, choices, kind, words):
    with pytest.raises(kind, match=words) as error:
        desk.run(choices)
    assert "\n" not in str(error.value)


def test_a_rule_without_a_feed_is_refused():
    rumour = TOWN.but(
        spread=ids.SIR(), platforms=ids.Scenario.model_fields["platforms"].default, interventions=[]
    )
    with pytest.raises(ParameterError, match="no feed"):
        list(Desk(rumour).run({"values": {}}))
