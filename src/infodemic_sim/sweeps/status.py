"""How far a study has come: from its folder alone, whoever is at work there and wherever."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from infodemic_sim.sweeps.folder import read_record
from infodemic_sim.sweeps.locks import is_held
from infodemic_sim.sweeps.manifest import at_one_moment, noted, runs_of
from infodemic_sim.sweeps.parts import LOCKS, parts_in

RECENT = 600.0
"""Seconds whose pace tells the time left."""


class Status(NamedTuple):
    """Runs: all, made, of these failed, still to make; processes at work; time left, if known; bytes."""

    runs: int
    made: int
    failed: int
    left: int
    at_work: int
    seconds_left: float | None
    bytes: int


def status(folder: str | Path) -> Status:
    """How far the study in a folder has come.

    Raises
    ------
    ResultFileError
        If it holds no study of this version of the model, or a part that no manifest speaks of is damaged.
    """
    return at_one_moment(lambda: _status(Path(folder)))


def _status(out: Path) -> Status:
    runs = int(read_record(out)["runs"])
    files = {part.path.name: part.path for part in parts_in(out)}
    lines = {line["part"]: line for line in noted(out)}
    held = {run: bad for name, path in files.items() for run, bad in runs_of(path, lines.get(name)).items()}
    at_work = sum(is_held(path) for path in (out / LOCKS).glob("*of*.lock"))
    left = max(0, runs - len(held))
    return Status(
        runs=runs,
        made=len(held),
        failed=sum(held.values()),
        left=left,
        at_work=at_work,
        seconds_left=_time_left(lines.values(), left) if at_work else None,
        bytes=sum(path.stat().st_size for path in files.values()),
    )


def _time_left(lines: Iterable[Mapping[str, Any]], left: int) -> float | None:
    """From the pace of the last minutes; None before two parts are there. The future is left out."""
    now = time.time()
    recent = [line for line in lines if _single(line["part"]) and 0.0 <= now - line["at"] <= RECENT]
    if len(recent) < 2:
        return None
    first, *rest = sorted(recent, key=lambda line: line["at"])
    made, seconds = sum(len(line["runs"]) for line in rest), now - first["at"]
    return left * seconds / made if made else None


def _single(name: str) -> bool:
    """Whether a part is new, not merged from others."""
    first, last = name.removesuffix(".parquet").split("-")[-2:]
    return first == last
