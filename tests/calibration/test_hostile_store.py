"""A calibration in which somebody has changed something is refused in one sentence."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from infodemic_sim.calibration import calibrate, read_posterior
from infodemic_sim.calibration.store import BEFORE, GENERATIONS, LOCK, POINTS, PREDICTIONS, QUESTION
from infodemic_sim.errors import OutputExistsError, ResultFileError
from infodemic_sim.study.store import write_parquet
from infodemic_sim.study.written import read_parquet
from tests.calibration.small import PATHS, SMALL

QUESTIONS = {
    "parameters in a list": {"parameters": ["x"]},
    "other parameters": {"parameters": {'"; DROP': {}}},
    "no method": {"method": None},
    "a text for a seed": {"seed": "4"},
    "no evidence": {"observed": []},
    "evidence without names": {"observed": {"names": []}},
    "evidence of other lengths": {"observed": {"names": ["a"], "values": [1, 2]}},
    "a version in a list": {"model_version": [1]},
}
TABLES = {
    "a weight below 0": (POINTS, lambda table: table.assign(weight=-1.0)),
    "no weight": (POINTS, lambda table: table.assign(weight=0.0)),
    "weights that are none": (POINTS, lambda table: table.assign(weight=np.nan)),
    "no points": (POINTS, lambda table: table.iloc[:0]),
    "texts": (BEFORE, lambda table: table.assign(**{PATHS[0]: "<script>"})),
    "a column less": (BEFORE, lambda table: table.drop(columns=PATHS[0])),
    "other numbers": (PREDICTIONS, lambda table: table.rename(columns={table.columns[0]: "x"})),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    out = tmp_path_factory.mktemp("calibration") / "whole"
    calibrate(SMALL, out, predictions=3, workers=1)
    return out


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "copy")


def refused(folder):
    with pytest.raises(ResultFileError) as refusal:
        read_posterior(folder)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_questions_that_make_no_sense(kind, folder):
    said = json.loads((folder / QUESTION).read_text("utf-8"))
    (folder / QUESTION).write_text(json.dumps({**said, **QUESTIONS[kind]}))
    refused(folder)


@pytest.mark.parametrize("kind", TABLES)
def test_tables_that_make_no_sense(kind, folder):
    name, change = TABLES[kind]
    write_parquet(change(read_parquet(folder / name)), folder / name)
    refused(folder)


@pytest.mark.parametrize("text", ["", "a,a\n1,2\n", "threshold,runs,effective\nx,1,1\n", "\x00", '"'])
def test_generations_that_make_no_sense(text, folder):
    (folder / GENERATIONS).write_text(text)
    refused(folder)


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000])
def test_what_is_no_question(text, folder):
    (folder / QUESTION).write_text(text)
    refused(folder)


def test_a_lock_that_leads_out_of_the_folder_is_not_opened(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("keep me\n")
    (folder / LOCK).unlink(missing_ok=True)
    (folder / LOCK).symlink_to(outside)
    with pytest.raises(OutputExistsError, match="a link that leads elsewhere: delete it"):
        calibrate(SMALL, folder, predictions=3, workers=1)
    assert outside.read_text() == "keep me\n"
