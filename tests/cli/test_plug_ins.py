"""Parts of other packages on the command line: listed, in the schema, and told of where they fail."""

from __future__ import annotations

import json

import pytest

from infodemic_sim.scenario_file import schema, write_scenario
from tests.sweeps.tiny import TODAY, Broken


@pytest.fixture
def file(offered, tmp_path):
    offered(Broken)
    return write_scenario(TODAY.but(interventions=[Broken()]), tmp_path / "broken.yaml")


def test_they_are_listed(offered, run):
    offered(Broken)
    (row,) = [row for row in json.loads(run("list", "interventions", "--json")[1]) if row["type"] == "broken"]
    assert (row["family"], row["meaning"]) == ("own", "Fails on the day it begins.")
    offered(Broken, group="infodemic_sim.rankings")  # which it is none of
    assert "broken" not in run("list", "rankings")[1]


@pytest.mark.parametrize(
    ("intervention", "good"),
    [("broken", True), ({"type": "broken", "uptake": 0.5}, True), ({"type": "broken", "effect": 1}, False)],
    ids=str,
)
def test_they_are_in_the_schema(offered, intervention, good):
    import jsonschema

    data = {"population": {"graph": "net.txt"}, "interventions": [intervention]}
    assert not jsonschema.Draft202012Validator(schema()).is_valid(data)
    offered(Broken)
    found = schema()
    jsonschema.Draft202012Validator.check_schema(found)
    assert jsonschema.Draft202012Validator(found).is_valid(data) == good


@pytest.mark.parametrize("workers", [1, 2])
def test_one_that_fails_is_told_in_a_sentence(file, run, tmp_path, workers):
    words = ("--out", tmp_path / "out", "--seed", 1, "--replicates", 2, "--workers", workers, "--quiet")
    code, out, err = run("compare", file, *words)
    assert (code, out) == (1, "")
    assert err.startswith("infodemic: the run stopped in the intervention 'broken' on day 0, at ")
    assert "tiny.py, line 24 (RuntimeError: out of order): mend it there" in err


def test_its_traceback_is_in_the_log(file, run, tmp_path, caplog):
    caplog.set_level("INFO")
    run("compare", file, "--out", tmp_path / "out", "--seed", 1, "--workers", 1, "--quiet")
    assert "Traceback" in caplog.text
    assert "tiny.py" in caplog.text


def test_where_one_fails_as_it_starts_is_told(offered, run, tmp_path, monkeypatch):
    offered(Broken)
    monkeypatch.setattr(Broken, "start", lambda self, world: 1 / 0)
    path = write_scenario(TODAY.but(interventions=[Broken()]), tmp_path / "broken.yaml")
    code, _, err = run("compare", path, "--out", tmp_path / "out", "--seed", 1, "--workers", 1, "--quiet")
    assert code == 1
    assert "in the intervention 'broken' on day 0, at " in err
    assert "test_plug_ins.py" in err
    assert "(ZeroDivisionError: division by zero)" in err
