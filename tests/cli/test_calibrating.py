"""``infodemic calibrate``: what it prints, writes and refuses."""

import json

import pandas as pd
import pytest

from infodemic_sim.calibration import read_posterior
from infodemic_sim.scenario_file import write_scenario
from tests.cli.test_cli import TINY


@pytest.fixture
def question(tmp_path):
    write_scenario(TINY, tmp_path / "tiny.yaml")
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nmisinformed,2,0.15,0.05\n")
    file = tmp_path / "question.yaml"
    file.write_text(
        "scenario: tiny.yaml\nparameters:\n  spread.persuasion_claim: declared\n"
        "  interventions.accuracy_prompt.effect: {low: 0.1, high: 0.9}\n"
        "evidence: {type: measured, path: seen.csv}\nparticles: 10\ngenerations: 2\nseed: 1\n"
    )
    return file


def test_bundled_calibrations_are_listed(run):
    code, out, _ = run("calibrate", "--list")
    assert code == 0
    assert "cascades\t5" in out
    assert "trials\t6" in out


def test_a_file_is_calibrated_and_the_same_command_makes_nothing_anew(run, question, tmp_path):
    words = ("calibrate", question, "--out", tmp_path / "out", "--workers", "1")
    code, out, err = run(*words)
    assert code == 0, err
    assert "spread.persuasion_claim" in out
    assert "20 of 70 points done" in err or "points done, about" in err
    for name in ("posterior.png", "check.svg", "draws.csv"):
        assert f"  {tmp_path / 'out' / name}" in out
    assert len(pd.read_csv(tmp_path / "out" / "draws.csv")) == 10
    found = read_posterior(tmp_path / "out")
    assert run(*words)[:2] == (0, out)
    assert read_posterior(tmp_path / "out").points.equals(found.points)
    code, out, err = run(*words, "--seed", "2")
    assert (code, out) == (2, "")
    assert "another calibration (seed differs): give another folder." in err


def test_status_says_how_many_generations_are_there(run, question, tmp_path):
    words = ("calibrate", question, "--out", tmp_path / "out", "--workers", "1", "--quiet")
    assert run(*words)[0] == 0
    said = "2 of at most 2 generations are there; it is finished.\n"
    assert run("status", tmp_path / "out") == (0, said, "")
    assert json.loads(run("status", tmp_path / "out", "--json")[1])["done"] == 2
    (tmp_path / "out" / "posterior.parquet").unlink()
    assert "2 of at most 2 generations are there; nobody is at work." in run("status", tmp_path / "out")[1]
    (tmp_path / "out" / "generations.db").write_bytes(b"no database" * 100)
    code, _, err = run("status", tmp_path / "out")
    assert (code, "generations.db: it cannot be read" in err) == (2, True)


def test_a_range_beyond_the_bounds_is_refused_before_any_run(run, question, tmp_path):
    question.write_text(question.read_text().replace("high: 0.9", "high: 1.9"))
    code, _, err = run("calibrate", question, "--out", tmp_path / "out")
    assert code == 2
    path = "interventions.accuracy_prompt.effect"
    assert f"question.yaml:4:41: parameters.{path}: {path} must be ≤ 1, but its range holds 1.9" in err
    assert not (tmp_path / "out").exists()


def test_mistakes_are_told_with_their_place(run, question):
    question.write_text(question.read_text().replace("persuasion_claim", "persuasion_clam"))
    code, _, err = run("calibrate", question)
    assert code == 2
    assert "question.yaml:" in err
    assert "Did you mean 'persuasion_claim'" in err
