"""Compiled kernels are kept: for whom, where, and what does no harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numba
import pytest

import infodemic_sim
from infodemic_sim.kernels.compiled import COMPILING, STAMP
from infodemic_sim.kernels.kept import FORGOTTEN, Kept, folder

pytestmark = pytest.mark.skipif(not COMPILING, reason="there is no compiler")

USE = """
import sys
import numpy as np
from infodemic_sim.kernels.compiled import ready
from infodemic_sim.kernels.draws import absorb_all

before = ready(absorb_all)
if sys.argv[1:]:
    print(before, flush=True)
    input()
absorb_all(np.zeros(2, np.uint64), np.zeros(2, np.uint64))
compiler = "numba.np.linalg" in sys.modules
print(before, sum(absorb_all.stats.cache_misses.values()), ready(absorb_all), compiler)
"""


def started(
    place: Path, *, words: tuple[str, ...] = (), source: Path | None = None, **more: str
) -> subprocess.Popen[str]:
    """A process that uses a kernel; it says whether that was ready before, how often it compiled, and now.

    The fourth word: whether what only compiling needs, and what takes long to load, is loaded. With a word to
    it, it says the first at once, and then waits for a line.
    """
    variables = {**os.environ, "NUMBA_CACHE_DIR": str(place), **more}
    if source is not None:
        variables["PYTHONPATH"] = str(source)
    return subprocess.Popen(
        [sys.executable, "-c", USE, *words],
        **{"env": variables, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True},
    )


def used(place, **how) -> list[str]:
    process = started(place, **how)
    words = process.communicate()[0].split()
    assert process.returncode == 0
    return words


def test_it_is_compiled_once_and_also_by_another_installation_only_loaded(tmp_path):
    assert used(tmp_path / "kept") == ["False", "1", "True", "True"]
    assert used(tmp_path / "kept") == ["True", "0", "True", "False"]
    shutil.copytree(Path(infodemic_sim.__file__).parent, tmp_path / "elsewhere" / "infodemic_sim")
    assert used(tmp_path / "kept", source=tmp_path / "elsewhere") == ["True", "0", "True", "False"]
    changed = tmp_path / "elsewhere" / "infodemic_sim" / "kernels" / "draws.py"
    changed.write_text(changed.read_text("utf-8") + "\n", "utf-8")
    assert used(tmp_path / "kept", source=tmp_path / "elsewhere") == ["False", "1", "True", "True"]


def test_of_processes_that_want_it_at_once_one_compiles_it(tmp_path):
    processes = [started(tmp_path, words=("wait",)) for _ in range(3)]
    assert [process.stdout.readline() for process in processes] == ["False\n"] * 3
    for process in processes:  # all are ready, and none has begun
        process.stdin.write("\n")
        process.stdin.flush()
    words = [process.communicate()[0].split() for process in processes]
    assert [before for before, *_ in words] == ["False"] * 3
    assert sorted(misses for _, misses, *_ in words) == ["0", "0", "1"]


def test_a_torn_file_is_compiled_again(tmp_path):
    used(tmp_path)
    for path in tmp_path.rglob("*.kernel"):
        path.write_bytes(path.read_bytes()[:-40])
    assert used(tmp_path) == ["True", "1", "True", "True"]
    assert used(tmp_path) == ["True", "0", "True", "False"]


def test_what_cannot_be_stored_is_used_all_the_same_and_logged(tmp_path, caplog):
    def doubled(number):
        return 2 * number

    dispatcher = numba.njit(doubled)
    dispatcher._cache = Kept(doubled, tmp_path / "gone")
    assert dispatcher(21) == 42
    assert "doubled is not kept" in caplog.text
    assert "No such file" in caplog.text


def test_where_nothing_can_be_written_it_is_compiled_for_itself(tmp_path):
    """Neither in the folder asked for, nor in the user's, nor beside the sources."""
    shutil.copytree(
        Path(infodemic_sim.__file__).parent, tmp_path / "elsewhere" / "infodemic_sim",
        ignore=shutil.ignore_patterns("__pycache__"),
    )  # fmt: skip
    nowhere = tmp_path / "elsewhere" / "infodemic_sim" / "kernels" / "__pycache__"
    nowhere.touch()
    words = used(nowhere, source=tmp_path / "elsewhere", XDG_CACHE_HOME=str(nowhere))
    assert words == ["False", "1", "False", "True"]
    beside = used(nowhere, source=tmp_path / "elsewhere", XDG_CACHE_HOME=str(tmp_path / "user"))
    assert beside == ["False", "1", "True", "True"]
    assert len([*tmp_path.glob("user/infodemic-sim/kernels-*/*.kernel")]) >= 1


def test_what_other_versions_left_long_ago_goes(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    old, recent = (tmp_path / f"kernels-{name}-cpython-311-numba-0.61.0" for name in ("old", "recent"))
    for other, days in ((old, FORGOTTEN + 1.0), (recent, FORGOTTEN - 1.0)):
        other.mkdir()
        (other / "a.kernel").touch()
        then = time.time() - days * 86_400.0
        os.utime(other, (then, then))
    folder.__wrapped__(STAMP)
    assert not old.exists()
    assert recent.exists()
