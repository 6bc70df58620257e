"""What people expect of any command: JSON, logs, completion, and streams that can be told apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from infodemic_sim.scenario_file import write_scenario
from tests.study.tiny import TODAY
from tests.sweeps.test_killed import STUDY


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    from infodemic_sim.graphs import ScaleFree

    small = TODAY.population.but(graph=ScaleFree(people=60, mean_degree=6.0, seed=1))
    return write_scenario(
        TODAY.but(population=small), tmp_path_factory.mktemp("habits") / "town.yaml", plans={"a": [], "b": []}
    )


def test_compare_tells_its_effects_as_json(run, scenario, tmp_path):
    code, out, _ = run(
        "compare", scenario, "--out", tmp_path / "out", "--seed", 1, "--replicates", 2, "--json"
    )
    rows = json.loads(out)
    assert code == 0
    assert {row["plan"] for row in rows} == {"b"}
    (primary,) = (row for row in rows if row["outcome"] == "primary")
    assert (primary["measure"], primary["difference"]) == ("misinformed", 0.0)


def test_sweep_tells_where_it_stands_as_json(run, tmp_path):
    (tmp_path / "study.yaml").write_text(STUDY.replace("replicates: 8", "replicates: 1"), "utf-8")
    code, out, _ = run("sweep", tmp_path / "study.yaml", "--out", tmp_path / "out", "--workers", 1, "--json")
    assert code == 0
    assert json.loads(out)["left"] == 0


def test_logs_go_to_stderr_and_only_where_asked(scenario, tmp_path):
    for words, logged in (((), False), (("--verbose",), True)):
        command = [
            sys.executable,
            "-m",
            "infodemic_sim",
            *words,
            "compare",
            str(scenario),
            "--out",
            str(tmp_path / str(logged)),
        ]
        done = subprocess.run(
            [*command, "--seed", "1", "--replicates", "1", "--quiet"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == ""
        assert ("replicate 0 is there" in done.stderr) == logged


def test_shells_can_complete():
    """What bash asks when Tab is pressed behind "infodemic comp"."""
    asked = {"_INFODEMIC_COMPLETE": "complete_bash", "COMP_WORDS": "infodemic comp", "COMP_CWORD": "1"}
    command = [sys.executable, "-m", "infodemic_sim"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["compare"]


@pytest.mark.parametrize("command", [["check"], ["graph", "describe"], ["report"], ["status"]])
def test_a_name_too_long_for_any_file_is_refused_in_a_sentence(command, run):
    code, out, err = run(*command, "x" * 300 + ".txt")
    assert (code, out) == (2, "")
    assert err.startswith("infodemic: xxx")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "command", [["graph", "fetch", "wiki-Vote", "--folder"], ["reproduce", "--out"], ["trials", "--out"]]
)
def test_where_nothing_can_be_kept_nothing_is_begun(command, run, tmp_path, monkeypatch):
    monkeypatch.setattr("infodemic_sim.cli.reproducing.reproduce", lambda *asked, **how: 1 / 0)
    monkeypatch.setattr("infodemic_sim.cli.trying.conduct", lambda *asked, **how: 1 / 0)
    (tmp_path / "file").touch()
    code, out, err = run(*command, tmp_path / "file" / "folder")
    assert (code, out) == (2, "")
    assert "this cannot be written (Not a directory)" in err
