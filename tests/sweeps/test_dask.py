"""A real Dask scheduler with two workers, one of which is killed."""

from __future__ import annotations

import os
import signal
import threading

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.sweeps.cluster import dask_executor
from tests.sweeps.tiny import same_rows, study

BIGGER = {"replicates": 30}


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
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


def test_nobody_answers():
    with pytest.raises(ParameterError, match="no Dask scheduler answers"), dask_executor("tcp://127.0.0.1:9"):
        pass
