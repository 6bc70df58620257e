"""Coverage-guided fuzzing of every way in, a minute each, or as long as ``--fuzz SECONDS`` says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from verification.fuzz.doors import doors

ROOT = Path(__file__).parents[1]
STARTING = 300
"""Seconds until a process has imported, compiled and made everything, on a busy machine."""


@pytest.mark.skipif(sys.platform != "linux", reason="atheris is made for Linux alone")
@pytest.mark.parametrize("door", sorted(doors()))
def test_nothing_but_our_own_errors_comes_out(door: str, pytestconfig: pytest.Config) -> None:
    seconds = pytestconfig.getoption("--fuzz")
    command = [sys.executable, "-m", "verification.fuzz.run", door, "--seconds", str(seconds)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace", check=False,
        timeout=seconds + STARTING,
    )  # fmt: skip
    assert done.returncode == 0, (
        f"try it again with: {' '.join(command[:4])} --input FILE, where FILE is told below\n"
        f"{done.stdout[-1000:]}\n{done.stderr[-6000:]}"
    )
    assert "number_of_executed_units" in done.stderr, done.stderr[-3000:]
