"""Workers as copies of a server: what they have loaded, what they share with it, and what they must not."""

from __future__ import annotations

import importlib
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from infodemic_sim.study.processes import clean_start, own_pool
from tests.sweeps.processes import servers_of

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux alone")


def asked(function, *given):
    """What a worker of a new pool says."""
    with own_pool(1) as pool, clean_start():
        return pool.submit(function, *given).result()


def lucky() -> tuple[float, float]:
    return random.random(), np.random.random()  # noqa: NPY002 (what a plug-in may use)


def setting(name: str) -> str:
    return os.environ.get(name, "")


def test_what_is_to_be_loaded_is_there():
    """The server passes over a name that it does not find."""
    from infodemic_sim.study.copies import LOADED

    for name in LOADED:
        importlib.import_module(name)


def test_each_copy_has_luck_of_its_own():
    drawn = [asked(lucky) for _ in range(3)]
    for each in zip(*drawn, strict=True):
        assert len(set(each)) == len(drawn)


def test_a_copy_takes_over_the_environment_of_now(monkeypatch):
    for value in ("one", "another"):
        monkeypatch.setenv("INFODEMIC_ASKED", value)
        assert asked(setting, "INFODEMIC_ASKED") == value
    assert asked(setting, "OMP_NUM_THREADS") == "1"


def test_the_server_has_no_thread_that_could_hold_a_lock():
    asked(setting, "PATH")
    for server in servers_of(psutil.Process().pid):
        assert server.num_threads() == 1


def kernels() -> int:
    """In a worker: for how many kinds of arguments the feed is loaded; its lock must be the worker's own."""
    from infodemic_sim.kernels.reading import read_feeds

    with read_feeds._cache.lock():
        return len(read_feeds.signatures)


SCRIPT = """
import sys
sys.path.insert(0, {root!r})
import infodemic_sim as ids
from infodemic_sim.graphs import ScaleFree
from tests.study.test_processes import asked, kernels

few = ids.Population(graph=ScaleFree(people=50, mean_degree=4.0, seed=1))
ids.simulate(ids.Scenario(population=few, days=1.0, warm_up=0.0), seed=0)  # compiles what never was
print(asked(kernels))
"""


def test_kernels_are_loaded_and_modules_of_the_current_folder_are_not(tmp_path):
    """A user may keep a module of any name beside their data."""
    script, data = tmp_path / "script.py", tmp_path / "data"
    data.mkdir()
    (data / "pandas.py").write_text("raise SystemExit('a module of the current folder')\n")
    script.write_text(SCRIPT.format(root=str(ROOT)))
    done = subprocess.run(
        [sys.executable, str(script)], cwd=data, text=True, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 1
