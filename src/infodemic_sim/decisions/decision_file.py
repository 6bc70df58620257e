"""From a decision file to a decision; every mistake is told with file, line and column."""

from __future__ import annotations

import os
from pathlib import Path

from infodemic_sim.decisions.decision import Decision
from infodemic_sim.errors import of_path
from infodemic_sim.scenario_file.checking import checked
from infodemic_sim.scenario_file.reading import read_document, refusal
from infodemic_sim.sweeps.study_file import with_scenario


def read_decision(path: str | os.PathLike[str]) -> Decision:
    """Read a decision file; paths in it are taken from its folder.

    ``scenario`` is the name of a bundled scenario, the path of a scenario file, or a scenario written out.

    Raises
    ------
    ScenarioFileError
        If the file cannot be read or anything in it is wrong; it tells every mistake with its place.
    """
    of_path("path", path)
    file, shown = Path(path), os.fspath(path)
    document = read_document(file, shown, "a decision")
    fields = with_scenario(file, document.data)
    decision = checked(document, Decision, {name: fields[name] for name in document.data})
    if document.mistakes or decision is None:
        raise refusal(shown, document.mistakes)
    return decision
