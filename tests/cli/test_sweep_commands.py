"""``infodemic sweep``, ``status`` and ``cluster-script``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

import infodemic_sim as ids
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


def test_it_says_how_much_there_will_be_and_what_came_out(file, tmp_path, run):
    code, out, err = run("sweep", file, "--out", tmp_path / "out", "--workers", 1)
    assert code == 0
    assert "2 points x 3 plans x 2 replicates: 12 different runs, at most" in out
    assert "12 of 12 runs are there." in out
    assert "label\t0.0\t" in out
    assert "12 of 12 runs done" in err
    in_python = ids.sweep(ids.read_study(file), tmp_path / "python")
    assert same_rows(ids.Results(tmp_path / "out"), in_python)


def test_why_runs_failed_is_told_at_once(file, tmp_path, run):
    file.write_text(STUDY.replace("[0.0, 0.1]", "[0.1, 1.5]"))
    code, out, _ = run("sweep", file, "--out", tmp_path / "it's here", "--workers", 1)
    assert code == 0
    assert "12 of 12 runs are there, of which 6 failed." in out
    assert "6 times: at population.providers 1.5: Population.providers should be less" in out
    assert "--retry-failed" not in out  # the same values would be refused again
    assert f"""ids.Results("{tmp_path / "it's here"}")""" in out


@pytest.mark.parametrize("values", ["[1.5, 0.1]", "[0.1, 1.5]"])
def test_a_point_that_cannot_be_made_is_rows_that_failed_wherever_it_stands(file, tmp_path, run, values):
    file.write_text(STUDY.replace("[0.0, 0.1]", values))
    code, out, _ = run("sweep", file, "--out", tmp_path / "loud", "--workers", 1)
    assert code == 0
    assert "12 different runs, at most" in out
    assert run("sweep", file, "--out", tmp_path / "quiet", "--workers", 1, "--quiet") == (0, "", "")
    assert len(ids.Results(tmp_path / "loud").failures()) > 0
    assert same_rows(ids.Results(tmp_path / "loud"), ids.Results(tmp_path / "quiet"))


def test_a_graph_that_is_not_there_is_rows_that_failed_or_if_it_is_the_only_one_refused(file, tmp_path, run):
    graphs = "[{type: file, path: none.txt}, {type: erdos_renyi, people: 20, mean_degree: 4, seed: 1}]"
    design = STUDY.replace("population.providers: [0.0, 0.1]", f"population.graph: {graphs}")
    file.write_text(design)
    sweep = ("sweep", file, "--workers", 1, "--out")
    assert "12 different runs, at most" in run(*sweep, tmp_path / "one")[1]
    assert set(ids.Results(tmp_path / "one").failures()["point"]) == {0}
    file.write_text(design.replace(graphs, "[{type: file, path: none.txt}]"))
    code, _, err = run(*sweep, tmp_path / "none")
    assert code == 2
    assert "none.txt" in err


def test_a_study_may_grow_but_not_shrink(file, tmp_path, run):
    sweep = ("sweep", file, "--out", tmp_path / "out", "--workers", 1, "--quiet")
    assert run(*sweep)[0] == 0
    file.write_text(STUDY.replace("replicates: 2", "replicates: 1"))
    code, _, err = run(*sweep)
    assert code == 2
    assert "holds more runs of this study than are asked for" in err


def test_a_study_without_plans(file, tmp_path, run):
    file.write_text(STUDY.replace("{today: [], label: [warning_label], prompt: [accuracy_prompt]}", "{}"))
    code, _, err = run("sweep", file, "--out", tmp_path / "out", "--workers", 1)
    assert code == 2
    assert "plans must hold at least one scenario, the baseline." in err
    assert not (tmp_path / "out").exists()


def test_shards_and_status(file, tmp_path, run):
    sweep = ("sweep", file, "--out", tmp_path / "out", "--workers", 1, "--shard")
    assert run(*sweep, "2/2", "--quiet") == (0, "", "")
    found = json.loads(run("status", tmp_path / "out", "--json")[1])
    assert 0 < found["made"] < found["runs"] == 12
    assert found["left"] == 12 - found["made"]
    assert run(*sweep, "1/2")[0] == 0
    assert run("status", tmp_path / "out") == (0, "12 of 12 runs are there.\n", "")


def test_status_tells_why_runs_failed(tmp_path, run, offered):
    offered(Broken)
    plan = ids.Study(
        scenario=TODAY.but(interventions=[Broken()]), plans={"a": (), "b": ("broken",)}, seed=1, replicates=2
    )
    ids.sweep(plan, tmp_path / "out")
    code, out, _ = run("status", tmp_path / "out")
    assert code == 0
    assert "4 of 4 runs are there, of which 2 failed." in out
    assert "2 times: the run stopped in the intervention 'broken' on day 0, at " in out
    assert "--retry-failed runs them again" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shard", "3"), "--shard should look like 3/8"),
        (("--shard", "3/2"), "shard must be i of n"),
        (("--dask", "tcp://127.0.0.1:1", "--workers", "2"), "--workers or --dask, not both"),
        (("--workers", "0"), "workers must be"),
    ],
)
def test_refused(file, tmp_path, run, words, said):
    code, _, err = run("sweep", file, "--out", tmp_path / "out", "--quiet", *words)
    assert code == 2
    assert said in err
    assert not (tmp_path / "out").exists()


NUMBERS = {"slurm": "SLURM_ARRAY_TASK_ID", "pbs": "PBS_ARRAY_INDEX", "sge": "SGE_TASK_ID"}


@pytest.mark.parametrize("scheduler", NUMBERS)
def test_a_job_script_makes_every_shard(file, tmp_path, run, scheduler):
    """The script itself is run as each job of the array."""
    folder = tmp_path / "a folder"
    options = ("--shards", 2, "--scheduler", scheduler, "--hours", 3)
    code, script, _ = run("cluster-script", file, "--out", folder, *options)
    assert code == 0
    assert "1-2" in script
    assert "3:00:00" in script
    bash = shutil.which("bash")
    assert bash
    for number in ("1", "2"):
        env = {"PATH": "/usr/bin:/bin", NUMBERS[scheduler]: number}
        subprocess.run([bash], input=script, text=True, env=env, check=True, capture_output=True)
    assert status(folder).made == 12


def test_mistakes_in_a_study_do_not_wait_in_a_queue(file, tmp_path, run):
    ask = ("cluster-script", file, "--out", tmp_path / "out", "--shards", 2, "--scheduler")
    code, _, err = run(*ask, "slum")
    assert code == 2
    assert "Did you mean 'slurm'" in err
    file.write_text(STUDY.replace("population.providers", "population.nurses"))
    code, _, err = run(*ask, "slurm")
    assert code == 2
    assert "has no parameter 'nurses'" in err


def test_faults_that_are_kept_leave_nothing_behind(file, tmp_path):
    """An error that was raised holds the frames that it came through, of which DuckDB told at the end."""
    file.write_text(STUDY.replace("population.providers: [0.0, 0.1]", "primary: [beliefs, misinformed]"))
    words = ["sweep", str(file), "--out", str(tmp_path / "out"), "--workers", "1", "--quiet"]
    done = subprocess.run([sys.executable, "-m", "infodemic_sim", *words], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert status(tmp_path / "out").failed == 6
