"""Results of a study as tables: the same numbers as a comparison."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError, ParameterError, ResultFileError, UnknownNameError
from infodemic_sim.study.written import parquet
from infodemic_sim.sweeps import manifest
from infodemic_sim.sweeps import results as results_file
from infodemic_sim.sweeps import status as stands
from infodemic_sim.sweeps import store as stores
from infodemic_sim.sweeps.parts import PartFile, part_path, parts_in
from infodemic_sim.sweeps.rows import failed
from infodemic_sim.sweeps.status import status
from infodemic_sim.sweeps.store import opened
from tests.sweeps.tiny import GRID, PLANS, RECALL, Broken, study

SAME = ["baseline", "value", "difference", "low", "high", "relative", "probability_of_benefit", "pairs"]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return ids.sweep(study(replicates=3), tmp_path_factory.mktemp("results") / "out")


@pytest.mark.parametrize("measure", ["misinformed", "reach_false", "staff_minutes"])
def test_effects_are_those_of_a_comparison(results, measure):
    point = study().points()[3]
    compared = ids.compare(study().plans_at(point), replicates=3, seed=3).effects()
    everybody = (compared[["platform", "topic", "subgroup"]] == "all").all(axis=1)
    theirs = compared[everybody & (compared["measure"] == measure)].set_index("plan")
    ours = results.effects(measure)
    ours = ours[ours["point"] == 3].set_index("plan")
    assert list(ours.index) == ["label", "prompt"]
    assert np.array_equal(
        ours[SAME].to_numpy(float), theirs.loc[ours.index, SAME].to_numpy(float), equal_nan=True
    )
    assert ours[RECALL].eq(point[RECALL]).all()


def test_values_have_a_row_for_each_plan_point_and_replicate(results):
    values = results.values("misinformed", subgroup="all")
    assert len(values) == 4 * 3 * 3
    assert list(values.columns) == ["point", "plan", "replicate", *results.parameters, "value"]
    part = results.values("people", subgroup="literacy=basic")
    assert 0 < part["value"].iloc[0] < results.values("people")["value"].iloc[0]


@pytest.mark.parametrize("part", ["platform", "topic", "subgroup"])
def test_a_part_that_no_run_has_is_refused(results, part):
    for ask in (results.values, results.effects):
        with pytest.raises(UnknownNameError, match=f"^no run has the {part} 'vacines'"):
            ask("misinformed", **{part: "vacines"})


def test_both_tables_can_be_asked_in_sql(results):
    found = results.query(
        "SELECT plan, count(DISTINCT run) AS n FROM design JOIN runs USING (run) GROUP BY plan"
    )
    assert dict(zip(found["plan"], found["n"], strict=True)) == {"today": 6, "label": 12, "prompt": 6}


def test_the_folder_says_what_it_takes_to_make_it_again(results):
    said = results.record
    assert ids.Study(**said["study"]) == study(replicates=3)
    assert (said["seed"], said["replicates"], said["plans"]) == (3, 3, list(PLANS))
    assert said["parameters"] == sorted(GRID.parameters)


def test_status_of_a_study_that_is_finished(results):
    found = status(results.folder)
    assert (found.runs, found.made, found.failed, found.left) == (24, 24, 0, 0)
    assert (found.at_work, found.seconds_left) == (0, None)
    assert found.bytes > 1000


def test_status_reads_parts_whose_lines_speak_of_other_bytes(tmp_path, monkeypatch):
    """As where a process was killed when it had written a part anew, before it could say so."""
    out = tmp_path / "out"
    with opened(out, "1of1") as store:
        store.add([failed("a" * 24, "no"), failed("b" * 24, "no")], {})
    monkeypatch.setattr(stores, "note", lambda *words: None)
    with opened(out, "1of1") as store:
        store.forget_failed({"a" * 24})
    monkeypatch.setattr("infodemic_sim.sweeps.status.read_record", lambda out: {"runs": 2})
    assert status(out)[:4] == (2, 1, 1, 1)


@pytest.mark.parametrize(("ahead", "left"), [(0.0, 30.0), (3600.0, None)])
def test_time_left_is_never_told_from_the_future(monkeypatch, ahead, left):
    """As after the clock was set back."""
    lines = [
        {
            "part": f"part-1of1-{k:08d}-{k:08d}.parquet",
            "at": 1000.0 + 10.0 * k + ahead,
            "runs": dict.fromkeys("ab"),
        }
        for k in range(3)
    ]
    monkeypatch.setattr(stands.time, "time", lambda: 1030.0)
    assert stands._time_left(lines, 4) == left


def test_status_counts_what_failed(tmp_path, offered):
    offered(Broken)
    plan = study(
        scenario=study().scenario.but(interventions=[Broken()]),
        plans={"today": (), "broken": ("broken",)},
        design=ids.Listed(rows=[{}]),
    )
    ids.sweep(plan, tmp_path / "out")
    assert status(tmp_path / "out")[:4] == (4, 4, 2, 0)


def test_one_plan_alone_has_values_and_no_effects(tmp_path):
    found = ids.sweep(study(plans={"today": ()}), tmp_path / "out")
    assert len(found.values("misinformed")) == 4 * 2
    with pytest.raises(ParameterError, match="one plan only"):
        found.effects()


def test_refused(results, tmp_path):
    with pytest.raises(InfodemicError, match="happiness"):
        results.values("happiness")
    for ask in (ids.Results, status):
        with pytest.raises(ResultFileError, match="holds no study that can be read"):
            ask(tmp_path)


def test_before_the_first_run_is_finished(results, tmp_path):
    for name in ("study.json", "design.parquet"):
        (tmp_path / name).write_bytes((results.folder / name).read_bytes())
    with pytest.raises(ResultFileError, match="no run has finished yet"):
        ids.Results(tmp_path).values("misinformed")
    assert status(tmp_path).made == 0


def test_status_while_another_process_merges(results, tmp_path, monkeypatch):
    """The list of parts is of a moment ago, when one that a merge has replaced was still there."""
    out = tmp_path / "out"
    shutil.copytree(results.folder, out)
    real, gone = stands.parts_in, PartFile(part_path(out, "1of2", 7, 7), "1of2", 7, 7)
    lists = iter([[*real(out), gone]])
    monkeypatch.setattr(stands, "parts_in", lambda folder: next(lists, None) or real(folder))
    assert status(out)[:4] == (24, 24, 0, 0)


@pytest.fixture
def copied(results, tmp_path):
    return shutil.copytree(results.folder, tmp_path / "copy")


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def test_a_bit_turned_in_a_part_is_noticed_by_who_reads_it(copied):
    """Parquet need not: wrong numbers were read."""
    before = ids.Results(copied)
    assert len(before.values("misinformed")) == 4 * 3 * 3
    flip(parts_in(copied)[0].path)
    for found in (before, ids.Results(copied)):
        with pytest.raises(ResultFileError, match=r"part-1of1-.*the file is damaged: delete it"):
            found.values("misinformed")


def test_parts_are_looked_at_once(copied, monkeypatch):
    looked = []
    monkeypatch.setattr(
        manifest, "digest", lambda path, real=manifest.digest: looked.append(path) or real(path)
    )
    found = ids.Results(copied)
    for _ in range(3):
        found.values("misinformed")
    assert sorted(looked) == [part.path for part in parts_in(copied)]


def test_a_part_that_a_merge_replaces_while_it_is_read(copied, monkeypatch):
    real, gone = manifest.parts_in, PartFile(part_path(copied, "1of2", 7, 7), "1of2", 7, 7)
    gone.path.write_bytes(real(copied)[0].path.read_bytes())
    monkeypatch.setattr(
        results_file, "parquet", lambda *paths: gone.path.unlink(missing_ok=True) or parquet(*paths)
    )
    assert len(ids.Results(copied).values("misinformed")) == 4 * 3 * 3


def test_status_without_a_manifest_reads_the_parts(copied):
    whole = status(copied)
    next(copied.glob("manifest-*.jsonl")).unlink()
    assert status(copied)._replace(bytes=0) == whole._replace(bytes=0)
    assert whole.made == whole.runs == 24
