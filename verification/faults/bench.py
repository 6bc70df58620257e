"""Where faults are tried: a study, its undisturbed results, commands in processes, and the log."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import pandas as pd

import infodemic_sim as ids
from infodemic_sim.errors import ResultFileError
from verification.faults.nursery import Child, Nursery

Process = subprocess.Popen[str] | Child

TOWN = """\
  population:
    graph: {type: erdos_renyi, people: 40, mean_degree: 6, seed: 1}
    providers: 0.1
  topics: [{name: vaccines, posting: {public: 0.5, provider: 0.5}}]
  interventions: [{type: warning_label, recall: 0.5}]
  days: 1
  warm_up: 0
  hours_per_step: 6
  record: end
"""
STUDY = f"""\
scenario:
{TOWN}plans: {{today: [], label: [warning_label]}}
design: {{type: grid, parameters: {{population.providers: [0.02, 0.05, 0.1]}}}}
replicates: 100
seed: 5
"""
RUNS = 600
LONGEST = 300.0
"""Seconds after which a command hangs."""
HELD, NAMED, BROKEN = "held", "named", "BROKEN"
"""Verdicts: the results are the undisturbed ones; the fault was told in a sentence; neither."""


class Bench:
    """A folder to work in, a seed for all choices, and the log."""

    def __init__(self, folder: Path, seed: int, log: Path | None = None) -> None:
        self.folder, self.random, self.log = folder, random.Random(seed), log
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.lives = self.commands = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.study = folder / "study.yaml"
        self.study.write_text(STUDY)
        self._nursery: Nursery | None = None

    @cached_property
    def undisturbed(self) -> pd.DataFrame:
        """All rows of the study, from one process that nothing disturbed."""
        found = ids.sweep(ids.read_study(self.study), self.folder / "undisturbed")
        self.design = found.design
        return rows(found.folder)

    def place(self) -> Path:
        """A new name for a folder."""
        self.lives += 1
        return self.folder / f"life{self.lives}"

    def sweep(self, out: Path, *words: str, before: tuple[str, ...] = (), **more: str) -> Process:
        """The sweep in a process of its own."""
        plain = ["sweep", str(self.study), "--out", str(out), "--quiet", *words]
        return begin(*plain, before=before, **more) if before or more else self.begin(*plain)

    def begin(self, *words: str) -> Process:
        """A command in a process of its own, which begins at once."""
        if self._nursery is None:
            self._nursery = Nursery()
        self.commands += 1
        return self._nursery.begin(list(words), self.folder / f"said{self.commands}")

    def close(self) -> None:
        """End what serves it."""
        if self._nursery is not None:
            self._nursery.close()

    def note(self, fault: str, moment: str, found: str, verdict: str, **more: object) -> None:
        """A line of the log."""
        self.verdicts[fault, verdict] += 1
        line = {"fault": fault, "moment": moment, "found": found, "verdict": verdict, **more}
        text = json.dumps(line, ensure_ascii=False)
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as stream:
                stream.write(text + "\n")

    def judged(self, fault: str, moment: str, out: Path, **more: object) -> None:
        """After the last restart: each run once, and every bit as undisturbed."""
        same = rows(out).equals(self.undisturbed) and ids.Results(out).design.equals(self.design)
        left = sorted(path.name for path in (out / "runs").iterdir() if not path.name.startswith("part-"))
        found = f"{RUNS} runs, each once, bits equal" if same else "rows differ from the undisturbed sweep"
        found += f"; left lying: {left}" if left else ""
        same = same and not left
        self.note(fault, moment, found, HELD if same else BROKEN, **more)

    def told(self, process: Process) -> tuple[int, str]:
        """Exit code of a command that ends by itself, and what it said."""
        _, said = process.communicate(timeout=LONGEST)
        return process.returncode, said.strip()

    @property
    def broken(self) -> int:
        """How often something was neither held nor named."""
        return sum(number for (_, verdict), number in self.verdicts.items() if verdict == BROKEN)


def rows(out: Path) -> pd.DataFrame:
    """All rows of a study, ordered by what they say."""
    return ids.Results(out).query("SELECT * FROM runs ORDER BY ALL")


def held(out: Path) -> set[str]:
    """Addresses of the runs that can be read from a folder now."""
    with suppress(ResultFileError):
        return set(ids.Results(out).query("SELECT DISTINCT run FROM runs")["run"])
    return set()


def begin(*words: str, before: tuple[str, ...] = (), **more: str) -> subprocess.Popen:
    """A command of the package in a process of its own, which hears Ctrl-C."""
    command = [*before, sys.executable, "-m", "infodemic_sim", *words]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, **more},
        preexec_fn=_hears_ctrl_c,
    )  # fmt: skip


def _hears_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def kill(process: Process) -> bool:
    """Kill a process at once; whether it was still alive."""
    alive = process.poll() is None
    process.kill()
    process.communicate()
    return alive


def one_sentence(code: int, said: str) -> bool:
    """Whether a command ended with a mistake told in our words."""
    return code == 2 and said.startswith("infodemic: ") and "Traceback" not in said


def until(happens: Callable[[], bool], process: Process, seconds: float = LONGEST) -> None:
    """Wait until something happens, or the process ends."""
    end = time.monotonic() + seconds
    while process.poll() is None and not happens() and time.monotonic() < end:
        time.sleep(0.001)
