"""What stands in the folder of a study beside its results: what the study is, and its design."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from infodemic_sim.errors import NotWritableError, OutputExistsError, ResultFileError
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.store import read_parquet, write_parquet, write_text
from infodemic_sim.sweeps.agenda import Agenda
from infodemic_sim.sweeps.parts import FOLDER, synced
from infodemic_sim.sweeps.study import Study

STUDY, DESIGN = "study.json", "design.parquet"


def check(agenda: Agenda, out: Path) -> None:
    """Refuse a folder that is not for this study. A study may grow: it may hold more runs than before.

    Raises
    ------
    OutputExistsError
        If the folder holds another study, or something else.
    ResultFileError
        If it was made by another version of the model.
    """
    if out.exists() and not out.is_dir():
        _refuse(out, "is a file")
    if (out / STUDY).exists():
        read_record(out)
        before = set(read_parquet(out / DESIGN)["run"]) if (out / DESIGN).exists() else set()
        if before - agenda.runs():
            _refuse(out, "holds another study")
    elif out.exists() and any(path.name != FOLDER and path.name[0] != "." for path in out.iterdir()):
        _refuse(out, "holds something that is no study")


def write(agenda: Agenda, out: Path) -> None:
    """Say what the study is, unless that is said already."""
    text = json.dumps(record(agenda), indent=2, ensure_ascii=False) + "\n"
    path = out / STUDY
    if (out / DESIGN).exists() and path.exists() and path.read_text(encoding="utf-8") == text:
        return
    write_parquet(agenda.table(), out / DESIGN)
    write_text(path, text)
    synced(out)


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
        "study": _written(study),
        "packages": versions(),
    }


def read_record(out: Path) -> dict[str, Any]:
    """What a folder says of its study.

    Raises
    ------
    ResultFileError
        If it holds no study, or one made by another version of the model.
    """
    try:
        said = json.loads((out / STUDY).read_text(encoding="utf-8"))
        version = said["model_version"]
    except (OSError, ValueError, KeyError, TypeError):
        raise ResultFileError(f"{out}: the folder holds no study that can be read.") from None
    if version != MODEL_VERSION:
        raise ResultFileError(
            f"{out}: the results are of model version {version}, this is version {MODEL_VERSION}: give "
            "another folder, or use the version that made them."
        )
    return dict(said)


def _refuse(out: Path, what: str) -> None:
    raise OutputExistsError(f"{out}: this {what}; nothing in it was changed: give another folder.")


def _written(study: Study) -> Any:
    try:
        study.scenario.written()
        return study.to_dict()
    except NotWritableError as error:
        return {"not_written": str(error)}
