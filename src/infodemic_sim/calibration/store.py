"""Calibrations as files: read again without trust in anything but numbers, and never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from infodemic_sim.calibration.evidence import Observed
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.calibration.tables import LARGEST
from infodemic_sim.errors import GraphFileError, InfodemicError, ResultFileError
from infodemic_sim.graphs.attributes import read_table
from infodemic_sim.graphs.raw import json_object
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.params import plain
from infodemic_sim.plugins import nameless
from infodemic_sim.study.draws_table import DRAWS
from infodemic_sim.study.store import write_parquet, write_text
from infodemic_sim.study.written import demand, demand_names, read_parquet

QUESTION, DATABASE, LOCK = "calibration.json", "generations.db", ".calibrating"
POINTS, BEFORE, PREDICTIONS = "posterior.parquet", "prior.parquet", "predictions.parquet"
SUMMARY, CHECK, GENERATIONS = "parameters.csv", "check.csv", "generations.csv"


def identity(calibration: Calibration, observed: Observed) -> dict[str, Any]:
    """All that the numbers of a calibration hang on, as plain data."""
    asked = {name: plain(getattr(calibration, name)) for name in type(calibration).model_fields}
    asked["scenario"] = calibration.scenario.written()
    if any(nameless(calibration.evidence)):  # of a script: it runs, and is told from what bears its name
        kind = type(calibration.evidence)
        asked["evidence"] |= {"type": f"{kind.__module__}.{kind.__qualname__}"}
    drawn = {"errors": "drawn"} if calibration.method == "distance" else {}  # once they scaled distances only
    return {
        "model_version": MODEL_VERSION,
        **asked,
        **drawn,
        "observed": {name: plain(_listed(value)) for name, value in observed._asdict().items()},
    }


def _listed(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value


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
    said = read_question(folder)
    if said.get("model_version") != MODEL_VERSION:
        raise ResultFileError(
            f"{folder}: this calibration is of model version {said.get('model_version')}, and this is "
            f"version {MODEL_VERSION}: calibrate again."
        )
    try:
        demand(said, {"parameters": dict, "method": str, "generations": int, "seed": int, "observed": dict})
        observed = _observed(said.pop("observed"))
        known = [*said["parameters"], "weight", "misfit", *observed.names]
        points, before = (_numbers(read_parquet(folder / name), known) for name in (POINTS, BEFORE))
        predictions = _numbers(read_parquet(folder / PREDICTIONS), observed.names)
        progress = _numbers(_table(folder / GENERATIONS), ("threshold", "runs", "effective"))
        weights = points["weight"].to_numpy()
        if not (np.isfinite(points[[*said["parameters"], "weight"]].to_numpy()).all() and weights.min() >= 0):
            raise ValueError("a weight below 0, or no number")
        if not 0.0 < weights.sum() < np.inf:
            raise ValueError("no point has any weight")
        return Posterior(said, observed, points, before, progress, predictions)
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        if isinstance(error, InfodemicError):
            raise
        raise ResultFileError(f"{folder}: the calibration there is not finished: run it again.") from None


def read_question(folder: Path) -> dict[str, Any]:
    """What was asked, as plain data; a ResultFileError if there is none that can be read."""
    try:
        return json_object(folder / QUESTION)
    except (OSError, ValueError):
        raise ResultFileError(f"{folder}: there is no calibration that can be read.") from None


def _observed(seen: dict[str, Any]) -> Observed:
    """The evidence; a ValueError if its parts do not fit together."""
    demand_names(seen.get("names"), "'names'")
    k = len(seen["names"])
    shapes = {"values": (k,), "covariance": (k, k), "low": (k,), "high": (k,), "fitted": (k,)}
    arrays = {name: np.array(seen[name]) for name in shapes}
    for name, shape in shapes.items():
        if arrays[name].shape != shape or arrays[name].dtype.kind not in ("b" if name == "fitted" else "if"):
            raise ValueError(f"'{name}' is of another shape or kind")
    if not np.diag(arrays["covariance"]).min() >= 0.0:
        raise ValueError("an error below 0")
    return Observed(tuple(seen["names"]), **arrays)


def _numbers(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table, if it has rows, and numbers in some columns, each once; else a ValueError."""
    if table.empty or not all(list(table.columns).count(name) == 1 for name in columns):
        raise ValueError("a table lacks rows or columns")
    if not all(table[name].dtype.kind in "if" for name in columns):
        raise ValueError("a column holds something else than numbers")
    return table


def _table(path: Path) -> pd.DataFrame:
    """A small CSV table that this package has written, with numbers as numbers."""
    try:
        names, rows = read_table(path, LARGEST)
    except GraphFileError as error:
        raise ValueError(str(error)) from None
    table = pd.DataFrame([row for _, row in rows], columns=names)
    return table.apply(pd.to_numeric)
