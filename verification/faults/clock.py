"""A clock that jumps, and files from the future."""

from __future__ import annotations

import os
import time
from pathlib import Path

from verification.faults.bench import BROKEN, Bench, kill, until

JUMPING = """
import random, time
_real, _luck, _ahead = time.time, random.Random({seed}), 0.0
def jumping():
    global _ahead
    if _luck.random() < 0.3:
        _ahead = _luck.choice([0.0, -1e9, -3600.0, 3600.0, 86400.0 * 365])
    return _real() + _ahead
time.time = jumping
time.time_ns = lambda: int(jumping() * 1e9)
"""
"""Python runs this file at its start: time.time() jumps by hours and years, to and fro."""


def clock(bench: Bench, number: int) -> None:
    """Sweeps under a clock that jumps, killed and taken up again with files of any date."""
    for _ in range(number):
        out, seed = bench.place(), bench.random.randrange(10**6)
        folder = bench.folder / f"clock{seed}"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(JUMPING.format(seed=seed))
        path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
        process = bench.sweep(out, "--workers", "2", PYTHONPATH=path)
        until(lambda: len(list(out.glob("runs/part-*"))) > 1, process)  # noqa: B023 (it is asked at once)
        kill(process)
        for file in out.rglob("*"):
            stamp(file, bench)
        code, said = bench.told(bench.sweep(out, "--workers", "1", PYTHONPATH=path))
        if code:
            bench.note("clock jumps", f"seed {seed}", said[-400:], BROKEN)
        else:
            bench.judged("clock jumps", f"seed {seed}", out)


def stamp(file: Path, bench: Bench) -> None:
    """Give a file a date in the past or in the future."""
    moment = time.time() + bench.random.choice([-1e9, -86400.0, 0.0, 86400.0, 1e9])
    os.utime(file, (moment, moment))
