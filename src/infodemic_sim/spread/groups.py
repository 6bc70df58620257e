"""Groups of people that a column of the network tells apart."""

from __future__ import annotations

import numpy as np

from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories, as_number


def members(graph: SocialGraph, column: str, level: str) -> np.ndarray:
    """Who has a value (a category, or a number as text) in a column, bool[n].

    Raises
    ------
    UnknownNameError
        If there is no such column, or nobody has the value.
    """
    if column not in graph.attributes:
        raise UnknownNameError(
            f"The network has no column '{column}'. {did_you_mean(column, graph.attributes)}"
        )
    values = graph.attributes[column]
    if isinstance(values, Categories):
        if level not in values.levels:
            hint = did_you_mean(level, values.levels)
            raise UnknownNameError(f"There is no '{level}' in the column '{column}'. {hint}")
        return values.codes == values.levels.index(level)
    number = as_number(level)
    if number is None or number not in values:
        raise UnknownNameError(f"There is no '{level}' in the column '{column}': give one of its numbers.")
    return values == number
