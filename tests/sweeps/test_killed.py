"""Processes killed at any moment: after a restart every run is there once, with the same bits."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

import infodemic_sim as ids
from infodemic_sim.sweeps.status import status
from tests.sweeps.processes import hears_ctrl_c, servers_of, workers_of
from tests.sweeps.tiny import same_rows

STUDY = """\
scenario:
  population:
    graph: {type: erdos_renyi, people: 300, mean_degree: 20, seed: 1}
    providers: 0.1
  topics: [{name: vaccines, posting: {public: 0.5}}]
  interventions: [{type: warning_label, recall: 0.5}]
  days: 6
  warm_up: 1
plans:
  today: []
  label: [warning_label]
design: {type: grid, parameters: {population.providers: [0.02, 0.05, 0.1]}}
replicates: 8
seed: 5
"""


@pytest.fixture(scope="module")
def study_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("killed") / "study.yaml"
    path.write_text(STUDY)
    return path


@pytest.fixture(scope="module")
def undisturbed(study_file):
    return ids.sweep(ids.read_study(study_file), study_file.parent / "undisturbed", workers=2)


def begin(study_file: Path, out: Path, *words: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "infodemic_sim", "sweep", str(study_file), "--out", str(out), "--quiet"]
    return subprocess.Popen([*command, *words], stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c)


def killed(process: subprocess.Popen) -> int:
    """Kill a process, and everything it has open; its exit code."""
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode


def wait_for_parts(out: Path, process: subprocess.Popen, parts: int = 1, writer: str = "") -> None:
    """Until so many parts are there, or the process has ended."""
    while process.poll() is None and len(list((out / "runs").glob(f"part-{writer}*"))) < parts:
        time.sleep(0.01)


def finished(study_file: Path, out: Path, *words: str) -> ids.Results:
    process = begin(study_file, out, *words)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    return ids.Results(out)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_parent_is_killed_again_and_again(study_file, undisturbed, tmp_path, workers):
    out, most = tmp_path / "out", 0
    for _ in range(3):
        process = begin(study_file, out, "--workers", workers)
        wait_for_parts(out, process, len(list((out / "runs").glob("part-*"))) + 1)
        killed(process)
        made = status(out).made
        assert made >= most
        most = made
    assert most > 0
    assert same_rows(finished(study_file, out, "--workers", workers), undisturbed)


@pytest.fixture(scope="module")
def long_study_file(study_file):
    """Parts close after 50 runs each, so that four of them are still to come as the first is there."""
    path = study_file.with_name("long.yaml")
    path.write_text(STUDY.replace("replicates: 8", "replicates: 40"))
    return path


@pytest.fixture(scope="module")
def long_undisturbed(long_study_file):
    return ids.sweep(ids.read_study(long_study_file), long_study_file.parent / "long", workers=2)


@pytest.mark.parametrize("found", [workers_of, servers_of])
def test_workers_are_killed(long_study_file, long_undisturbed, tmp_path, found):
    """One by one, or all of them lost as the server that they are copies of is killed."""
    out, deaths = tmp_path / "out", 0
    process = begin(long_study_file, out, "--workers", "2")
    while process.poll() is None and deaths < 2:
        wait_for_parts(out, process, deaths + 1)
        for victim in found(process.pid)[:1]:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
                deaths += 1
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    assert deaths == 2
    assert same_rows(ids.Results(out), long_undisturbed)


def test_shards_in_processes_of_their_own_one_of_them_killed(long_study_file, long_undisturbed, tmp_path):
    """It is killed as it makes the last third of its runs, or has just ended."""
    out = tmp_path / "out"
    first, second = (begin(long_study_file, out, "--workers", "1", "--shard", f"{k}/3") for k in (1, 2))
    wait_for_parts(out, first, writer="1of3")
    assert killed(first) in (-signal.SIGKILL, 0)
    assert second.communicate(timeout=600) == (None, "")
    for k in (1, 3):
        finished(long_study_file, out, "--workers", "1", "--shard", f"{k}/3")
    assert same_rows(ids.Results(out), long_undisturbed)


def test_a_second_sweep_in_the_same_folder_is_refused(tmp_path):
    out, study_file = tmp_path / "out", tmp_path / "study.yaml"
    study_file.write_text(STUDY.replace("replicates: 8", "replicates: 2000"))  # it cannot end meanwhile
    first = begin(study_file, out, "--workers", "1")
    while first.poll() is None and not (out / "study.json").exists():
        time.sleep(0.01)
    second = begin(study_file, out, "--workers", "1")
    _, said = second.communicate(timeout=600)
    assert second.returncode == 2
    assert "another process is at work in this folder" in said
    assert "Traceback" not in said
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=600)
    assert first.returncode == 130
    assert "the same command goes on from here" in said
