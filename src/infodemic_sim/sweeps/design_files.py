"""Files that the values of a design name, such as those of graphs: their paths are told from its folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs.graph_file import GraphFile
from infodemic_sim.parameter_paths import holder_at, steps_of
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.sweeps.design import Design, Grid, Listed, Point, Table


def with_files(design: Design, scenario: Scenario, change: Callable[[str], str]) -> Design:
    """A design with the paths of files among its values changed; a table that holds some is written out."""

    def found(path: str, value: Any) -> Any:
        return value_with_paths(scenario, path, value, change)

    if isinstance(design, Grid):
        values = {path: tuple(found(path, each) for each in some) for path, some in design.parameters.items()}
        return design if values == design.parameters else design.but(parameters=values)
    if isinstance(design, Table | Listed):
        rows = _rows(design, scenario)
        changed = tuple({path: found(path, value) for path, value in row.items()} for row in rows)
        return design if changed == rows else Listed(rows=changed)
    return design


def _rows(design: Table | Listed, scenario: Scenario) -> tuple[Point, ...]:
    """The rows of a table; none if it cannot be read, which is told when its points are asked for."""
    try:
        return tuple(design.points(scenario))
    except InfodemicError:
        return ()


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
