"""Whoever changes a number that a run gives must raise the version of the model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.study.processes import clean_start, own_pool
from infodemic_sim.sweeps.cluster import dask_executor
from tests.golden.record import moved, numbers, recorded

ROOT = Path(__file__).parents[2]


def test_numbers_of_this_version():
    before, now = recorded(), numbers()
    assert before["model_version"] == MODEL_VERSION, "record the numbers: python -m tests.golden.record"
    differing = moved(now)
    assert not differing, (
        f"{len(differing)} numbers moved ({', '.join(differing[:5])} …): if that is meant, raise "
        "MODEL_VERSION in infodemic_sim/model_version.py, then python -m tests.golden.record"
    )
    assert set(now) == set(before["numbers"]), "record the new ones: python -m tests.golden.record"
    assert len(now) > 150


def test_two_threads_give_them_too():
    assert not moved(numbers(threads=2))


def test_plain_python_gives_them_too():
    """Without the compiler; a warning, as of a number that ran over, is a failure."""
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-m", "tests.golden.record", "--held"],
        cwd=ROOT, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_processes_give_them_too():
    """A worker of our own, started clean, and one of Dask's."""
    from distributed import LocalCluster

    with own_pool(1) as pool, clean_start():
        assert not moved(pool.submit(numbers).result())
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        dask_executor(cluster.scheduler_address) as (executor, _),
    ):
        assert not moved(executor.submit(numbers).result())
