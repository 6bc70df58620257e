"""Below which chances nothing spreads."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.sparse import csr_array, eye_array, issparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import eigs, eigsh

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import number
from infodemic_sim.theory.degree_laws import DegreeLaw, Rows

DENSE = 64
"""Up to so many people, all eigenvalues are found at once."""


def largest_eigenvalue(network: Any) -> float:
    """Λ₁, the largest eigenvalue of a network's matrix: how fast what spreads along ties can multiply.

    It belongs to the matrix of each part in which everybody reaches everybody, and is the largest of these.
    A + I is iterated (by Lanczos' or Arnoldi's method), because A itself has −Λ₁ too where the network is
    bipartite, as a star is [VanMieghem2009].

    Parameters
    ----------
    network : a ``SocialGraph`` or another object with rows (weights are not used), or a square matrix with
        entries ≥ 0, dense or sparse; A[v, u] is what v takes from u.

    Raises
    ------
    ParameterError
        If it is no such network.
    """
    matrix = adjacency(network)
    symmetric = abs(matrix - matrix.T).max() == 0.0
    parts = connected_components(matrix, directed=True, connection="strong")[1]
    largest = float(matrix.diagonal().max())
    for people in _groups(parts):
        part = matrix[people][:, people]
        if part.sum(axis=1).max() > largest:  # no eigenvalue is above the largest sum of a row
            largest = max(largest, _dominant(part, symmetric))
    return largest


def adjacency(network: Any) -> csr_array:
    """The matrix of a network."""
    if isinstance(network, Rows):
        n = len(network.indptr) - 1
        network = csr_array((np.ones(len(network.indices)), network.indices, network.indptr), shape=(n, n))
    entries: Any = network if issparse(network) else np.atleast_2d(np.asarray(network, float))
    matrix = csr_array(entries)
    if matrix.shape[0] != matrix.shape[1] or not matrix.shape[0]:
        raise ParameterError(f"network must be a square matrix or a graph, but its shape is {matrix.shape}.")
    if not (np.isfinite(matrix.data).all() and (matrix.data >= 0.0).all()):
        raise ParameterError("network: entries must be finite numbers of 0 or more.")
    return csr_array(matrix.astype(float))


def _groups(parts: np.ndarray) -> list[np.ndarray]:
    """The people of each part that has two or more, the largest part first."""
    order = np.argsort(parts, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(parts))[:-1])
    return sorted((group for group in groups if len(group) > 1), key=len, reverse=True)


def _dominant(part: csr_array, symmetric: bool) -> float:
    """The dominant eigenvalue of a matrix in which everybody reaches everybody."""
    n = part.shape[0]
    shifted = csr_array(part + eye_array(n))
    if n <= DENSE:
        return float(np.linalg.eigvals(shifted.toarray()).real.max()) - 1.0
    start = np.asarray(shifted.sum(axis=1), dtype=float).ravel()
    if symmetric:
        return float(eigsh(shifted, k=1, which="LA", v0=start, return_eigenvectors=False)[0]) - 1.0
    return float(eigs(shifted, k=1, which="LR", v0=start, return_eigenvectors=False)[0].real) - 1.0


def sis_threshold(network: Any) -> float:
    """The ratio β/γ of infection to recovery below which an SIS infection surely dies out: 1/Λ₁.

    The true threshold of a network is never below this mean-field bound [VanMieghem2009]; without ties it is
    infinite.

    Parameters
    ----------
    network : as for ``largest_eigenvalue``.

    Raises
    ------
    ParameterError
        If it is no such network.
    """
    largest = largest_eigenvalue(network)
    return 1.0 / largest if largest > 0.0 else math.inf


def nekovee_threshold(ties: Any, forget: float) -> float:
    """The rate λ of telling a tie below which a rumour that may be forgotten cannot spread.

    λ_c = δ⟨k⟩/⟨k²⟩, whatever the rate of stifling [Nekovee2007]; k ties each: δ/k. Infinite without ties.

    Parameters
    ----------
    ties : degree law, network, or degrees.
    forget : δ, per day, ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    law, rate = DegreeLaw.of(ties), number("forget", forget)
    squares = float(law.chances @ np.arange(len(law.chances), dtype=float) ** 2)
    return rate * law.mean / squares if squares > 0.0 else math.inf
