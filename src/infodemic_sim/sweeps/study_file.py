"""From a study file to a study; every mistake is told with file, line and column."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from infodemic_sim.scenario_file.checking import checked
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.scenario_file.reading import ScenarioFile, bundled, read_document, read_scenario, refusal
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
    said = scenario_said(file, document.data.get("scenario"))
    plans = {"plans": said.plans} if isinstance(said, ScenarioFile) else {}
    fields = {**plans, **with_scenario(document.data, said)}
    fields["design"] = _design(file, fields.get("design"))
    if fields["design"] is None:
        del fields["design"]
    study = checked(document, Study, fields)
    if document.mistakes or study is None:
        raise refusal(shown, document.mistakes)
    return study


def scenario_said(file: Path, said: Any) -> Any:
    """What ``scenario`` says in a file: read, if it is a name or a path; else with paths from here."""
    if isinstance(said, str):
        return read_scenario(said if bundled(said) else _beside(file, said))
    return with_paths(said, lambda inner: _beside(file, inner)) if isinstance(said, dict) else said


def with_scenario(fields: dict[str, Any], said: Any) -> dict[str, Any]:
    """The fields of a file with its scenario in place of what was said of it, if anything was."""
    if "scenario" not in fields:
        return dict(fields)
    return {**fields, "scenario": said.scenario if isinstance(said, ScenarioFile) else said}


def _design(file: Path, design: Any) -> Any:
    """A design with the path of its table, if it has one."""
    if isinstance(design, dict) and isinstance(path := design.get("path"), str):
        return {**design, "path": _beside(file, path)}
    return design


def _beside(file: Path, path: str) -> str:
    return os.path.normpath(file.parent / path)
