"""From a study file to a study; every mistake is told with file, line and column."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeVar

from infodemic_sim.errors import of_path
from infodemic_sim.scenario_file.checking import checked
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.scenario_file.reading import bundled, read_document, read_scenario, refusal
from infodemic_sim.study.unknowns import DECLARED
from infodemic_sim.sweeps.design_files import with_files
from infodemic_sim.sweeps.study import Base, Study

P = TypeVar("P", bound=Base)


def read_study(path: str | os.PathLike[str]) -> Study:
    """Read a study file, see ``read_plan``."""
    return read_plan(path, Study, "a study")


def read_plan(path: str | os.PathLike[str], kind: type[P], what: str) -> P:
    """Read a file about plans, a study or another question; paths in it are taken from its folder.

    ``scenario`` is the name of a bundled scenario, the path of a scenario file, or a scenario written out.
    Without ``plans`` there are those of the scenario file.

    Raises
    ------
    ScenarioFileError
        If the file cannot be read or anything in it is wrong; it tells every mistake with its place.
    """
    of_path("path", path)
    file, shown = Path(path), os.fspath(path)
    document = read_document(file, shown, what)
    fields = with_scenario(file, document.data)
    if "design" in fields:
        fields["design"] = _design(file, fields["design"])
    plan = checked(document, kind, fields)
    if document.mistakes or plan is None:
        raise refusal(shown, document.mistakes)
    if isinstance(plan, Study):
        design = with_files(plan.design, plan.scenario, lambda inner: beside(file, inner))
        return plan if design is plan.design else plan.but(design=design)
    return plan


def with_scenario(file: Path, said: dict[str, Any]) -> dict[str, Any]:
    """What a file says, with the scenario that it names, and the plans of that one's file if it has none.

    Draws are told from the file's folder, too.
    """
    fields = dict(said)
    if isinstance(draws := fields.get("draws"), str) and draws != DECLARED:
        fields["draws"] = beside(file, draws)
    if isinstance(name := fields.get("scenario"), str):
        found = read_scenario(name if bundled(name) else beside(file, name))
        return {"plans": found.plans, **fields, "scenario": found.scenario}
    if isinstance(fields.get("scenario"), dict):
        fields["scenario"] = with_paths(fields["scenario"], lambda inner: beside(file, inner))
    return fields


def _design(file: Path, design: Any) -> Any:
    """A design with the path of its table, if it has one."""
    if isinstance(design, dict) and isinstance(path := design.get("path"), str):
        return {**design, "path": beside(file, path)}
    return design


def beside(file: Path, path: str) -> str:
    """A path as it is told from the folder of a file."""
    return os.path.normpath(file.parent / path)
