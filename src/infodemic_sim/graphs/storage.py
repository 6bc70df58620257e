"""A graph as a folder of arrays, written at once and mapped into memory."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from infodemic_sim.errors import GraphError, GraphFileError, OutputExistsError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.checks import check_columns, check_rows
from infodemic_sim.graphs.columns import Categories, Column
from infodemic_sim.graphs.raw import json_object
from infodemic_sim.graphs.report import ImportReport

FORMAT = 1
MAGIC = b"\x93NUMPY\x01\x00"
HEADER = re.compile(
    rb"\{'descr': '(?P<kind>[<>|][iufU]\d{1,4})', 'fortran_order': False, "
    rb"'shape': \((?P<count>\d{1,18}),\), \}\s*"
)
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
        content = json_object(folder / "graph.json")
        arrays = {name: _mapped(folder / f"{name}.npy") for name in ARRAYS}
        columns = {
            entry["name"]: _column(folder, place, entry) for place, entry in enumerate(content["columns"])
        }
        report = ImportReport.from_dict(content["report"]) if content["report"] else None
        directed, digest = bool(content["directed"]), str(content["digest"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, OverflowError) as error:
        reason = f"{type(error).__name__}"
        raise GraphFileError(f"{folder.name}: the folder does not hold a saved graph ({reason}).") from None
    if content.get("format") != FORMAT:
        raise GraphFileError(f"{folder.name}: the graph was saved by another version; build it again.")
    try:
        check_rows(arrays["indptr"], arrays["indices"], arrays["weights"])
        check_columns(columns, arrays["labels"], len(arrays["indptr"]) - 1)
    except GraphError as error:
        raise GraphFileError(
            f"{folder.name}: the saved graph is damaged ({error}); build it again."
        ) from None
    graph = SocialGraph._trusted(**arrays, directed=directed, attributes=columns, report=report)
    graph.__dict__["_digest"] = digest
    return graph


def _mapped(path: Path) -> Any:
    """The array of a file as a plain read-only array over the mapped memory; None without a file.

    Only a header as ``np.save`` writes it for one row is read; numpy's own reader takes it for Python.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        start = file.read(10)
        length = int.from_bytes(start[8:], "little")
        header = HEADER.fullmatch(file.read(length))
    if start[:8] != MAGIC or header is None:
        raise ValueError("no array")
    kind, count = np.dtype(header["kind"].decode()), int(header["count"])
    if path.stat().st_size != len(start) + length + count * kind.itemsize:
        raise ValueError("an array of another length than it says")
    return np.memmap(path, kind, "r", len(start) + length, (count,)).view(np.ndarray)


def _column(folder: Path, place: int, entry: dict[str, Any]) -> Column:
    array, levels = _mapped(folder / f"column-{place}.npy"), entry["levels"]
    if levels is None:
        return array
    if not all(isinstance(level, str) for level in levels):
        raise TypeError("levels are texts")
    return Categories(array, tuple(levels))
