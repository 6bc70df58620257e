"""Where opinions settle when people average those of others (DeGroot; Friedkin & Johnsen)."""

from __future__ import annotations

from math import gcd
from typing import Any

import numpy as np
from scipy.sparse.csgraph import breadth_first_order, connected_components

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import as_long_as, numbers


def degroot_limit(weights: Any, start: Any) -> np.ndarray:
    """Opinions in the long run when each step sets x ← Wx, float64[n].

    Every group that listens only to itself agrees on an average, weighed by its members' influence (the
    left eigenvector of its part of W); all others end on a mixture of these averages [DeGroot1974].

    Parameters
    ----------
    weights : W[v, u], weight of u's opinion for v, 0 to 1; each row sums to 1.
    start : opinions at the start, one per person, any finite numbers.

    Raises
    ------
    ParameterError
        If the weights are no such matrix, or opinions go round in circles for ever.
    """
    return friedkin_johnsen_limit(weights, start, np.ones(len(np.atleast_2d(weights))))


def friedkin_johnsen_limit(weights: Any, start: Any, susceptibility: Any) -> np.ndarray:
    """Opinions in the long run when each step sets x ← ΛWx + (1 − Λ)x(0), float64[n].

    x solves (I − ΛW)x = (I − Λ)x(0) [FriedkinJohnsen1990]. A group that listens only to itself and is fully
    susceptible settles as DeGroot's does.

    Parameters
    ----------
    weights : W[v, u], 0 to 1; each row sums to 1.
    start : x(0), one per person, any finite numbers.
    susceptibility : diagonal of Λ, 0 (keeps the first opinion) to 1 (only averages), one per person.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds, or opinions go round in circles for ever.
    """
    matrix = _weights(weights)
    n = len(matrix)
    first = as_long_as("start", numbers("start", start, -np.inf), n)
    open_to = as_long_as("susceptibility", numbers("susceptibility", susceptibility, 0.0, 1.0), n)
    held = open_to[:, None] * matrix
    limit, settled = np.zeros(n), np.zeros(n, dtype=bool)
    for group in _closed_groups(held, open_to):
        limit[group] = _influence(matrix[np.ix_(group, group)]) @ first[group]
        settled[group] = True
    rest = ~settled
    if rest.any():
        known = held[np.ix_(rest, settled)] @ limit[settled] + (1.0 - open_to[rest]) * first[rest]
        limit[rest] = np.linalg.solve(np.eye(int(rest.sum())) - held[np.ix_(rest, rest)], known)
    return limit


def degroot_influence(weights: Any) -> np.ndarray:
    """Weight of each person's first opinion in the agreement of all, float64[n]; they sum to 1.

    The π with πW = π [DeGroot1974].

    Parameters
    ----------
    weights : W[v, u], 0 to 1; each row sums to 1; one group alone may listen only to itself.

    Raises
    ------
    ParameterError
        If the weights are no such matrix, several groups listen only to themselves, or opinions go round in
        circles for ever.
    """
    matrix = _weights(weights)
    groups = _closed_groups(matrix, np.ones(len(matrix)))
    if len(groups) > 1:
        raise ParameterError(
            f"{len(groups)} groups listen only to themselves, so there is no agreement of all."
        )
    influence = np.zeros(len(matrix))
    influence[groups[0]] = _influence(matrix[np.ix_(groups[0], groups[0])])
    return influence


def _weights(weights: Any) -> np.ndarray:
    matrix = np.array([numbers("each row of weights", row, 0.0, 1.0) for row in np.atleast_2d(weights)])
    if matrix.shape[0] != matrix.shape[1]:
        raise ParameterError(f"weights must be a square matrix, but its shape is {matrix.shape}.")
    if (abs(matrix.sum(axis=1) - 1.0) > 1e-9).any():
        raise ParameterError("weights: each row must sum to 1; divide each row by its sum.")
    return matrix


def _closed_groups(held: np.ndarray, open_to: np.ndarray) -> list[np.ndarray]:
    """Groups of fully susceptible people who reach one another and listen to nobody else."""
    count, part = connected_components(held > 0.0, directed=True, connection="strong")
    listens = held > 0.0
    groups = []
    for number in range(count):
        inside = part == number
        if (open_to[inside] == 1.0).all() and not listens[np.ix_(inside, ~inside)].any():
            groups.append(np.flatnonzero(inside))
    return groups


def _influence(group: np.ndarray) -> np.ndarray:
    """The left eigenvector of a closed group, which sums to 1."""
    if (period := _period(group)) > 1:
        raise ParameterError(
            f"opinions of a group go round in circles of {period} steps for ever: weigh own opinions too."
        )
    n = len(group)
    system = np.vstack([group.T - np.eye(n), np.ones(n)])
    return np.linalg.lstsq(system, np.append(np.zeros(n), 1.0), rcond=None)[0]


def _period(group: np.ndarray) -> int:
    """The greatest common divisor of the lengths of all circles of who listens to whom."""
    order, before = breadth_first_order(group > 0.0, 0)
    depth = np.zeros(len(group), dtype=np.int64)
    for person in order[1:]:
        depth[person] = depth[before[person]] + 1
    listener, source = np.nonzero(group)
    return gcd(*map(int, np.abs(depth[listener] + 1 - depth[source])))
