"""Parts, their merging, the manifest, and what is lost when something is torn, damaged or full."""

from __future__ import annotations

import errno
import json
import os

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim import writing
from infodemic_sim.errors import OutputExistsError, ResultFileError, UnwritableError
from infodemic_sim.measures.tidy import Labels
from infodemic_sim.study.store import read_parquet
from infodemic_sim.sweeps import manifest
from infodemic_sim.sweeps.locks import is_held
from infodemic_sim.sweeps.manifest import held_by, known_contents, noted
from infodemic_sim.sweeps.parts import MERGED_AT_ONCE, PartFile, mergeable, parts_in
from infodemic_sim.sweeps.rows import Ran, failed
from infodemic_sim.sweeps.store import opened

ALL = np.array(["all", "all"], object)
LABELS = {
    "two": Labels(
        np.array([0.0, 1.0]), (np.array(["all", "a"], object), ALL, ALL, np.array(["reach"] * 2, object))
    )
}


def made(number):
    return Ran(f"{number:024x}", "two", np.array([number, number + 0.5]))


def fill(out, numbers, writer="1of1"):
    with opened(out, writer) as store:
        for number in numbers:
            store.add([made(number)], LABELS)
            store.close_part()


def held(out):
    """All rows of all parts that count, by run."""
    found = {}
    for part in parts_in(out):
        for run, rows in read_parquet(part.path).groupby("run"):
            assert run not in found
            found[run] = rows["value"].tolist()
    return found


def everything(numbers):
    return {made(number).run: made(number).values.tolist() for number in numbers}


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=4))
def test_every_run_is_there_once_however_often_the_store_is_opened(tmp_path_factory, sizes):
    out, first = tmp_path_factory.mktemp("store"), 0
    for size in sizes:
        fill(out, range(first, first + size))
        first += size
    assert held(out) == everything(range(first))
    with opened(out, "1of1") as store:
        assert store.done() == dict.fromkeys(everything(range(first)), False)
    assert len(parts_in(out)) <= (MERGED_AT_ONCE - 1) * 3


def test_a_run_that_failed_is_one_row_with_its_error(tmp_path):
    with opened(tmp_path, "1of1") as store:
        store.add([made(1), failed("f" * 24, "out of\norder")], LABELS)
    rows = read_parquet(parts_in(tmp_path)[0].path)
    bad = rows[rows["run"] == "f" * 24]
    assert bad["error"].tolist() == ["out of order"]
    assert bad[["day", "value", "measure"]].isna().all(axis=None)
    assert rows["error"].notna().sum() == 1


def test_failed_runs_can_be_forgotten(tmp_path):
    with opened(tmp_path, "1of1") as store:
        store.add([made(1), failed("f" * 24, "no")], LABELS)
    with opened(tmp_path, "1of1") as store:
        store.forget_failed({"f" * 24})
        assert store.done() == {made(1).run: False}
    assert held(tmp_path) == everything([1])


def test_failed_runs_are_forgotten_by_whoever_owns_them_now(tmp_path):
    """Also where others wrote them, who are at work and have merged parts since this one has started."""
    runs = [letter * 24 for letter in "cdef"]
    with opened(tmp_path, "1of2") as one:
        with opened(tmp_path, "2of2") as other:
            for number, run in enumerate(runs):
                other.add([made(number), failed(run, "no")], LABELS)
                other.close_part()
        one.forget_failed({runs[0], made(0).run})
        assert one.done() == {**dict.fromkeys(everything(range(4)), False), **dict.fromkeys(runs[1:], True)}
        with opened(tmp_path, "2of2") as other:
            one.forget_failed({runs[1]})
            for number in range(4, MERGED_AT_ONCE):
                other.add([made(number)], LABELS)
                other.close_part()
            assert len(parts_in(tmp_path)) == 1  # and its line says what it holds
            assert {run for run, bad in known_contents(tmp_path, "2of2").popitem()[1].items() if bad} == {
                *runs[2:]
            }
            one.forget_failed({*runs[2:]})
        assert one.done() == dict.fromkeys(everything(range(MERGED_AT_ONCE)), False)
    assert held(tmp_path) == everything(range(MERGED_AT_ONCE))


def test_who_only_looks_is_not_at_work(tmp_path, monkeypatch):
    """The state of a study may be asked for at any time, also as another process begins."""
    with opened(tmp_path, "1of3"):
        pass
    looking = FileLock(tmp_path / ".locks" / "1of3.lock")
    looking.acquire()
    monkeypatch.setattr("time.sleep", lambda seconds: looking.release())
    with opened(tmp_path, "1of2"):
        pass


@pytest.mark.parametrize("cut", [0, 1, 17, 60])
def test_a_torn_manifest_loses_nothing(tmp_path, cut):
    fill(tmp_path, range(3))
    manifest = tmp_path / "manifest-1of1.jsonl"
    text = manifest.read_bytes()
    manifest.write_bytes(text[: len(text) - cut] if cut else b"")
    found = known_contents(tmp_path, "1of1").values()
    assert {run for each in found for run in each} == set(everything(range(3)))
    fill(tmp_path, range(3, 5))
    assert held(tmp_path) == everything(range(5))
    assert [line["part"] for line in noted(tmp_path)]


def test_what_a_merge_left_behind_counts_no_more(tmp_path):
    """As if the process had been killed after the merged part was there, before the others were gone."""
    fill(tmp_path, range(MERGED_AT_ONCE - 1))
    copies = {part.path: part.path.read_bytes() for part in parts_in(tmp_path)}
    fill(tmp_path, [MERGED_AT_ONCE - 1])
    assert [part.span for part in parts_in(tmp_path)] == [MERGED_AT_ONCE]
    for path, content in copies.items():
        path.write_bytes(content)
    (tmp_path / "runs" / ".part-1of1-00000099-00000099.parquet-abc.parquet").write_bytes(b"half")
    assert held(tmp_path) == everything(range(MERGED_AT_ONCE))
    with opened(tmp_path, "1of1") as store:
        assert len(store.done()) == MERGED_AT_ONCE
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_a_damaged_part_is_named(tmp_path):
    fill(tmp_path, range(2))
    path = parts_in(tmp_path)[0].path
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ResultFileError, match=f"{path.name}.*damaged: delete it"), opened(tmp_path, "1of1"):
        pass
    path.unlink()
    fill(tmp_path, [0])
    assert held(tmp_path) == everything(range(2))


def test_a_bit_turned_in_a_part_is_named(tmp_path):
    fill(tmp_path, range(2))
    path = parts_in(tmp_path)[1].path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ResultFileError, match=f"{path.name}.*damaged: delete it"), opened(tmp_path, "1of1"):
        pass


def test_a_part_that_was_deleted_is_to_be_made_again(tmp_path):
    fill(tmp_path, range(3))
    parts_in(tmp_path)[1].path.unlink()
    with opened(tmp_path, "1of1") as store:
        assert set(store.done()) == set(everything([0, 2]))


def test_a_full_disk_is_told_and_what_was_written_is_safe(tmp_path, monkeypatch):
    fill(tmp_path, range(2))

    def full(path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing, "synced", full)
    with pytest.raises(UnwritableError, match="No space left on device"):
        fill(tmp_path, [2])
    monkeypatch.undo()
    assert held(tmp_path) == everything(range(2))
    assert not [name for name in os.listdir(tmp_path / "runs") if name.startswith(".")]


def test_writers_do_not_meet(tmp_path):
    with opened(tmp_path, "1of2") as one, opened(tmp_path, "2of2") as other:
        one.add([made(1)], LABELS)
        other.add([made(2)], LABELS)
        for writer in ("1of2", "1of1", "1of3"):
            with (
                pytest.raises(OutputExistsError, match="another process is at work"),
                opened(tmp_path, writer),
            ):
                pass
    assert held(tmp_path) == everything([1, 2])
    assert not any(is_held(path) for path in (tmp_path / ".locks").glob("*.lock"))


def test_what_waits_is_written_when_something_else_goes_wrong(tmp_path):
    def interrupted():
        with opened(tmp_path, "1of1") as store:
            store.add([made(1)], LABELS)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert held(tmp_path) == everything([1])


def test_parts_are_merged_when_there_are_many_of_one_size():
    def parts(*spans):
        found, first = [], 0
        for span in spans:
            found.append(PartFile(None, "1of1", first, first + span - 1))
            first += span
        return found

    many = MERGED_AT_ONCE
    assert mergeable(parts(*[1] * (many - 1))) == []
    assert mergeable(parts(many, *[1] * many)) == parts(many, *[1] * many)[1:]
    assert mergeable(parts(*[1] * (many - 1), many, 1)) == []


def test_a_part_tells_what_it_holds(tmp_path):
    fill(tmp_path, [5])
    path = parts_in(tmp_path)[0].path
    assert held_by(path) == {made(5).run: False}
    line = json.loads((tmp_path / "manifest-1of1.jsonl").read_text())
    assert line["bytes"] == path.stat().st_size


def meanwhile(monkeypatch, owner, name, does, calls=1):
    """Do something, as another shard would, before each of the first calls of a function."""
    real, left = getattr(owner, name), [calls]

    def first(*words):
        if left[0]:
            left[0] -= 1
            does()
        return real(*words)

    monkeypatch.setattr(owner, name, first)


@pytest.mark.parametrize("moment", ["noted", "parts_in", "digest", "held_by"])
def test_another_shard_merges_while_one_starts(tmp_path, monkeypatch, moment):
    """Whether the merge comes before or after the manifests, the parts or what is in them are read."""
    fill(tmp_path, range(MERGED_AT_ONCE - 1), "1of2")
    fill(tmp_path, [99], "2of2")
    if moment == "held_by":
        (tmp_path / "manifest-1of2.jsonl").write_text("")
    meanwhile(monkeypatch, manifest, moment, lambda: fill(tmp_path, [50], "1of2"))
    with opened(tmp_path, "2of2") as store:
        known = set(store.done()) | set(everything([50]))  # which another shard makes in any case
        assert known == set(everything([*range(MERGED_AT_ONCE - 1), 50, 99]))


def test_another_shard_closes_a_part_after_one_has_started(tmp_path):
    """What it has added is its own, and so no matter whether it is known."""
    with opened(tmp_path, "2of2") as store:
        fill(tmp_path, range(MERGED_AT_ONCE + 3), "1of2")
        assert store.done() == {}
        store.add([made(99)], LABELS)
    assert held(tmp_path) == everything([*range(MERGED_AT_ONCE + 3), 99])


def test_own_parts_merged_meanwhile_are_told_once(tmp_path):
    with opened(tmp_path, "1of1") as store:
        for number in range(MERGED_AT_ONCE + 1):
            store.add([made(number)], LABELS)
            store.close_part()
        assert set(store.done()) == set(everything(range(MERGED_AT_ONCE + 1)))
        assert len(store.contents) == 2


def test_a_name_without_a_file_is_told(tmp_path):
    fill(tmp_path, [0])
    part = parts_in(tmp_path)[0].path
    part.unlink()
    part.symlink_to(tmp_path / "nowhere")
    with pytest.raises(ResultFileError, match="the name is there, but no file"), opened(tmp_path, "1of1"):
        pass
