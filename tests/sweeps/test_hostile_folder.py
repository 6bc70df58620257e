"""A folder of a study in which somebody has changed something is refused, and nothing outside is touched."""

from __future__ import annotations

import json
import shutil

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError, OutputExistsError, ResultFileError, UnwritableError
from infodemic_sim.report.study_page import study_html
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.manifest import noted
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.status import status
from tests.sweeps.tiny import PLANS, study

RECORDS = {
    "no names of plans": {"plans": []},
    "plans twice": {"plans": ["a", "a"]},
    "numbers for plans": {"plans": [1, 2]},
    "plans in a text": {"plans": "today"},
    "a text for runs": {"runs": "many"},
    "another outcome": {"primary": "<script>"},
    "no study": {"study": None},
    "a list for parameters": {"parameters": [["x"]]},
    "a parameter that is no column": {"parameters": ['x"; DROP VIEW runs; --']},
    "a version in a list": {"model_version": ["\n"] * 9},
}
LINES = {
    "a path that climbs": {"part": "../../secret.parquet", "bytes": 1, "at": 0, "runs": {}},
    "an absolute path": {"part": "/etc/passwd", "bytes": 1, "at": 0, "runs": {}},
    "a list for a name": {"part": ["x"], "bytes": 1, "at": 0, "runs": {}},
    "texts for runs": {"part": "part-1of1-00000000-00000000.parquet", "bytes": 1, "at": 0, "runs": "abc"},
    "numbers for failures": {
        "part": "part-1of1-00000000-00000000.parquet",
        "bytes": 1,
        "at": 0,
        "runs": {"a": 7},
    },
    "a text for a time": {"part": "part-1of1-00000000-00000000.parquet", "bytes": 1, "at": "now", "runs": {}},
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study") / "whole"
    ids.sweep(study(), folder, workers=1)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "copy")


def opened(folder):
    status(folder)
    return study_html(Results(folder))


def refused(folder, kind=InfodemicError):
    with pytest.raises(kind) as refusal:
        opened(folder)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 1_000
    return str(refusal.value)


@pytest.mark.parametrize("kind", RECORDS)
def test_records_that_make_no_sense(kind, folder):
    said = json.loads((folder / "study.json").read_text("utf-8"))
    (folder / "study.json").write_text(json.dumps({**said, **RECORDS[kind]}))
    refused(folder)


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000, "\x00"])
def test_records_that_are_none(text, folder):
    (folder / "study.json").write_text(text)
    assert "holds no study that can be read" in refused(folder)


@pytest.mark.parametrize("kind", LINES)
def test_lines_of_a_manifest_that_make_no_sense_are_passed_over(kind, folder):
    before = opened(folder)
    with (folder / "manifest-1of1.jsonl").open("a") as stream:
        stream.write("\n" + json.dumps(LINES[kind]) + "\n" + "[" * 100_000)
    assert LINES[kind] not in list(noted(folder))
    assert opened(folder) == before


@pytest.mark.parametrize("name", ["design.parquet", "runs/part-1of1-00000000-00000000.parquet"])
def test_damaged_tables(name, folder):
    (folder / name).write_bytes(b"PAR1" + b"\xff" * 100 + b"PAR1")
    refused(folder, ResultFileError)


def test_a_mistake_in_a_question_is_one_sentence(whole):
    with pytest.raises(ResultFileError, match="this question has no answer") as refusal:
        Results(whole).query("SELECT\nnothing FROM\nnowhere")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["it's", "a*b", "[x]"])
def test_a_folder_is_taken_by_its_name(name, whole, tmp_path):
    copy = shutil.copytree(whole, tmp_path / name)
    assert Results(copy).effects().equals(Results(whole).effects())


MORE = study(replicates=3)
LOCK = f".locks/1of1-{agenda_of(MORE).form}.lock"


@pytest.mark.parametrize("link", ["manifest-1of1.jsonl", LOCK], ids=["manifest", "lock"])
def test_links_that_lead_out_of_the_folder_are_not_written_to(link, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("keep me\n")
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).unlink(missing_ok=True)
    (folder / link).symlink_to(outside)
    with pytest.raises((OutputExistsError, UnwritableError), match="a link that leads elsewhere: delete it"):
        ids.sweep(MORE, folder, workers=1)
    status(folder)
    assert outside.read_text() == "keep me\n"


@pytest.mark.parametrize("name", ["x.lock", "of.lock", "1of1of1.lock", "..lock"])
def test_odd_locks_stop_nobody(name, folder):
    (folder / ".locks").mkdir(exist_ok=True)
    (folder / ".locks" / name).write_text("")
    assert ids.sweep(study(replicates=3), folder, workers=1).effects()["plan"].nunique() == len(PLANS) - 1
