"""A disk that is full, and files that may not be written."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verification.faults.bench import BROKEN, HELD, NAMED, Bench, one_sentence, until
from verification.faults.comparing import SCENARIO, same_files

POWERLESS = "-dac_override,-dac_read_search"
"""What root must be without, for files to be read-only for it too."""


def full_disk(bench: Bench, number: int) -> None:
    """A small file system runs full during a sweep; it is made larger, and the same command goes on.

    Raises
    ------
    PermissionError
        Where no file system may be mounted.
    """
    for _ in range(number):
        size, place = int(2.0 ** bench.random.uniform(4.0, 8.5)), bench.place()
        with small_disk(place, f"{size}k"):
            out, moment = place / "out", f"{size} kB"
            code, said = bench.told(bench.sweep(out, "--workers", bench.random.choice(["1", "2"])))
            _judged_once(bench, "full disk", moment, code, said)
            mount("-o", "remount,size=64m", str(place))
            code, said = bench.told(bench.sweep(out, "--workers", "1"))
            if code:
                bench.note("full disk", f"{moment}, room made", said[-400:], BROKEN)
            else:
                bench.judged("full disk", f"{moment}, room made", out)


def full_disk_of_compare(bench: Bench, number: int) -> None:
    """The same of a comparison: its folder holds whole files, each with the bytes it should have."""
    for _ in range(number):
        size, place = int(2.0 ** bench.random.uniform(4.0, 9.0)), bench.place()
        with small_disk(place, f"{size}k"):
            scenario, out = bench.folder / "town.yaml", place / "out"
            scenario.write_text(SCENARIO)
            words = ("--replicates", "4", "--seed", "1", "--workers", "1", "--quiet")
            code, said = bench.told(bench.begin("compare", str(scenario), "--out", str(out), *words))
            _judged_once(bench, "full disk of a comparison", f"{size} kB", code, said)
            verdict, found = same_files(bench, out)
            bench.note("full disk of a comparison", f"{size} kB, afterwards", found, verdict)


def read_only(bench: Bench, number: int) -> None:
    """Folders and files become read-only at a random moment; when they may be written, it goes on."""
    for _ in range(number):
        out = bench.place()
        process = bench.sweep(out, "--workers", bench.random.choice(["1", "2"]), before=without_power())
        until((out / "runs").is_dir, process)
        until(lambda: False, process, bench.random.uniform(0.0, 4.0))
        victim = bench.random.choice([out, out / "runs", *out.glob("manifest*"), *out.glob("runs/part*")])
        mode = victim.stat().st_mode
        victim.chmod(0o500 if victim.is_dir() else 0o400)
        code, said = bench.told(process)
        moment = f"{victim.relative_to(out.parent)} is read-only"
        _judged_once(bench, "read-only", moment, code, said)
        code, said = bench.told(bench.sweep(out, "--workers", "1", before=without_power()))
        _judged_once(bench, "read-only", f"{moment}, started again", code, said)
        victim.chmod(mode)
        code, said = bench.told(bench.sweep(out, "--workers", "1", before=without_power()))
        if code:
            bench.note("read-only", f"{moment}, writable again", said[-400:], BROKEN)
        else:
            bench.judged("read-only", f"{moment}, writable again", out)


def _judged_once(bench: Bench, fault: str, moment: str, code: int, said: str) -> None:
    """A command that met the fault ends well, or says in one sentence what is wrong."""
    if code == 0:
        bench.note(fault, moment, "nothing was in the way", HELD)
    else:
        bench.note(fault, moment, said[-400:], NAMED if one_sentence(code, said) else BROKEN)


def without_power() -> tuple[str, ...]:
    """What makes a command of root's mind who may write what.

    Raises
    ------
    PermissionError
        Where there is no such program.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        raise PermissionError("root may write everything here, and there is no setpriv to forbid it")
    return ("setpriv", f"--bounding-set={POWERLESS}", f"--inh-caps={POWERLESS}")


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A file system in memory, for as long as the block lasts."""
    place.mkdir()
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def mount(*words: str) -> None:
    """Mount, or say that this is not allowed."""
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PermissionError(f"a small disk cannot be mounted here ({done.stderr.strip()})")
