"""Files that the values of a design name, such as those of graphs: their paths are told from its folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from infodemic_sim.errors import InfodemicError
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.files_of_values import value_with_paths
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
