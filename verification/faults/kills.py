"""Kill -9 of the process that writes, of workers and of shards, at random moments of a sweep."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.sweeps.processes import workers_of
from verification.faults.bench import (
    BROKEN,
    HELD,
    Bench,
    Process,
    held,
    kill,
    one_sentence,
    until,
)

MOST_OF_ONE_LIFE = 8
"""Kills before a sweep is let go on to its end."""
LONG = 4.0
"""Seconds that a command of this study takes, about."""


def kills(bench: Bench, number: int) -> None:
    """So many kills, and for each sweep, once it is through, whether it is the undisturbed one."""
    while number > 0:
        out, shards = bench.place(), bench.random.choice([1, 1, 2])
        upto, killed, before = min(number, bench.random.randint(2, MOST_OF_ONE_LIFE)), 0, set[str]()
        while killed < upto and not _through(bench, out, shards):
            killed += _a_life(bench, out, shards, before)
            before = held(out)
        number -= killed
        for shard in range(1, shards + 1):
            code, said = bench.told(bench.sweep(out, "--workers", "1", *_shard(shard, shards)))
            if code:
                bench.note("sweep after kills", "restart", said[-300:], BROKEN)
        bench.judged("sweep after kills", "at the end", out, kills=killed, shards=shards)


def _through(bench: Bench, out: Path, shards: int) -> bool:
    return len(held(out)) >= len(bench.undisturbed["run"].unique())


def _shard(shard: int, shards: int) -> list[str]:
    return ["--shard", f"{shard}/{shards}"] if shards > 1 else []


def _a_life(bench: Bench, out: Path, shards: int, before: set[str]) -> int:
    """Start, kill something, see what is left; how many kills that were."""
    workers = bench.random.choice(["1", "1", "2"])
    processes = [bench.sweep(out, "--workers", workers, *_shard(k + 1, shards)) for k in range(shards)]
    victim = bench.random.choice(processes)
    if workers == "2" and bench.random.random() < 0.8:
        fault, moment, done = "worker killed", *_kill_a_worker(bench, victim)
    else:
        fault = "writer of a shard killed" if shards > 1 else "writer killed"
        moment, done = _kill_the_writer(bench, victim, out)
    if fault == "worker killed":
        _ends_well(bench, victim, fault)
    for process in processes:
        kill(process)
    lost = before - held(out)
    if done:
        found = f"{len(held(out))} runs there, {len(lost)} lost"
        bench.note(fault, moment, found, BROKEN if lost else HELD)
    return int(done)


def _kill_the_writer(bench: Bench, victim: Process, out: Path) -> tuple[str, bool]:
    """At any moment, or just when it writes."""
    if bench.random.random() < 0.5:
        delay = bench.random.uniform(0.0, LONG)
        until(lambda: False, victim, delay)
        return f"{delay:.2f} s after the start", kill(victim)
    seen, delay = _state(out), bench.random.uniform(0.0, 0.03)
    until(lambda: _state(out) != seen, victim)
    time.sleep(delay)
    return f"{1000 * delay:.0f} ms after it began to write", kill(victim)


def _state(out: Path) -> list[str]:
    """Names in the folder of results."""
    with suppress(OSError):
        return sorted(os.listdir(out / "runs"))
    return []


def _kill_a_worker(bench: Bench, parent: Process) -> tuple[str, bool]:
    until(lambda: bool(workers_of(parent.pid)), parent)
    delay = bench.random.uniform(0.0, LONG)
    until(lambda: False, parent, delay)
    for worker in workers_of(parent.pid)[:1]:
        with suppress(psutil.NoSuchProcess):
            worker.kill()
            return f"{delay:.2f} s after workers began", True
    return f"{delay:.2f} s", False


def _ends_well(bench: Bench, parent: Process, fault: str) -> None:
    """A sweep goes on when a worker has died."""
    code, said = bench.told(parent)
    if code and not one_sentence(code, said):
        bench.note(fault, "afterwards", said[-300:], BROKEN)
