"""A scenario from a stranger: what it names is read as data or refused, nothing is run, made or changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from infodemic_sim.errors import InfodemicError
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.sweeps.study_file import read_study

GRAPH = "population: {{graph: {{type: file, path: {}}}}}\n"
SECRET = "root:x:0:0:secret:/root:/bin/sh\n"
PATHS = [
    "../secret",
    "../secret.txt",
    "{}/secret.txt",
    "link.txt",
    "/etc/passwd",
    "up/../../secret",
    "~/x.txt",
    "$HOME",
]
TAGS = [
    "!!python/object/apply:os.system [touch made]",
    "!!python/object/new:os.system [touch made]",
    "!!python/name:os.system",
    "!!python/module:os",
    "!!binary aGk=",
    "!include secret.txt",
    "! x",
    "!<tag:yaml.org,2002:python/tuple> [1]",
]
LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{k + 1}: &a{k + 1} [{', '.join([f'*a{k}'] * 9)}]\n" for k in range(40)
)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(read: object) -> str:
    with pytest.raises(InfodemicError) as refusal:
        read()  # type: ignore[operator]
    return str(refusal.value)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder in which scenarios are put, beside something that they should not touch."""
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "in" / "up").mkdir(parents=True)
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path / "in"


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_climbs_is_read_as_a_graph_or_refused(path: str, place: Path) -> None:
    """Networks may stand elsewhere (``../data/ties.txt``); what is no network is refused, and not shown."""
    before = everything(place.parent)
    file = place / "s.yaml"
    file.write_text(GRAPH.format(path.format(place.parent)))
    said = told(lambda: read_scenario(file).scenario.population.graph.build())
    assert "\n" not in said
    assert "root:x" not in said
    assert everything(place.parent) == {**before, str(file): file.read_bytes()}


@pytest.mark.parametrize("field", ["arrivals: {{path: {}}}", "epidemic: {{contacts: {}}}"])
def test_other_files_that_a_scenario_names_are_not_opened_when_it_is_read(field: str, place: Path) -> None:
    os.mkfifo(place / "pipe.csv")  # which would wait for ever
    (place / "s.yaml").write_text(
        "population: {graph: {type: scale_free, people: 50, mean_degree: 4, seed: 1}}\nbehaviour: {}\n"
        + field.format("pipe.csv")
    )
    read_scenario(place / "s.yaml")


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("read", [read_scenario, read_study])
def test_tags_make_nothing(tag: str, read: object, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (place / "s.yaml").write_text(f"days: {tag}\n")
    assert "tags (" in told(lambda: read(place / "s.yaml"))  # type: ignore[operator]
    assert not (place / "made").exists()


@pytest.mark.parametrize("read", [read_scenario, read_study])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LAUGHS, "anchors (&a0) are not used here"),
        ("a: &a [*a]\n", "aliases (*a) are not used here"),
        ("a: &a {x: 1}\nb: {<<: *a}\n", "aliases (*a) are not used here"),
        ("days: 1\ndays: 2\n", "'days' is given twice"),
        ("days: 1\n---\ndays: 2\n", "a second document begins"),
        ("a: " + "[" * 10_000, "nested 40 levels deep at most"),
        ("a: " + "{b: " * 10_000, "nested 40 levels deep at most"),
        ("- " * 10_000, "nested 40 levels deep at most"),
        ("days: " + "9" * 5_000, "numbers must have 400 characters at most"),
        ("days: \x07\n", "character U+0007 may not stand"),
        ("%YAML 9.9\n---\ndays: 1\n", "this is not YAML"),
    ],
)
def test_yaml_that_is_a_trap(read: object, text: str, said: str, place: Path) -> None:
    (place / "s.yaml").write_text(text)
    lines = told(lambda: read(place / "s.yaml")).split("\n")  # type: ignore[operator]
    assert any(said in line for line in lines)
    assert max(map(len, lines)) < 1_000
