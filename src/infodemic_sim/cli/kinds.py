"""The kinds of files that commands take, and what is said of one that was given to the wrong command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.errors import ScenarioFileError
from infodemic_sim.params import Part
from infodemic_sim.scenario_file.reading import read_document


class Kind(NamedTuple):
    """Files of one kind: the part that they describe, and the command that takes them."""

    part: type[Part]
    what: str
    command: str
    beside: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> set[str]:
        """Names that such a file may hold."""
        return {*self.part.model_fields, *self.beside}

    @property
    def needed(self) -> set[str]:
        """Names that it must hold."""
        fields = self.part.model_fields.items()
        return {name for name, field in fields if field.is_required()} - {*self.optional}


@contextmanager
def meant_as(what: str, name: str | os.PathLike[str]) -> Iterator[None]:
    """Where the block refuses a file that is well as one of another kind, say which command takes it."""
    try:
        yield
    except ScenarioFileError:
        if other := _other(what, Path(name)):
            said = f"this is {other.what}, not {what}: give it to 'infodemic {other.command}'"
            raise ScenarioFileError(f"{os.fspath(name)}: {said}.") from None
        raise


def _other(what: str, file: Path) -> Kind | None:
    """The kind of which a file has all names that are needed, and none that is unknown."""
    known = {kind.what: kind for kind in kinds().values()}
    try:
        names = set(read_document(file, os.fspath(file)).data)
    except ScenarioFileError:
        return None
    if names <= known[what].known:
        return None
    return next((kind for kind in known.values() if kind.needed <= names <= kind.known), None)


def kinds() -> dict[str, Kind]:
    """All kinds of files by name; the parts are imported where they are asked for, and not at every start."""
    from infodemic_sim.calibration.question import Calibration
    from infodemic_sim.calibration.question_file import BY_COMMAND
    from infodemic_sim.decisions.decision import Decision
    from infodemic_sim.scenario import Scenario
    from infodemic_sim.sensitivity import Sensitivity
    from infodemic_sim.sweeps.study import Study

    return {
        "scenario": Kind(Scenario, "a scenario", "compare", beside=("plans",)),
        "study": Kind(Study, "a study", "sweep"),
        "sensitivity": Kind(Sensitivity, "a question of sensitivity", "sensitivity"),
        "decision": Kind(Decision, "a decision", "optimise"),
        "calibration": Kind(Calibration, "a calibration", "calibrate", optional=BY_COMMAND),
    }
