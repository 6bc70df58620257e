"""A graph as a folder of arrays, written at once and mapped into memory."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from infodemic_sim.errors import GraphFileError, OutputExistsError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.checks import check_columns
from infodemic_sim.graphs.columns import Categories, Column
from infodemic_sim.graphs.report import ImportReport

FORMAT = 1
ARRAYS = ("indptr", "indices", "weights", "labels")


def save(graph: SocialGraph, folder: Path) -> Path:
    """Write beside the folder, then rename: nobody meets half a graph.

    Raises
    ------
    OutputExistsError
        If the folder is there already.
    """
    if folder.exists():
        raise OutputExistsError(
            f"{folder.name}: the folder is there already; give another name or remove it."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write(graph, scratch)
        os.replace(scratch, folder)
    except OSError as error:
        if folder.exists():
            raise OutputExistsError(
                f"{folder.name}: another process has written the folder meanwhile."
            ) from error
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _write(graph: SocialGraph, folder: Path) -> None:
    for name in ARRAYS:
        if (array := getattr(graph, name)) is not None:
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
    columns = []
    for place, (name, values) in enumerate(graph.attributes.items()):
        levels = list(values.levels) if isinstance(values, Categories) else None
        array = values.codes if isinstance(values, Categories) else values
        np.save(folder / f"column-{place}.npy", array, allow_pickle=False)
        columns.append({"name": name, "levels": levels})
    content = {
        "format": FORMAT,
        "directed": graph.directed,
        "columns": columns,
        "digest": graph.digest(),
        "report": graph.report.to_dict() if graph.report else None,
    }
    (folder / "graph.json").write_text(json.dumps(content, indent=1), encoding="utf-8")


def open_saved(folder: Path) -> SocialGraph:
    """The graph of a folder; arrays are mapped, so that only what is touched is read.

    Raises
    ------
    GraphFileError
        If the folder does not hold a graph that this version has written.
    """
    try:
        content = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
        arrays = {name: _mapped(folder / f"{name}.npy") for name in ARRAYS}
        columns = {
            entry["name"]: _column(folder, place, entry) for place, entry in enumerate(content["columns"])
        }
        report = ImportReport.from_dict(content["report"]) if content["report"] else None
        directed, digest = bool(content["directed"]), str(content["digest"])
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        reason = f"{type(error).__name__}"
        raise GraphFileError(f"{folder.name}: the folder does not hold a saved graph ({reason}).") from None
    if content.get("format") != FORMAT:
        raise GraphFileError(f"{folder.name}: the graph was saved by another version; build it again.")
    _check(folder, arrays)
    check_columns(columns, arrays["labels"], len(arrays["indptr"]) - 1)
    graph = SocialGraph._trusted(**arrays, directed=directed, attributes=columns, report=report)
    graph.__dict__["_digest"] = digest
    return graph


def _mapped(path: Path) -> Any:
    """The array of a file as a plain read-only array over the mapped memory; None without a file."""
    if not path.exists():
        return None
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    return array.view(np.ndarray)


def _column(folder: Path, place: int, entry: dict[str, Any]) -> Column:
    array = _mapped(folder / f"column-{place}.npy")
    return array if entry["levels"] is None else Categories(array, tuple(entry["levels"]))


def _check(folder: Path, arrays: dict[str, Any]) -> None:
    indptr, indices, weights = arrays["indptr"], arrays["indices"], arrays["weights"]
    kinds = [(indptr, np.int64), (indices, np.int32), (weights, np.float32)]
    right = all(array is None or (array.ndim == 1 and array.dtype == kind) for array, kind in kinds)
    if not right or indptr is None or indices is None or len(indptr) < 2 or indptr[-1] != len(indices):
        raise GraphFileError(f"{folder.name}: the arrays of the saved graph do not fit together.")
    if weights is not None and len(weights) != len(indices):
        raise GraphFileError(f"{folder.name}: the weights of the saved graph do not fit its ties.")
