"""From a file, or the name of a bundled one, to a calibration; every mistake is told with its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from infodemic_sim.calibration.bundled import BUNDLED
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.errors import ParameterError, ScenarioFileError, did_you_mean, of_path
from infodemic_sim.scenario_file.checking import checked
from infodemic_sim.scenario_file.reading import read_document, refusal
from infodemic_sim.sweeps.study_file import beside, with_scenario

BY_COMMAND = ("seed",)
"""Parameters that a file may leave out, since the command may give them."""
FILES = ("path", "folder")
"""Parameters of evidence that name a file or a folder."""


def read_calibration(name: str | os.PathLike[str], **changes: Any) -> Calibration:
    """Read a calibration file, or take a bundled calibration; paths in a file are taken from its folder.

    ``scenario`` is the name of a bundled scenario, the path of a scenario file, or a scenario written out.

    Parameters
    ----------
    changes : what to ask for instead of what the file says, such as ``seed``; None: as it says.

    Raises
    ------
    ScenarioFileError
        If there is no such file, or anything in it is wrong; it tells every mistake with its place.
    """
    of_path("name", name)
    given = {key: value for key, value in changes.items() if value is not None}
    shown = os.fspath(name)
    if shown in BUNDLED:
        return BUNDLED[shown](given.pop("seed", 1)).but(**given)
    file = Path(name)
    if not file.exists():
        raise ScenarioFileError(
            f"{shown}: there is no such calibration or file. {did_you_mean(shown, BUNDLED)}"
        )
    document = read_document(file, shown, "a calibration")
    told = with_scenario(file, document.data)
    fields = {**{key: told[key] for key in document.data}, **given}
    if "seed" not in fields:
        raise ParameterError(
            "calibrate: --seed is required: it fixes every draw, so that others get the same."
        )
    if "evidence" in fields:
        fields["evidence"] = _with_paths(file, fields["evidence"])
    found = checked(document, Calibration, fields)
    if document.mistakes or found is None:
        raise refusal(shown, document.mistakes)
    return found


def _with_paths(file: Path, evidence: Any) -> Any:
    """Evidence with the paths that it names."""
    if not isinstance(evidence, dict):
        return evidence
    named = {key: evidence[key] for key in FILES if isinstance(evidence.get(key), str)}
    return {**evidence, **{key: beside(file, path) for key, path in named.items()}}
