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
from infodemic_sim.study.workers import DIED
from infodemic_sim.sweeps import crew, foreman
from infodemic_sim.sweeps.cluster import dask_executor
from infodemic_sim.sweeps.status import status
from tests.sweeps.tiny import PLANS, TODAY, same_rows, study

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


class Deadly(ids.Intervention):
    """Ends the process in which it acts, as one without memory ends, in one replicate."""

    def act(self, world, people, memory):
        import os

        if world.draws.replicate == 25:
            os._exit(9)


class Listening:
    """An executor, and the replicates of each batch that it was given."""

    def __init__(self, executor):
        self.executor, self.batches = executor, []

    def submit(self, work, batch):
        self.batches.append([task.replicate for task in batch.tasks])
        return self.executor.submit(work, batch)


@pytest.fixture
def impatient_cluster():
    """Dask gives up on all that a worker held as soon as that dies, and another comes in its place."""
    from distributed import LocalCluster

    words = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(**words, scheduler_kwargs={"allowed_failures": 0}) as cluster:
        yield cluster


@pytest.mark.filterwarnings("ignore")
def test_a_run_that_kills_its_workers_costs_no_other(impatient_cluster, tmp_path, offered, monkeypatch):
    """Dask gives up on its whole batch, which is made run by run; as with workers of our own, it is a row."""
    offered(Deadly)
    monkeypatch.setattr(foreman, "LASTS", 60.0)  # so that batches hold many runs
    scenario = TODAY.but(interventions=[*TODAY.interventions, Deadly()])
    plans = {**PLANS, "deadly": ("deadly",)}
    plan = study(scenario=scenario, plans=plans, design=ids.Listed(rows=[{}]), replicates=40)
    with dask_executor(impatient_cluster.scheduler_address) as (executor, workers):
        given = Listening(executor)
        found = ids.sweep(plan, tmp_path / "dask", executor=given, workers=workers)
    failures = found.failures()[["plan", "replicate", "error"]]
    assert failures.to_numpy().tolist() == [["deadly", 25, DIED]]
    assert len(next(batch for batch in given.batches if 25 in batch)) > 1
    assert same_rows(found, ids.sweep(plan, tmp_path / "own", workers=2))


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
    ("lost", "said", "patience"),
    [
        ("scheduler", "the executor gave up on its runs.*the same command goes on", 600.0),
        ("worker", "no worker is th", 2.0),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_the_scheduler_or_the_only_worker_is_lost_and_no_run_is(
    own_cluster, tmp_path, monkeypatch, caplog, lost, said, patience
):
    """What was under way is nobody's fault: no row says that it failed, and the study goes on without."""
    from distributed.client import logger

    monkeypatch.setattr(crew, "ANOTHER_WORKER", patience)
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


@pytest.mark.parametrize("address", ["nonsense", "tcp://machine", "odd://machine:1", ""])
def test_an_address_that_is_none_makes_no_client(monkeypatch, address):
    """Which would wait for itself for 20 seconds at the end, and then write a traceback."""
    monkeypatch.setattr("distributed.Client", lambda *words, **more: pytest.fail("a client was made"))
    with pytest.raises(ParameterError, match="no Dask scheduler answers at"), dask_executor(address):
        pass


def test_nobody_answers():
    with pytest.raises(ParameterError, match="no Dask scheduler answers"), dask_executor("tcp://127.0.0.1:9"):
        pass
