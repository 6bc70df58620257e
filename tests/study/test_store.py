"""What is written can be read, appears whole, and says where it came from."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import OutputExistsError, ResultFileError
from infodemic_sim.graphs.registry import graph_source
from infodemic_sim.plugins import packages_of
from infodemic_sim.study.effects import FULL_CODEBOOK
from infodemic_sim.study.store import write_tables
from infodemic_sim.writing import replacing
from tests.study.tiny import PEOPLE, PROMPT, TODAY, plans


@pytest.fixture(scope="module")
def made() -> Comparison:
    recipe = graph_source("scale_free")(people=200, mean_degree=10.0, seed=1)
    today = TODAY.but(population=PEOPLE.but(graph=recipe))
    return compare({"today": today, "prompt": today.but(interventions=[PROMPT])}, replicates=2, seed=9)


def test_a_loaded_comparison_is_the_one_written(made: Comparison, tmp_path: Path) -> None:
    write_tables(made, tmp_path / "a", csv=True)
    loaded = Comparison.load(tmp_path / "a")
    pd.testing.assert_frame_equal(loaded.runs, made.runs, check_exact=True)
    assert (loaded.names, loaded.seed, loaded.replicates) == (made.names, made.seed, made.replicates)
    assert loaded.plans == made.plans
    again = compare(loaded.plans, replicates=loaded.replicates, seed=loaded.seed)
    assert again.runs.equals(made.runs)
    table = pd.read_csv(tmp_path / "a" / "runs.csv", dtype={"value": str})  # old pandas read floats roughly
    assert table["value"].astype(float).equals(made.runs["value"])


def test_equal_results_give_equal_bytes(made: Comparison, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_tables(made, tmp_path / name)
    for one in sorted((tmp_path / "a").iterdir()):
        assert one.read_bytes() == (tmp_path / "b" / one.name).read_bytes(), one.name


def test_provenance_says_all(made: Comparison, tmp_path: Path) -> None:
    write_tables(made, tmp_path)
    said = json.loads((tmp_path / "provenance.json").read_text())
    assert said["plans"]["prompt"]["scenario"]["interventions"][0]["type"] == "accuracy_prompt"
    assert said["plans"]["today"]["digest"] == made.plans["today"].digest()
    assert (said["seed"], said["finished"], said["interrupted"]) == (9, [0, 1], False)
    assert said["packages"]["numpy"]
    assert said["outside_agents"] is False


def test_a_plan_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    def act(world: object) -> None: ...

    asked = {"today": TODAY, "mine": TODAY.but(interventions=[act])}
    write_tables(compare(asked, replicates=1, seed=1), tmp_path)
    said = json.loads((tmp_path / "provenance.json").read_text())["plans"]
    assert "made in memory" in said["today"]["not_written"]
    assert said["today"]["digest"] == TODAY.digest()
    assert "cannot be written down" in said["mine"]["not_written"]
    loaded = Comparison.load(tmp_path)
    assert loaded.names == ("today", "mine")
    assert dict(loaded.plans) == {}
    assert len(loaded.effects())


def test_an_interrupted_study_says_so(tmp_path: Path) -> None:
    def stop(finished: int, total: int) -> None:
        raise KeyboardInterrupt

    compare(plans(), replicates=5, seed=1, progress=stop, out=tmp_path)
    said = json.loads((tmp_path / "provenance.json").read_text())
    assert said["interrupted"]
    assert said["progress"] == "1 of 5 replicates finished"


def test_the_codebook_holds_every_measure(made: Comparison, tmp_path: Path) -> None:
    write_tables(made, tmp_path)
    table = pd.read_csv(tmp_path / "codebook.csv")
    assert list(table["name"]) == [measure.name for measure in FULL_CODEBOOK]
    assert set(made.runs["measure"]) | set(made.effects()["measure"]) <= set(table["name"])


def test_results_are_replaced_only_when_asked(made: Comparison, tmp_path: Path) -> None:
    write_tables(made, tmp_path)
    with pytest.raises(OutputExistsError, match="say overwrite"):
        write_tables(made, tmp_path)
    write_tables(made, tmp_path, overwrite=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputExistsError, match="in the way"):
        write_tables(made, tmp_path / "file")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def fail() -> None:
        with replacing(tmp_path / "x.txt") as scratch:
            scratch.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultFileError, match="no results that can be read"):
        Comparison.load(tmp_path)
    (tmp_path / "provenance.json").write_text("{}")
    with pytest.raises(ResultFileError):
        Comparison.load(tmp_path)


def test_provenance_fixes_the_files_that_were_read(tmp_path: Path) -> None:
    ties, people = tmp_path / "ties.csv", tmp_path / "people.csv"
    ties.write_text("".join(f"{k},{(k + 1) % 20}\n" for k in range(20)), "utf-8")
    people.write_text("id,town\n" + "".join(f"{k},north\n" for k in range(20)), "utf-8")
    graph = ids.graphs.GraphFile(path=str(ties), attributes=str(people))
    made_of_it = ids.graphs.Rewired(graph=graph, seed=1)
    some = ids.Scenario(
        population=ids.Population(graph=graph), platforms=[ids.Platform(graph=made_of_it)], days=1, warm_up=0
    )
    ids.compare(
        {"a": some, "b": some.but(interventions=[PROMPT])}, seed=1, replicates=2, out=tmp_path / "out"
    )
    said = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))["files"]
    assert said == {str(path): sha256(path.read_bytes()).hexdigest() for path in (ties, people)}


class OfAPackage(ids.Intervention):
    """Does nothing."""


def test_provenance_names_the_packages_of_plug_ins(tmp_path: Path, offered: Any) -> None:
    scenario = TODAY.but(interventions=[OfAPackage()])
    assert packages_of(scenario) == {}
    offered(OfAPackage)
    assert packages_of(scenario) == {"of-tests": "1.5"}
    assert packages_of(TODAY) == {}
