"""From a study file to a study; every mistake is told with file, line and column."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from infodemic_sim.scenario_file.checking import checked
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.scenario_file.reading import bundled, read_document, read_scenario, refusal
from infodemic_sim.sweeps.study import Study


def read_study(path: str | os.PathLike[str]) -> Study:
    """Read a study file; paths in it are taken from its folder.

    ``scenario`` is the name of a bundled scenario, the path of a scenario file, or a scenario written out.
    Without ``plans`` there are those of the scenario file.

    Raises
    ------
    ScenarioFileError
        If the file cannot be read or anything in it is wrong; it tells every mistake with its place.
    """
    file, shown = Path(path), os.fspath(path)
    document = read_document(file, shown, "a study")
    fields = dict(document.data)
    if isinstance(name := fields.get("scenario"), str):
        said = read_scenario(name if bundled(name) else os.path.normpath(file.parent / name))
        fields = {"plans": said.plans, **fields, "scenario": said.scenario}
    elif isinstance(fields.get("scenario"), dict):
        fields["scenario"] = with_paths(fields["scenario"], lambda inner: _beside(file, inner))
    fields["design"] = _design(file, fields.get("design"))
    if fields["design"] is None:
        del fields["design"]
    study = checked(document, Study, fields)
    if document.mistakes or study is None:
        raise refusal(shown, document.mistakes)
    return study


def _design(file: Path, design: Any) -> Any:
    """A design with the path of its table, if it has one."""
    if isinstance(design, dict) and isinstance(path := design.get("path"), str):
        return {**design, "path": _beside(file, path)}
    return design


def _beside(file: Path, path: str) -> str:
    return os.path.normpath(file.parent / path)
