"""A folder of results in which somebody has changed something is refused in one sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import InfodemicError, ResultFileError
from infodemic_sim.study import written
from infodemic_sim.study.comparison import categorised
from infodemic_sim.study.provenance import runs_digest
from infodemic_sim.study.store import PROVENANCE, RUNS, write_parquet, write_tables
from infodemic_sim.study.written import read_parquet
from tests.study.tiny import plans

DESCRIPTIONS: dict[str, dict[str, Any]] = {
    "plans in a list": {"plans": ["today"]},
    "no plans": {"plans": {}},
    "plans that are texts": {"plans": {"today": "x"}},
    "a switch for a seed": {"seed": True},
    "a text for a seed": {"seed": "1"},
    "no replicates": {"finished": []},
    "replicates twice": {"finished": [0, 0]},
    "replicates that are texts": {"finished": ["0", "1"]},
    "another primary outcome": {"primary": "<script>"},
    "a list for an outcome": {"primary": ["misinformed"]},
    "more replicates": {"finished": [0, 1, 2]},
    "draws from nowhere": {"draws": {"x": 1}},
    "another digest": {"runs_digest": "0" * 32},
    "a scenario that is none": {"plans": {"today": {"scenario": {"os": "abort"}}}},
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "whole"
    write_tables(compare(plans(), replicates=2, seed=1), folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def say(folder: Path, **changes: Any) -> None:
    said = json.loads((folder / PROVENANCE).read_text("utf-8"))
    (folder / PROVENANCE).write_text(json.dumps({**said, **changes}))


def refused(folder: Path) -> str:
    with pytest.raises(InfodemicError) as refusal:
        Comparison.load(folder)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("kind", DESCRIPTIONS)
def test_descriptions_that_make_no_sense(kind: str, folder: Path) -> None:
    say(folder, **DESCRIPTIONS[kind])
    refused(folder)


@pytest.mark.parametrize(
    "text", ["", "[]", "[" * 100_000, "{" + '"a":{' * 50_000, "\x00", '{"plans": "\\ud800"}']
)
def test_descriptions_that_are_none(text: str, folder: Path) -> None:
    (folder / PROVENANCE).write_text(text)
    assert "holds no results that can be read" in refused(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda runs: runs.assign(value=runs["value"] + 1e-9), "is not what provenance.json speaks of"),
        (lambda runs: runs.iloc[1:], "is not what provenance.json speaks of"),
    ],
)
def test_numbers_that_were_changed_are_noticed(change: Any, said: str, folder: Path) -> None:
    write_parquet(change(read_parquet(folder / RUNS)), folder / RUNS)
    assert said in refused(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda runs: pd.concat([runs, runs.iloc[:1]]), "a number stands there twice"),
        (lambda runs: runs[runs["plan"] != "prompt"], "runs of other plans"),
        (lambda runs: runs.assign(replicate=runs["replicate"] + 7), "runs of other plans or replicates"),
        (lambda runs: runs.assign(value=runs["value"].astype(str)), "columns are of other kinds"),
        (lambda runs: runs.drop(columns="topic"), "KeyError"),
        (lambda runs: runs.iloc[:0], "of other"),
    ],
)
def test_tables_that_make_no_sense_even_with_their_digest(change: Any, said: str, folder: Path) -> None:
    runs = change(read_parquet(folder / RUNS))
    write_parquet(runs, folder / RUNS)
    if {"topic", "value"} <= set(runs.columns) and runs["value"].dtype == float:
        say(folder, runs_digest=runs_digest(categorised(read_parquet(folder / RUNS))))
    assert said in refused(folder)


def test_tables_are_of_a_bounded_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = read_parquet(folder / RUNS)
    monkeypatch.setattr(written, "MOST_CELLS", runs.size - 1)
    assert f"{len(runs):,} rows of 8 columns" in refused(folder)
    monkeypatch.setattr(written, "MOST_CELLS", runs.size)
    Comparison.load(folder)
    long = runs.assign(topic=runs["topic"].map(lambda name: "x" * 10_001))
    write_parquet(long, folder / RUNS)
    assert "a text of more than 10,000 bytes" in refused(folder)


def test_cells_that_hold_more_than_a_value_are_refused(folder: Path) -> None:
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT range(10) AS plan, {{'a': 1}} AS value) TO '{folder / RUNS}' (FORMAT parquet)"
        )
    assert "holds something else than numbers or texts" in refused(folder)


@pytest.mark.parametrize("name", ["a*", "a[b]", "a?", "it's", "<script>", "\u202ex", "a b"])
def test_a_folder_is_taken_by_its_name(name: str, whole: Path, tmp_path: Path) -> None:
    """A name with a star reads no other folder's numbers."""
    shutil.copytree(whole, tmp_path / "ab")
    (tmp_path / "ab" / RUNS).write_bytes(b"damaged")
    expected = Comparison.load(whole)
    assert Comparison.load(Path(shutil.copytree(whole, tmp_path / name))).runs.equals(expected.runs)
    with pytest.raises(ResultFileError):
        Comparison.load(tmp_path / "ab")
