"""What stands in the folder of a study beside its results: what the study is, and its design."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import InfodemicError, NotWritableError, OutputExistsError, ResultFileError
from infodemic_sim.graphs.raw import json_object
from infodemic_sim.mistakes import short
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.plugins import packages_of, refuse_nameless
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.store import write_parquet, write_text
from infodemic_sim.study.written import demand, demand_names, read_parquet
from infodemic_sim.sweeps.agenda import Agenda
from infodemic_sim.sweeps.parts import FOLDER
from infodemic_sim.sweeps.study import Study
from infodemic_sim.writing import synced

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.params import Part
    from infodemic_sim.scenario import Scenario

STUDY, DESIGN = "study.json", "design.parquet"
KINDS = {"points": int, "runs": int, "replicates": int, "seed": int, "primary": str, "study": dict}
"""What the record of a study must say, beside the names of its plans and parameters."""


def check(agenda: Agenda, out: Path) -> None:
    """Refuse a folder that is not for this study. A study may grow: it may hold more runs than before.

    The design is written first, and then what the study is: a study that has just begun, or ended as it
    began, has its design alone.

    Raises
    ------
    OutputExistsError
        If the folder holds another study, or something else.
    ResultFileError
        If it was made by another version of the model.
    """
    if out.exists() and not out.is_dir():
        _refuse(out, "is a file")
    names = _names(out)
    if STUDY in names:
        read_record(out)
    elif names - {DESIGN}:
        _refuse(out, "holds something that is no study")
    before = set(read_design(out)["run"]) if DESIGN in names else set()
    if agenda.runs() < before:
        _refuse(out, "holds more runs of this study than are asked for (a study may grow, not shrink)")
    if before - agenda.runs():
        _refuse(out, "holds another study")


def _names(out: Path) -> set[str]:
    """What lies in a folder, but for runs and what is hidden."""
    names = {path.name for path in out.iterdir()} if out.exists() else set()
    return {name for name in names if name != FOLDER and name[0] != "."}


def write(agenda: Agenda, out: Path) -> None:
    """Say what the study is, unless that is said already."""
    text = json.dumps(record(agenda), indent=2, ensure_ascii=False) + "\n"
    path, design = out / STUDY, agenda.table()
    if path.exists() and path.read_text(encoding="utf-8") == text and _stands(design, out):
        return
    write_parquet(design, out / DESIGN)
    write_text(path, text)
    synced(out)


def _stands(design: pd.DataFrame, out: Path) -> bool:
    """Whether the folder holds this design, value by value."""
    return (out / DESIGN).exists() and read_design(out).equals(design)


def record(agenda: Agenda) -> dict[str, Any]:
    """All that is needed to make the study again; it holds no time, so equal studies say the same."""
    study = agenda.study
    return {
        "model_version": MODEL_VERSION,
        "seed": study.seed,
        "replicates": study.replicates,
        "points": len(agenda.points),
        "runs": len(agenda.runs()),
        "plans": list(agenda.plans),
        "parameters": sorted({path for point in agenda.points for path in point}),
        "primary": study.scenario.primary,
        **({"draws": agenda.drawing.record} if agenda.drawing else {}),
        "study": written(study, study.scenario),
        "packages": {**versions(), **packages_of(study)},
    }


def read_record(out: Path) -> dict[str, Any]:
    """What a folder says of its study.

    Raises
    ------
    ResultFileError
        If it holds no study, or one made by another version of the model.
    """
    try:
        said = json_object(out / STUDY)
        version = said["model_version"]
    except (OSError, ValueError, KeyError):
        raise ResultFileError(f"{out}: the folder holds no study that can be read.") from None
    if version != MODEL_VERSION:
        raise ResultFileError(
            f"{out}: the results are of model version {short(version)}, this is version {MODEL_VERSION}: "
            "give another folder, or use the version that made them."
        )
    try:
        demand(said, KINDS)
        demand_names(said.get("plans"), "'plans'")
        if said.get("parameters"):
            demand_names(said["parameters"], "'parameters'")
        check_measure(said["primary"])
    except ValueError as error:
        raise ResultFileError(
            f"{out}: {STUDY} is damaged ({error}): run the study again in another folder."
        ) from None
    return {"parameters": [], **said}


def read_design(out: Path) -> pd.DataFrame:
    """One row per point, plan and replicate, with its run and a column for each parameter.

    Raises
    ------
    ResultFileError
        If it is damaged.
    """
    import duckdb

    try:
        design = read_parquet(out / DESIGN)
        kinds = {name: str(design[name].dtype) for name in ("point", "replicate")}
        names = [
            name
            for name in ("plan", "run")
            if not design[name].map(lambda value: isinstance(value, str)).all()
        ]
        if kinds != dict.fromkeys(kinds, "int64") or names:
            raise ValueError("a column of another kind")
        return design
    except (OSError, ValueError, KeyError, duckdb.Error):
        raise ResultFileError(
            f"{out / DESIGN}: the file is damaged: delete it, and run the same command again."
        ) from None


def _refuse(out: Path, what: str) -> None:
    raise OutputExistsError(f"{out}: this {what}; nothing in it was changed: give another folder.")


def written(asked: Part, scenario: Scenario) -> dict[str, Any]:
    """What asks something of a scenario, as plain data; or why it cannot be written down."""
    try:
        scenario.written()
        refuse_nameless(asked)
        return asked.to_dict()
    except NotWritableError as error:
        return {"not_written": str(error)}


def study_of(record: dict[str, Any]) -> tuple[Study | None, str]:
    """The study that a record tells of, or why it cannot be made again: a part that nobody here knows."""
    if "not_written" in record["study"]:
        return None, str(record["study"]["not_written"])
    try:
        return Study(**record["study"]), ""
    except InfodemicError as error:
        return None, str(error)
