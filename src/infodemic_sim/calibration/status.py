"""How far a calibration has come: from its folder alone, whoever is at work there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.calibration.store import DATABASE, LOCK, POINTS, QUESTION, read_question
from infodemic_sim.errors import ResultFileError
from infodemic_sim.sweeps.locks import is_held


class Status(NamedTuple):
    """Generations at most, and done; whether all results are there; whether a process is at work."""

    generations: int
    done: int
    finished: bool
    at_work: bool


def status(folder: str | Path) -> Status:
    """How far the calibration in a folder has come; a finished one may have ended before the last generation.

    Raises
    ------
    ResultFileError
        If it holds no calibration that can be read.
    """
    out = Path(folder)
    generations = read_question(out).get("generations")
    if type(generations) is not int:
        raise ResultFileError(f"{out / QUESTION}: it does not say how many generations there are to be.")
    return Status(generations, _done(out), (out / POINTS).is_file(), is_held(out / LOCK))


def _done(out: Path) -> int:
    if not (out / DATABASE).is_file():
        return len(list(out.glob("generation-*.parquet")))
    try:
        with closing(
            sqlite3.connect(f"{(out / DATABASE).absolute().as_uri()}?mode=ro", uri=True)
        ) as database:
            return int(
                database.execute("SELECT count(DISTINCT t) FROM populations WHERE t >= 0").fetchone()[0]
            )
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return 0  # it has just been begun
        raise ResultFileError(f"{out / DATABASE}: it cannot be read ({error}).") from None
    except sqlite3.Error as error:
        raise ResultFileError(f"{out / DATABASE}: it cannot be read ({error}).") from None
