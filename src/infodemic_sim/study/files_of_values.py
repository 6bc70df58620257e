"""Values of parameters that name files, such as those of graphs, in tables of designs and of draws."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.graph_file import GraphFile
from infodemic_sim.graphs.like import files_of
from infodemic_sim.parameter_paths import holder_at, steps_of
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.study.draws_table import Row
from infodemic_sim.study.imported import graph_files
from infodemic_sim.study.plans import Plans


def told_from(folder: Path, rows: Sequence[Row], scenario: Scenario) -> tuple[Row, ...]:
    """Rows of draws in which the paths of files are told from a folder; they are known by what they said."""

    def beside(path: str) -> str:
        return os.path.normpath(folder / path)

    def moved(row: Row) -> Row:
        values = {path: value_with_paths(scenario, path, value, beside) for path, value in row.values.items()}
        return replace(row, values=values, known_by=row.text)

    return tuple(moved(row) for row in rows)


def refuse_missing(row: Row, plans: Plans) -> None:
    """Refuse a row of draws that names a graph file which is not there.

    Parameters
    ----------
    plans : with the values of the row.
    """
    for path in (path for graph in graph_files(plans.values()) for path in files_of(graph)):
        if not Path(path).is_file():
            raise ParameterError(
                f"{row.place}: there is no file {path}; paths in a table are told from its folder."
            )


def value_with_paths(scenario: Scenario, path: str, value: Any, change: Callable[[str], str]) -> Any:
    """A value for the parameter at a path of a scenario, with the paths of files in it changed.

    The value is looked at where it would stand, in the plain data of a scenario that holds nothing else.
    """
    steps = steps_of(scenario, path)
    holders = [holder_at(scenario, steps[:depth]) for depth in range(len(steps))]
    data: Any = value
    for holder, step in zip(reversed(holders), reversed(steps), strict=True):
        kind = {"type": GraphFile.type_name} if isinstance(holder, GraphFile) else {}
        data = [data] if isinstance(holder, tuple) else {**kind, step: data}
    found: Any = with_paths(data, change)
    for holder, step in zip(holders, steps, strict=True):
        found = found[0] if isinstance(holder, tuple) else found[step]
    return found
