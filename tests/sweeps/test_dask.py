"""Real Dask schedulers with workers, of which some are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, WorkerError
from infodemic_sim.sweeps import crew
from infodemic_sim.sweeps.cluster import dask_executor
from infodemic_sim.sweeps.status import status
from tests.sweeps.tiny import same_rows, study

BIGGER = {"replicates": 30}


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        yield cluster


@pytest.mark.filterwarnings("ignore")  # of Dask, when a worker is lost
def test_a_worker_is_killed_and_every_run_is_there_once(cluster, tmp_path):
    plan = study(**BIGGER)
    victim = next(iter(cluster.workers.values())).pid

    def kill(made, total):
        if made and not killed.is_set():
            killed.set()
            os.kill(victim, signal.SIGKILL)

    killed = threading.Event()
    with dask_executor(cluster.scheduler_address) as (executor, workers):
        assert workers == 2
        found = ids.sweep(plan, tmp_path / "dask", executor=executor, workers=workers, progress=kill)
    assert killed.is_set()
    assert len(found.failures()) == 0
    assert same_rows(found, ids.sweep(plan, tmp_path / "alone"))


@pytest.fixture
def own_cluster(tmp_path):
    """A scheduler and a worker as processes, and where the scheduler listens."""
    place = tmp_path / "scheduler.json"
    kinds = {
        "scheduler": ["--port", "0", "--host", "127.0.0.1"],
        "worker": ["--nworkers", "1", "--nthreads", "1", "--no-nanny"],
    }
    processes = {kind: started(kind, *words, "--scheduler-file", str(place)) for kind, words in kinds.items()}
    yield processes, place
    for process in processes.values():
        process.kill()
        process.wait()


def started(kind, *words):
    own = ["--dashboard-address", "127.0.0.1:0", *words]  # a free port
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *own]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def address_in(place):
    while not (place.exists() and place.read_text().endswith("}")):
        time.sleep(0.05)
    return json.loads(place.read_text())["address"]


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("scheduler", "the executor gave up on its runs.*the same command goes on"),
        ("worker", "no worker is th"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_the_scheduler_or_the_only_worker_is_lost_and_no_run_is(
    own_cluster, tmp_path, monkeypatch, caplog, lost, said
):
    """What was under way is nobody's fault: no row says that it failed, and the study goes on without."""
    from distributed.client import logger

    monkeypatch.setattr(crew, "ANOTHER_WORKER", 2.0)
    processes, place = own_cluster
    monkeypatch.setattr(logger, "handlers", [caplog.handler])
    plan, out = study(**BIGGER), tmp_path / "out"
    with dask_executor(address_in(place)) as (executor, workers), pytest.raises(WorkerError, match=said):
        ids.sweep(plan, out, executor=executor, workers=workers, progress=lambda *_: processes[lost].kill())
    assert not [record for record in caplog.records if record.exc_info]  # one sentence, and no traceback
    held = status(out)
    assert 0 < held.made < held.runs
    assert held.failed == 0
    assert same_rows(ids.sweep(plan, out), ids.sweep(plan, tmp_path / "alone"))


def test_nobody_answers():
    with pytest.raises(ParameterError, match="no Dask scheduler answers"), dask_executor("tcp://127.0.0.1:9"):
        pass
