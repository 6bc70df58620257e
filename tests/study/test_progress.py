"""Progress goes to stderr: a line per tenth when nobody watches a terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from infodemic_sim.study.progress import shown_progress


@pytest.fixture(autouse=True)
def compiled_before(monkeypatch) -> None:
    monkeypatch.setattr("infodemic_sim.kernels.compiled.ready", lambda kernel: True)


def test_a_line_per_tenth(capsys) -> None:
    with shown_progress() as show:
        for finished in range(1, 101):
            show(finished, 100)
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 10
    assert told.err.splitlines()[-1].startswith("100 of 100 replicates done")


def test_quiet_is_quiet(capsys) -> None:
    with shown_progress(quiet=True) as show:
        show(1, 1)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with shown_progress() as show:
        show(1, 2)
    assert "1/2" in capsys.readouterr().err


@pytest.mark.parametrize("quiet", [False, True])
def test_who_waits_for_the_compiler_is_told_so(capsys, monkeypatch, quiet) -> None:
    monkeypatch.setattr("infodemic_sim.kernels.compiled.ready", lambda kernel: False)
    with shown_progress(quiet=quiet) as show:
        show(1, 1)
    assert ("compiles it" in capsys.readouterr().err) != quiet


def test_who_waits_each_time_is_told_the_remedy(capsys, monkeypatch) -> None:
    monkeypatch.setattr("infodemic_sim.kernels.compiled.ready", lambda kernel: False)
    monkeypatch.setattr("infodemic_sim.kernels.kept.folder", lambda stamp: None)
    with shown_progress():
        pass
    assert "NUMBA_CACHE_DIR" in capsys.readouterr().err


IN_A_NEW_PLACE = """
import numpy as np
from infodemic_sim.kernels.compiled import ready
from infodemic_sim.kernels.draws import absorb_all

before = ready(absorb_all)
absorb_all(np.zeros(2, np.uint64), np.zeros(2, np.uint64))
print(before, ready(absorb_all))
"""


def test_a_kernel_is_ready_once_it_has_been_compiled(tmp_path) -> None:
    place = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", IN_A_NEW_PLACE], env=place, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
