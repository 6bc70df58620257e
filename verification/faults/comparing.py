"""Kill -9 during a comparison: its folder holds nothing, or whole files that belong together."""

from __future__ import annotations

import filecmp
import shutil
from contextlib import suppress
from pathlib import Path

import psutil

import infodemic_sim as ids
from infodemic_sim.errors import ResultFileError
from tests.sweeps.processes import workers_of
from verification.faults.bench import (
    BROKEN,
    HELD,
    NAMED,
    TOWN,
    Bench,
    Process,
    kill,
    one_sentence,
    until,
)

SCENARIO = "\n".join(line.removeprefix("  ") for line in TOWN.splitlines()) + "\n"
LONG = 2.0
"""Seconds in which everything is written, about."""


def compare_killed(bench: Bench, number: int) -> None:
    """A comparison is killed while it works or writes, in an empty folder or over older results."""
    for _ in range(number):
        out, over = bench.place(), bench.random.random() < 0.5
        if over:
            shutil.copytree(whole(bench, seed=2), out)
        began = _signature(out)
        workers = bench.random.choice(["1", "2"])
        process = compared(bench, out, "--workers", workers, "--overwrite")
        if workers == "2" and bench.random.random() < 0.4:
            _worker_killed(bench, process, out)
            continue
        until(lambda: _signature(out) != began, process)  # noqa: B023 (it is asked at once)
        delay = bench.random.uniform(0.0, LONG)
        until(lambda: False, process, delay)
        alive = kill(process)
        moment = f"{delay:.2f} s after it began to write{', over older results' if over else ''}"
        if alive:
            verdict, found = same_files(bench, out)
            bench.note("compare killed", moment, found, verdict)
        code, said = bench.told(compared(bench, out, "--overwrite"))
        same = not code and not differing(out, whole(bench), every=True)
        found = "every file as undisturbed" if same else f"{said[-300:]} {differing(out, whole(bench))}"
        bench.note("compare after a kill", moment, found, HELD if same else BROKEN)


def _worker_killed(bench: Bench, process: Process, out: Path) -> None:
    until(lambda: bool(workers_of(process.pid)), process)
    delay = bench.random.uniform(0.0, 4.0)
    until(lambda: False, process, delay)
    hit = False
    for worker in workers_of(process.pid)[:1]:
        with suppress(psutil.NoSuchProcess):
            worker.kill()
            hit = True
    code, said = bench.told(process)
    if hit:
        fine = code == 0 or one_sentence(code, said)
        bench.note("worker of compare killed", f"after {delay:.2f} s", said[-200:], NAMED if fine else BROKEN)


def compared(bench: Bench, out: Path, *words: str, seed: int = 1) -> Process:
    """A comparison in a process of its own."""
    scenario = bench.folder / "town.yaml"
    scenario.write_text(SCENARIO)
    plain = ["--replicates", "4", "--seed", str(seed), "--quiet"]
    workers = [] if "--workers" in words else ["--workers", "1"]
    return bench.begin("compare", str(scenario), "--out", str(out), *plain, *workers, *words)


def whole(bench: Bench, seed: int = 1) -> Path:
    """The folder of an undisturbed comparison."""
    out = bench.folder / f"compared{seed}"
    if not out.exists():
        code, said = bench.told(compared(bench, out, seed=seed))
        if code:
            raise RuntimeError(said)
    return out


def same_files(bench: Bench, out: Path) -> tuple[str, str]:
    """Whether what stands there is one result: all files are of one comparison, or it is told as none."""
    if not out.exists() or not any(path.name[0] != "." for path in out.iterdir()):
        return HELD, "nothing there"
    for seed in (1, 2):
        if not differing(out, whole(bench, seed)):
            return HELD, f"{len(list(out.iterdir()))} whole files of one comparison"
    try:
        ids.Comparison.load(out)
    except ResultFileError as error:
        return NAMED, str(error)
    return BROKEN, f"it reads as a result, but {differing(out, whole(bench))} are of another"


def differing(out: Path, other: Path, *, every: bool = False) -> list[str]:
    """Files that are not the same in two folders; of one that may lack some, those that are there."""
    names = {path.name for path in out.iterdir() if path.name[0] != "."}
    if every:
        names |= {path.name for path in other.iterdir()}
    same, _, _ = filecmp.cmpfiles(out, other, sorted(names), shallow=False)
    return sorted(names - set(same))


def _signature(out: Path) -> list[tuple[str, int]]:
    with suppress(OSError):
        return sorted((path.name, path.stat().st_mtime_ns) for path in out.iterdir())
    return []
