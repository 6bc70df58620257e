"""Results that cannot be written: told in a sentence, and never a mixture that reads as a whole."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import OutputExistsError, ResultFileError, UnwritableError
from infodemic_sim.study import store
from infodemic_sim.study.store import copy_out
from infodemic_sim.writing import replacing, writing
from tests.study.tiny import plans


@pytest.fixture(scope="module")
def made() -> Comparison:
    return compare(plans(), replicates=1, seed=1)


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_and_the_file_before_stays(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("before")
    told = r"table\.csv: this cannot be written \(No space left"
    with pytest.raises(UnwritableError, match=told), replacing(path) as scratch:  # noqa: PT012
        scratch.write_text("half")
        raise full()
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["table.csv"]


def test_what_duckdb_says_is_told_in_the_systems_words(tmp_path):
    said = 'Async write failed: {"exception_type":"IO","errno":"28"}'
    with pytest.raises(UnwritableError, match=r"\(No space left on device\)"), writing(tmp_path):
        raise duckdb.IOException(said)


@pytest.mark.parametrize(
    ("error", "words"),
    [(OSError("8192 requested and 4096 written"), "8192 requested.*"), (OSError(), "OSError")],
)
def test_a_library_that_names_no_number_is_told_in_its_own_words(tmp_path, error, words):
    with pytest.raises(UnwritableError, match=rf"\({words}\): make room"), writing(tmp_path):
        raise error


@pytest.mark.parametrize("other", [ZeroDivisionError("no"), OutputExistsError("there already")])
def test_other_mistakes_stay_what_they_are(tmp_path, other):
    with pytest.raises(type(other)), writing(tmp_path):
        raise other


def test_duckdb_writes_in_place(tmp_path):
    with duckdb.connect() as database:
        copy_out(database, "SELECT 1 AS one", tmp_path / "one.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["one.parquet"]


@pytest.mark.parametrize("after", range(1, 7))
def test_what_overwriting_leaves_behind_are_the_new_runs_or_none(made, tmp_path, monkeypatch, after):
    """Stopped after so many files: those are new, and can be read once runs and description are there."""
    store.write_tables(made, tmp_path)
    for name in store.FIGURES_AND_REPORT:
        (tmp_path / name).write_text("of the results before")
    calls = []

    def stopping(path: Path):
        calls.append(path)
        if len(calls) == after:
            raise full()
        return replacing(path)

    monkeypatch.setattr(store, "replacing", stopping)
    with pytest.raises(OSError, match="No space"):
        store.write_tables(replace(made, seed=made.seed + 1), tmp_path, overwrite=True)
    assert len(list(tmp_path.iterdir())) == after - 1
    if after > 2:
        assert Comparison.load(tmp_path).seed == made.seed + 1
        return
    with pytest.raises(ResultFileError, match="no results that can be read"):
        Comparison.load(tmp_path)


@pytest.mark.parametrize("place", ["/proc/nowhere/out", "file/out"])
def test_where_nothing_can_be_written_nothing_is_run(tmp_path, monkeypatch, place):
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    ran = []
    with pytest.raises(UnwritableError, match="cannot be written"):
        compare(plans(), replicates=1, seed=1, out=Path(place), progress=lambda *done: ran.append(done))
    assert not ran
