"""A folder holds one calibration, which may grow, and one process works there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from infodemic_sim.calibration.store import LOCK, POINTS, QUESTION, read_question
from infodemic_sim.errors import OutputExistsError
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.store import refuse_to_overwrite, write_text


@contextmanager
def claimed(
    folder: Path, question: dict[str, Any], plug_ins: Mapping[str, str] | None = None
) -> Iterator[None]:
    """The folder for one calibration alone, while the block lasts.

    Parameters
    ----------
    plug_ins : versions of the packages of others whose parts it uses, by name.

    Raises
    ------
    OutputExistsError
        If it holds another calibration, one of another version, other results, or another process is in it.
    """
    refuse_others(folder, question)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / LOCK).is_symlink():
        raise OutputExistsError(f"{folder / LOCK}: this is a link that leads elsewhere: delete it.")
    lock = FileLock(folder / LOCK)
    try:
        with lock.acquire(blocking=False):
            refuse_others(folder, question)
            _ask(folder, question, plug_ins or {})
            yield
    except Timeout:
        raise OutputExistsError(f"{folder}: another process calibrates here: give another folder.") from None


def _ask(folder: Path, question: dict[str, Any], plug_ins: Mapping[str, str]) -> None:
    """Write what is asked, unless it is there; results of fewer generations are not those of more."""
    if (folder / QUESTION).exists():
        if read_question(folder).get("generations") == question["generations"]:
            return
        (folder / POINTS).unlink(missing_ok=True)
    said = {**question, "packages": {**versions(), **plug_ins}}
    write_text(folder / QUESTION, json.dumps(said, indent=2, ensure_ascii=False) + "\n")


def _grows(there: dict[str, Any], here: dict[str, Any]) -> bool:
    """Whether there are to be more generations that leave those before as they are.

    With "likelihood" each temperature hangs on how many generations there are to be.
    """
    before = there.get("generations")
    return here["method"] != "likelihood" and isinstance(before, int) and before < here["generations"]


def refuse_others(folder: Path, question: dict[str, Any]) -> None:
    """Nothing, if the folder is free or holds the same calibration, or one with fewer generations."""
    if not (folder / QUESTION).exists():
        refuse_to_overwrite(folder)
        if folder.is_dir() and (found := sorted({path.name for path in folder.iterdir()} - {LOCK})):
            raise OutputExistsError(
                f"{folder}: the folder holds something else already ({found[0]}); give another one."
            )
        return
    there = read_question(folder)
    if there.get("model_version") != question["model_version"]:
        raise OutputExistsError(
            f"{folder}: the folder holds a calibration of model version {there.get('model_version')}, and "
            f"this is version {question['model_version']}: give another folder."
        )
    here = json.loads(json.dumps(question))
    different = [name for name in here if here[name] != there.get(name)]
    if different and not (different == ["generations"] and _grows(there, here)):
        raise OutputExistsError(
            f"{folder}: the folder holds another calibration ({different[0]} differs): give another folder."
        )
