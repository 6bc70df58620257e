"""Calibrations as files: read again without trust in anything but numbers, and never mixed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from filelock import FileLock, Timeout

from infodemic_sim.calibration.evidence import Observed
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.errors import InfodemicError, OutputExistsError, ResultFileError
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.params import plain
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.store import read_parquet, refuse_to_overwrite, write_parquet, write_text

QUESTION, DATABASE, LOCK = "calibration.json", "generations.db", ".calibrating"
POINTS, BEFORE, PREDICTIONS = "posterior.parquet", "prior.parquet", "predictions.parquet"
DRAWS, SUMMARY, CHECK, GENERATIONS = "draws.csv", "parameters.csv", "check.csv", "generations.csv"
FIGURES = ("posterior.png", "posterior.svg", "check.png", "check.svg")
FILES = (DATABASE, POINTS, BEFORE, PREDICTIONS, DRAWS, SUMMARY, CHECK, GENERATIONS, *FIGURES)


def identity(calibration: Calibration, observed: Observed) -> dict[str, Any]:
    """All that the numbers of a calibration hang on, as plain data."""
    asked = {name: plain(getattr(calibration, name)) for name in type(calibration).model_fields}
    asked["scenario"] = calibration.scenario.written()
    return {
        "model_version": MODEL_VERSION,
        **asked,
        "observed": {name: plain(_listed(value)) for name, value in observed._asdict().items()},
    }


def _listed(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value


@contextmanager
def claimed(folder: Path, question: dict[str, Any]) -> Iterator[None]:
    """The folder for one calibration alone, while the block lasts.

    Raises
    ------
    OutputExistsError
        If it holds another calibration, one of another version, other results, or another process is in it.
    """
    refuse_others(folder, question)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        with lock.acquire(blocking=False):
            refuse_others(folder, question)
            if not (folder / QUESTION).exists():
                said = {**question, "packages": versions()}
                write_text(folder / QUESTION, json.dumps(said, indent=2, ensure_ascii=False) + "\n")
            yield
    except Timeout:
        raise OutputExistsError(f"{folder}: another process calibrates here: give another folder.") from None


def refuse_others(folder: Path, question: dict[str, Any]) -> None:
    """Nothing, if the folder is free or holds the same calibration."""
    refuse_to_overwrite(folder)
    if not (folder / QUESTION).exists():
        if found := [name for name in FILES if (folder / name).exists()]:
            raise OutputExistsError(
                f"{folder}: the folder holds results already ({found[0]}); give another one."
            )
        return
    there = _said(folder)
    if there.get("model_version") != question["model_version"]:
        raise OutputExistsError(
            f"{folder}: the folder holds a calibration of model version {there.get('model_version')}, and "
            f"this is version {question['model_version']}: give another folder."
        )
    here = json.loads(json.dumps(question))
    if different := [name for name in here if here[name] != there.get(name)]:
        raise OutputExistsError(
            f"{folder}: the folder holds another calibration ({different[0]} differs): give another folder."
        )


def write_posterior(posterior: Posterior, folder: Path) -> None:
    """All tables of what is known."""
    for name, table in (
        (POINTS, posterior.points),
        (BEFORE, posterior.before),
        (PREDICTIONS, posterior.predictions),
    ):
        write_parquet(table, folder / name)
    for name, table in (
        (DRAWS, posterior.draws(len(posterior.points), posterior.seed)),
        (SUMMARY, posterior.summary()),
        (CHECK, posterior.check()),
        (GENERATIONS, posterior.progress),
    ):
        write_text(folder / name, table.to_csv(index=False, lineterminator="\n"))


def read_posterior(folder: str | Path) -> Posterior:
    """What is known of parameters after a calibration, as it was written.

    Raises
    ------
    ResultFileError
        If the folder holds none that can be read, or one of another version of the model.
    """
    import duckdb

    folder = Path(folder)
    said = _said(folder)
    if said.get("model_version") != MODEL_VERSION:
        raise ResultFileError(
            f"{folder}: this calibration is of model version {said.get('model_version')}, and this is "
            f"version {MODEL_VERSION}: calibrate again."
        )
    try:
        tables = [read_parquet(folder / name) for name in (POINTS, BEFORE, PREDICTIONS)]
        progress = pd.read_csv(folder / GENERATIONS)
        seen = said.pop("observed")
        names = tuple(seen.pop("names"))
        observed = Observed(names, **{name: np.array(value) for name, value in seen.items()})
        return Posterior(said, observed, tables[0], tables[1], progress, tables[2])
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        if isinstance(error, InfodemicError):
            raise
        raise ResultFileError(f"{folder}: the calibration there is not finished: run it again.") from None


def _said(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / QUESTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ResultFileError(f"{folder}: there is no calibration that can be read.") from None
    if not isinstance(said, dict):
        raise ResultFileError(f"{folder}: there is no calibration that can be read.")
    return said
