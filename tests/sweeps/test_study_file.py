"""Study files: what they say, and every mistake in them with its place."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError, ScenarioFileError
from tests.sweeps.tiny import RECALL, TODAY

STUDY = """\
scenario: scenario.yaml
plans:
  today: []
  label: [warning_label]
design:
  type: latin_hypercube
  number: 4
  seed: 1
  parameters:
    population.providers: {low: 0.001, high: 0.05, scale: log}
    spread.persuasion_claim: declared
replicates: 3
seed: 1
"""


@pytest.fixture
def folder(tmp_path):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    return tmp_path


def read(folder, text):
    (folder / "study.yaml").write_text(text)
    return ids.read_study(folder / "study.yaml")


def test_a_study(folder):
    found = read(folder, STUDY)
    assert found.scenario == TODAY
    assert found.plans == {"today": (), "label": ("warning_label",)}
    assert found.design.number == 4
    assert len(found.points()) == 4
    assert (found.replicates, found.seed, found.record) == (3, 1, "end")


def test_a_bundled_scenario_brings_its_plans(folder):
    found = read(folder, "scenario: demo\nseed: 1\n")
    assert list(found.plans) == list(ids.read_scenario("demo").plans)
    assert found.points() == [{}]


def test_paths_are_taken_from_the_folder_of_the_file(folder, monkeypatch):
    (folder / "points.csv").write_text(f"{RECALL}\n0.25\n")
    text = "scenario: scenario.yaml\nseed: 1\ndesign: {type: table, path: points.csv}\n"
    (folder / "study.yaml").write_text(text)
    monkeypatch.chdir(folder.parent)
    assert ids.read_study(folder / "study.yaml").points() == [{RECALL: 0.25}]


FILE = {"type": "file", "path": "g.txt"}


@pytest.mark.parametrize(
    ("path", "value", "resolved"),
    [
        ("population.graph", "g.txt", "{}/g.txt"),
        ("population.graph", FILE, {"type": "file", "path": "{}/g.txt"}),
        ("population.graph", {"type": "sample", "graph": FILE}, {"type": "sample", "graph": "resolved"}),
        ("platforms.network.graph", FILE, {"type": "file", "path": "{}/g.txt"}),
        ("platforms.0.graph", FILE, {"type": "file", "path": "{}/g.txt"}),
        ("epidemic", {"contacts": FILE}, {"contacts": "resolved"}),
        ("arrivals.path", "g.txt", "{}/g.txt"),
        ("population.graph", {"type": "erdos_renyi", "people": 9}, {"type": "erdos_renyi", "people": 9}),
        (RECALL, 0.5, 0.5),
    ],
)
def test_files_that_a_design_names_are_taken_from_the_folder_of_the_file(
    folder, monkeypatch, path, value, resolved
):
    def inner(of):
        if isinstance(of, dict):
            return {name: inner(each) for name, each in of.items()}
        if of == "resolved":
            return {"type": "file", "path": f"{folder}/g.txt"}
        return of.replace("{}", str(folder)) if isinstance(of, str) else of

    monkeypatch.chdir(folder.parent)
    grid = {"type": "grid", "parameters": {path: [value]}}
    for design in ({"type": "listed", "rows": [{path: value}]}, *[grid] * (path != "arrivals.path")):
        found = read(folder, f"scenario: scenario.yaml\nseed: 1\ndesign: {json.dumps(design)}\n")
        assert found.design.points(TODAY) == [{path: inner(resolved)}]


def test_a_graph_in_the_folder_of_the_file_is_that_which_is_run(folder, monkeypatch, tmp_path_factory):
    """Also as one parameter of a graph that is a file; the current folder has others of the same name."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for place, people in ((folder, 12), (elsewhere, 9)):
        ring = "\n".join(f"{k} {(k + 1) % people}" for k in range(people))
        (place / "g.txt").write_text(ring)
        (place / "h.txt").write_text(ring)
    scenario = TODAY.but(population={"graph": {"type": "file", "path": str(folder / "g.txt")}})
    ids.write_scenario(scenario, folder / "scenario.yaml", overwrite=True)
    (folder / "points.csv").write_text("population.graph.path\ng.txt\nh.txt\n")
    monkeypatch.chdir(elsewhere)
    for design in (
        "{type: grid, parameters: {population.graph.path: [g.txt, h.txt]}}",
        "{type: table, path: points.csv}",
    ):
        found = read(folder, f"scenario: scenario.yaml\nseed: 1\nreplicates: 1\ndesign: {design}\n")
        name = design.split(",")[0].removeprefix("{type: ")
        people = ids.sweep(found, folder / name).values("people")["value"]
        assert set(people) == {12.0}


def test_a_table_without_files_stays_a_table(folder):
    (folder / "points.csv").write_text(f"{RECALL}\n0.25\n")
    text = "scenario: scenario.yaml\nseed: 1\ndesign: {type: table, path: points.csv}\n"
    assert type(read(folder, text).design).__name__ == "Table"


def test_a_scenario_may_stand_in_the_file(folder):
    graph = "{type: erdos_renyi, people: 30, mean_degree: 4, seed: 1}"
    text = f"scenario:\n  population:\n    graph: {graph}\nseed: 2\n"
    assert read(folder, text).scenario.population.graph.people == 30


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("latin_hypercube", "latin_hypercub", "study.yaml:6:9: design.type.*Did you mean 'latin_hypercube'"),
        ("number: 4", "number: 0", "study.yaml:7:11: design.number should be"),
        ("high: 0.05", "high: 0.0001", "high must be above low"),
        ("declared", "guessed", "should be low and high, or 'declared'"),
        ("replicates: 3", "replicate: 3", "study.yaml:12:1: replicate is not a parameter.*'replicates'"),
        ("seed: 1\n", "", "study.yaml"),
        ("label: [warning_label]", "today: [warning_label]", "'today' is given twice"),
        (
            "label: [warning_label]",
            "label: [warning_lable]",
            "study.yaml:4:10: plans.label.*Did you mean 'warning_label'",
        ),
        ("population.providers", "population.provider", "study.yaml:10:26: design.*'providers'"),
        ("persuasion_claim", "persuasion_clam", "study.yaml:11:29: design.*'persuasion_claim'"),
        ("high: 0.05", "high: 1.5", r"study.yaml:10:27: design.*≤ 1, but its range holds 1\.5"),
        ("scenario: scenario.yaml", "scenario: nowhere.yaml", "nowhere.yaml: there is no such file"),
        ("scenario: scenario.yaml", "scenario: 5", "study.yaml:1:11: scenario should be"),
    ],
)
def test_mistakes(folder, old, new, said):
    with pytest.raises(ScenarioFileError, match=f"(?s){said}"):
        read(folder, STUDY.replace(old, new))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(STUDY)), cut=st.integers(0, 30), put=st.text(max_size=12))
def test_whatever_a_file_holds_only_our_own_errors_come_out(folder, place, cut, put):
    text = STUDY[:place] + put + STUDY[place + cut :]
    try:
        (folder / "study.yaml").write_text(text, encoding="utf-8", errors="surrogateescape")
    except UnicodeEncodeError:
        return
    with suppress(InfodemicError):
        ids.read_study(folder / "study.yaml").points()
