"""From a scenario to a file that reads back to an equal one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from infodemic_sim.errors import OutputExistsError, of_kind, of_path
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.comments import notes_on
from infodemic_sim.scenario_file.emitting import yaml_text
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.writing import replacing, writing


def write_scenario(
    scenario: Scenario,
    path: str | os.PathLike[str],
    *,
    plans: Mapping[str, Sequence[str]] | None = None,
    comments: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write a scenario as YAML, at once or not at all; ``read_scenario`` gives an equal one back.

    Parameters
    ----------
    plans : names of plans and the keys of the interventions in each.
    comments : tell above every parameter what it means, its unit, bounds and source.
    overwrite : replace a file that is there already.

    Raises
    ------
    NotWritableError
        If the scenario holds a function, a class of a script or a graph made in memory.
    OutputExistsError
        If the file is there already.
    UnwritableError
        If the disk is full, or the place is read-only.
    """
    of_kind("scenario", scenario, Scenario)
    of_path("path", path)
    target = Path(path)
    text = scenario_text(scenario, target.parent, plans=plans, comments=comments)
    if target.exists() and not overwrite:
        raise OutputExistsError(f"{target} is there already: choose another name, or overwrite it.")
    with writing(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")
    return target


def scenario_text(
    scenario: Scenario,
    folder: Path,
    *,
    plans: Mapping[str, Sequence[str]] | None = None,
    comments: bool = False,
) -> str:
    """What a scenario file in a folder says; relative paths of graph files are told from there."""
    data: dict[str, Any] = with_paths(scenario.written(), lambda path: _from(path, folder))
    if plans is not None:
        data["plans"] = {name: list(keys) for name, keys in plans.items()}
    return yaml_text(data, notes_on(data) if comments else None)


def _from(path: str, folder: Path) -> str:
    return path if os.path.isabs(path) else os.path.relpath(path, folder)
