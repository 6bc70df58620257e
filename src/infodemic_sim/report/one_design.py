"""The design of a study that is shown in detail: the one nearest to the scenario's own values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from infodemic_sim.errors import InfodemicError
from infodemic_sim.parameter_paths import changed, value_at
from infodemic_sim.plots.sensitivity import readable
from infodemic_sim.report.answer import listed
from infodemic_sim.sweeps.agenda import as_cell
from infodemic_sim.sweeps.folder import study_of

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.sweeps.results import Results
    from infodemic_sim.sweeps.study import Study


class Reference(NamedTuple):
    """A point of a design, where it lies, and why it was chosen, as a sentence."""

    point: int
    where: str
    why: str


def reference(results: Results, points: Sequence[int]) -> Reference:
    """Of some points the one nearest to the scenario's own values, the first of several as near.

    Nearest: by the mean over parameters of how far they are, as a share of the range of the design; what is
    no number is near where it is the same. Where the scenario is not known, nearest to the middle.
    """
    study, _ = study_of(results.record)
    table = results.design.drop_duplicates("point").set_index("point")[results.parameters]
    varied = [path for path in results.parameters if table[path].nunique() > 1]
    if study:
        texts = [path for path in varied if table[path].dtype.kind not in "iufb"]
        table = table.assign(**{path: _as_held(study, table[path]) for path in texts})
    own = {path: _own(study, path) if study else _middle(table[path]) for path in varied}
    far = np.zeros(len(table))
    for path in varied:
        far += _distance(table[path], own[path])
    mine = np.flatnonzero(table.index.isin(points))
    point = int(table.index[mine[int(np.argmin(far[mine]))]])
    where = ", ".join(f"{readable(path)} {text(table.loc[point, path])}" for path in varied)
    return Reference(point, where, _why(table, point, own, known=study is not None))


def _as_held(study: Study, column: pd.Series) -> list[Any]:
    """What is no number as the scenario holds it, since the same part may be written in several ways."""
    path, points = str(column.name), study.points()
    try:
        plans = [changed(study.scenario, {path: points[k][path]}) for k in column.index]
    except (InfodemicError, LookupError):  # at points where no plan stands, or of a file that has changed
        return column.tolist()
    return [as_cell(value_at(plan, path)) for plan in plans]


def _own(study: Study, path: str) -> Any:
    return as_cell(value_at(study.scenario, path))


def _middle(column: pd.Series) -> Any:
    return float(column.median()) if column.dtype.kind in "iuf" else column.iloc[0]


def _distance(column: pd.Series, own: Any) -> np.ndarray:
    """How far each value is from the scenario's own, from 0 to about 1."""
    if column.dtype.kind in "iuf" and isinstance(own, int | float):
        return np.abs(column.to_numpy(float) - float(own)) / float(column.max() - column.min())
    return (column.map(str) != str(own)).to_numpy(float)


def _why(table: pd.DataFrame, point: int, own: dict[str, Any], *, known: bool) -> str:
    if not known:
        return "that nearest to the middle of the values, since the scenario’s own are not known"
    here = table.loc[point]
    other = [f"{readable(path)} {text(value)}" for path, value in own.items() if here[path] != value]
    if not other:
        return "that with the scenario’s own values"
    return f"that nearest to the scenario’s own values, where it has {listed(other)}"


def text(value: Any) -> str:
    """A value of a parameter as a table shows it."""
    return f"{value:g}" if isinstance(value, float) else str(value)
