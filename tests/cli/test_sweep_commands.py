"""``infodemic sweep``, ``status`` and ``cluster-script``."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.sweeps.status import status
from tests.sweeps.tiny import TODAY, Broken, same_rows

STUDY = """\
scenario: scenario.yaml
plans: {today: [], label: [warning_label], prompt: [accuracy_prompt]}
design: {type: grid, parameters: {population.providers: [0.0, 0.1]}}
replicates: 2
seed: 3
"""


@pytest.fixture
def file(tmp_path):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "study.yaml").write_text(STUDY)
    return tmp_path / "study.yaml"


def command(*words):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return ended.value.code


def test_it_says_how_much_there_will_be_and_what_came_out(file, tmp_path, capsys):
    out = tmp_path / "out"
    assert command("sweep", file, "--out", out, "--workers", 1) == 0
    said = capsys.readouterr()
    assert "2 points x 3 plans x 2 replicates: 12 different runs, at most" in said.out
    assert "12 of 12 runs are there." in said.out
    assert "label\t0.0\t" in said.out
    assert "12 of 12 runs done" in said.err
    assert same_rows(ids.Results(out), ids.sweep(ids.read_study(file), tmp_path / "python"))


def test_shards_and_status(file, tmp_path, capsys):
    out = tmp_path / "out"
    assert command("sweep", file, "--out", out, "--workers", 1, "--shard", "2/2", "--quiet") == 0
    assert capsys.readouterr().out == ""
    assert command("status", out, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert 0 < found["made"] < found["runs"] == 12
    assert found["left"] == 12 - found["made"]
    assert command("sweep", file, "--out", out, "--workers", 1, "--shard", "1/2") == 0
    assert command("status", out) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "12 of 12 runs are there."


def test_status_tells_why_runs_failed(tmp_path, capsys):
    plan = ids.Study(
        scenario=TODAY.but(interventions=[Broken()]), plans={"a": (), "b": ("broken",)}, seed=1, replicates=2
    )
    ids.sweep(plan, tmp_path / "out")
    assert command("status", tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert "4 of 4 runs are there, of which 2 failed." in said
    assert "2 times: RuntimeError: out of order" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shard", "3"), "--shard should look like 3/8"),
        (("--shard", "3/2"), "shard must be i of n"),
        (("--dask", "tcp://127.0.0.1:1", "--workers", "2"), "--workers or --dask, not both"),
        (("--workers", "0"), "workers must be"),
    ],
)
def test_refused(file, tmp_path, capsys, words, said):
    assert command("sweep", file, "--out", tmp_path / "out", "--quiet", *words) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("scheduler", ["slurm", "pbs", "sge"])
def test_a_job_script_makes_every_shard(file, tmp_path, capsys, scheduler):
    """The script itself is run as each job of the array."""
    out = tmp_path / "a folder"
    assert (
        command("cluster-script", file, "--out", out, "--shards", 2, "--scheduler", scheduler, "--hours", 3)
        == 0
    )
    script = capsys.readouterr().out
    for asked in ("1-2", "3:00:00"):
        assert asked in script
    variable = {"slurm": "SLURM_ARRAY_TASK_ID", "pbs": "PBS_ARRAY_INDEX", "sge": "SGE_TASK_ID"}[scheduler]
    bash = shutil.which("bash")
    assert bash
    assert subprocess.run([bash, "-n"], input=script, text=True, check=False).returncode == 0
    if scheduler == "slurm":
        for number in ("1", "2"):
            env = {"PATH": "/usr/bin:/bin", variable: number}
            subprocess.run([bash], input=script, text=True, env=env, check=True, capture_output=True)
        assert status(out).made == 12


def test_mistakes_in_a_study_do_not_wait_in_a_queue(file, tmp_path, capsys):
    file.write_text(STUDY.replace("population.providers", "population.nurses"))
    assert command("cluster-script", file, "--out", tmp_path / "out", "--shards", 2) == 2
    assert "has no parameter 'nurses'" in capsys.readouterr().err
    file.write_text(STUDY)
    assert (
        command("cluster-script", file, "--out", tmp_path / "out", "--shards", 2, "--scheduler", "slum") == 2
    )
    assert "Did you mean 'slurm'" in capsys.readouterr().err
