"""Calibrations: the same bits however they are run, and files that are read again and never mixed."""

from __future__ import annotations

import builtins
import json
import random
import sqlite3
import sys

import numpy as np
import pytest
from filelock import FileLock

from infodemic_sim.calibration import calibrate, read_posterior
from infodemic_sim.calibration.ahead import here
from infodemic_sim.calibration.claim import claimed
from infodemic_sim.calibration.measured import Measured
from infodemic_sim.calibration.running import generations_of
from infodemic_sim.calibration.status import status
from infodemic_sim.calibration.store import DATABASE, DRAWS, LOCK, QUESTION, identity
from infodemic_sim.errors import OutputExistsError, ParameterError, ResultFileError
from infodemic_sim.sweeps.design import Table
from tests.calibration.small import PATHS, SMALL

PREDICTIONS = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("calibration") / "made"
    calibrate(SMALL, out, predictions=PREDICTIONS)
    return out


@pytest.fixture(scope="module")
def made(folder):
    return read_posterior(folder)


def same(one, other):
    tables = ("points", "before", "progress", "predictions")
    return all(getattr(one, name).equals(getattr(other, name)) for name in tables)


def test_points_have_weights_and_lie_in_their_ranges(made):
    assert list(made.points.columns[:4]) == [*PATHS, "weight", "misfit"]
    assert made.points["weight"].sum() == pytest.approx(1.0)
    for path, known in SMALL.priors().items():
        assert made.points[path].between(known.low, known.high).all()
    assert made.progress["threshold"].iloc[-1] == 1.0
    assert made.unfinished == ""


def test_what_is_known_is_narrower_than_before(made):
    assert (made.summary()["width_left"] < 1.0).all()
    held_out = made.check().set_index("number")["used"]
    assert held_out["loomba_2021: fall of the top two classes"] == "PREDICTED"
    assert held_out["walter_2021: belief in the accurate position"] == "FITTED"


def test_a_stopped_calibration_goes_on_with_the_same_bits(made, tmp_path):
    problem = SMALL.problem(SMALL.evidence.observed())
    with claimed(tmp_path, identity(SMALL, problem.observed)):
        assert generations_of(SMALL, problem, tmp_path, here, lambda kept: None).step()
    with pytest.raises(ResultFileError, match="not finished"):
        read_posterior(tmp_path)
    assert same(calibrate(SMALL, tmp_path, predictions=PREDICTIONS), made)


def test_workers_change_no_bit(made, tmp_path):
    told = []
    found = calibrate(
        SMALL, tmp_path, workers=2, predictions=PREDICTIONS, progress=lambda done, of: told.append((done, of))
    )
    assert same(found, made)
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)


def test_a_finished_calibration_is_read_and_not_made_again(folder, made):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert same(calibrate(SMALL, folder, predictions=PREDICTIONS), made)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_state_of_global_generators_is_left_alone(tmp_path):
    np.random.seed(3)  # noqa: NPY002
    random.seed(3)
    expected = np.random.random(), random.random()  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002
    random.seed(3)
    calibrate(SMALL, tmp_path, predictions=2)
    assert (np.random.random(), random.random()) == expected  # noqa: NPY002


def test_git_is_not_asked_and_nothing_is_printed(tmp_path, monkeypatch, capfd):
    imported = builtins.__import__

    def without_git(name, *rest):
        assert name != "git", "git was asked"
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_git)
    calibrate(SMALL, tmp_path, predictions=2)
    assert capfd.readouterr() == ("", "")


def test_the_database_holds_no_pickles(folder):
    with sqlite3.connect(folder / DATABASE) as database:
        blobs = [row[0] for row in database.execute("SELECT value FROM summary_statistics")]
        columns = [
            row[2]
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for row in database.execute(f"PRAGMA table_info({table})")
        ]
    database.close()
    assert len(blobs) > SMALL.particles
    assert all(blob.startswith(b"\x93NUMPY") for blob in blobs)
    assert columns.count("BLOB") == 1


def test_draws_are_a_design_of_a_sweep(folder, made):
    points = Table(path=str(folder / DRAWS)).points(SMALL.scenario)
    assert len(points) == SMALL.particles
    assert set(points[0]) == set(PATHS)
    kept = set(made.points[PATHS[0]].tolist())
    assert {point[PATHS[0]] for point in points} <= kept


def test_scenarios_at_draws_can_be_compared(made):
    found = made.scenarios(SMALL.scenario, 5, seed=2)
    expected = made.draws(5, seed=2)[PATHS[0]].tolist()
    assert [scenario.spread.persuasion_claim for scenario in found] == expected
    assert {scenario.population for scenario in found} == {SMALL.scenario.population}


def test_draws_come_as_often_as_they_weigh(made):
    number = 1000
    counts = made.draws(number, 7)[PATHS[0]].value_counts()
    for value, weight in zip(made.points[PATHS[0]], made.points["weight"], strict=True):
        assert abs(counts.get(value, 0) - number * weight) <= 1.0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": 5}, r"another calibration \(seed differs\)"),
        ({"particles": 13}, r"another calibration \(particles differs\)"),
        ({"parameters": {PATHS[0]: "declared"}}, r"another calibration \(parameters differs\)"),
    ],
)
def test_another_calibration_is_refused_and_nothing_is_overwritten(folder, changes, said):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputExistsError, match=said):
        calibrate(SMALL.but(**changes), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("method", ["distance", "emulator"])
def test_more_generations_go_on_with_the_bits_of_a_new_calibration(method, tmp_path):
    asked = SMALL.but(method=method, particles=20, least_acceptance=0.05)
    for generations in (2, 3):
        grown = calibrate(asked.but(generations=generations), tmp_path / "grown", predictions=PREDICTIONS)
    assert same(grown, calibrate(asked, tmp_path / "new", predictions=PREDICTIONS))
    assert same(read_posterior(tmp_path / "grown"), grown)
    with pytest.raises(OutputExistsError, match=r"generations differs"):
        calibrate(asked.but(generations=2), tmp_path / "grown")


def test_what_is_known_of_fewer_generations_is_gone_while_more_are_made(tmp_path):
    asked = SMALL.but(method="distance", least_acceptance=0.05)
    observed = asked.evidence.observed()
    calibrate(asked.but(generations=2), tmp_path, predictions=PREDICTIONS)
    with claimed(tmp_path, identity(asked, observed)):
        pass
    with pytest.raises(ResultFileError, match="not finished"):
        read_posterior(tmp_path)
    assert status(tmp_path) == (3, 2, False, False)


def test_temperatures_hang_on_how_many_generations_there_are(folder):
    with pytest.raises(OutputExistsError, match=r"another calibration \(generations differs\)"):
        calibrate(SMALL.but(generations=4), folder)


def test_another_version_of_the_model_is_refused(folder, tmp_path):
    said = json.loads((folder / QUESTION).read_text("utf-8"))
    (tmp_path / QUESTION).write_text(json.dumps({**said, "model_version": -1}), "utf-8")
    with pytest.raises(OutputExistsError, match="model version -1, and this is version"):
        calibrate(SMALL, tmp_path)
    with pytest.raises(ResultFileError, match="calibrate again"):
        read_posterior(tmp_path)


def test_other_results_and_other_processes_are_refused(tmp_path):
    (tmp_path / "effects.csv").write_text("plan\n")
    with pytest.raises(OutputExistsError, match="holds results already"):
        calibrate(SMALL, tmp_path)
    (tmp_path / "busy").mkdir()
    with FileLock(tmp_path / "busy" / LOCK), pytest.raises(OutputExistsError, match="another process"):
        calibrate(SMALL, tmp_path / "busy")
    with pytest.raises(ResultFileError, match="no calibration that can be read"):
        read_posterior(tmp_path / "nowhere")


def test_without_pyabc_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("pyabc.", "infodemic_sim.calibration.s"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyabc", None)
    with pytest.raises(ParameterError, match=r'pip install "infodemic-sim\[calibration\]"'):
        calibrate(SMALL, tmp_path)


def test_what_comes_nowhere_near_is_given_up_in_one_sentence(tmp_path):
    hopeless = SMALL.but(
        parameters={PATHS[0]: {"low": 5.0, "high": 6.0}}, method="distance", least_acceptance=1.0
    )
    with pytest.raises(ParameterError, match="no run came close enough"):
        calibrate(hopeless, tmp_path)


def test_evidence_that_nothing_comes_near_is_told(tmp_path):
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nexposures_false,1,1e9,200\n")
    asked = SMALL.but(
        scenario=SMALL.scenario.but(days=1.0, warm_up=0.5),
        evidence=Measured(path=str(tmp_path / "seen.csv")),
        particles=10,
        generations=2,
    )
    with pytest.raises(ParameterError, match="no run comes anywhere near the evidence"):
        calibrate(asked, tmp_path / "out", predictions=2)


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path):
    (tmp_path / "study.json").write_text("{}")
    with pytest.raises(OutputExistsError, match=r"holds something else already \(study.json\)"):
        calibrate(SMALL, tmp_path, predictions=PREDICTIONS)
    assert [path.name for path in tmp_path.iterdir()] == ["study.json"]
