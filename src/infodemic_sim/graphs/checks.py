"""The door: everything a graph is made of is cast and checked here, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from infodemic_sim.errors import GraphError, is_whole
from infodemic_sim.graphs.columns import Categories, Column

if TYPE_CHECKING:
    from infodemic_sim.graphs.base import SocialGraph

MOST_PEOPLE = 2**31


def check_people(n: int) -> int:
    """n, if a graph can have that many people."""
    if not is_whole(n) or not 0 < n < MOST_PEOPLE:
        raise GraphError(f"SocialGraph: n must be a whole number from 1 to 2³¹ − 1 people, but got {n!r}.")
    return int(n)


def whole_numbers(values: ArrayLike, name: str, n: int) -> np.ndarray:
    """Ids below n as int32, in one piece; the kernels read them and change nothing."""
    given = np.asarray(values)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise GraphError(f"SocialGraph: {name} must be one row of whole numbers, but got {described(given)}.")
    if given.size and not (0 <= int(given.min()) and int(given.max()) < n):
        worst = int(given.min()) if given.min() < 0 else int(given.max())
        raise GraphError(f"SocialGraph: {name} must be ids from 0 to {n - 1} (n − 1), but got {worst}.")
    fit = given.dtype == np.int32 and given.flags.c_contiguous and given.flags.writeable
    return given if fit else given.astype(np.int32)


def checked_ties(
    sources: ArrayLike, targets: ArrayLike, n: int, weights: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sources, targets and weights (empty if none) as new arrays fit for the kernels."""
    n = check_people(n)
    ends = whole_numbers(sources, "sources", n), whole_numbers(targets, "targets", n)
    if ends[0].size != ends[1].size:
        raise GraphError(
            f"SocialGraph: sources and targets must have one length, not {ends[0].size} and {ends[1].size}."
        )
    return *ends, checked_weights(weights, ends[0].size)


def checked_weights(weights: ArrayLike | None, length: int) -> np.ndarray:
    """A new float32 array, empty if there are no weights."""
    if weights is None:
        return np.empty(0, np.float32)
    given = np.asarray(weights)
    if given.shape != (length,) or given.dtype.kind not in "iufb":
        raise GraphError(f"SocialGraph: weights must be {length} numbers, but got {described(given)}.")
    with np.errstate(over="ignore"):
        cast = given.astype(np.float32)
    if cast.size and not (np.isfinite(cast).all() and cast.min() >= 0):
        raise GraphError(
            "SocialGraph: weights must be finite and ≥ 0, but one is not a number, infinite or negative."
        )
    return cast


def checked_permutation(permutation: ArrayLike, n: int) -> np.ndarray:
    """A permutation of 0 … n − 1 as a new int32 array."""
    new = whole_numbers(permutation, "permutation", n)
    if new.size != n or (np.bincount(new, minlength=n) != 1).any():
        raise GraphError(f"SocialGraph: permutation must hold each of 0 … {n - 1} once.")
    return new


def check_arrays(graph: SocialGraph) -> None:
    """Refuse arrays that are not sorted rows; an undirected graph must equal its reverse."""
    check_rows(graph.indptr, graph.indices, graph.weights)
    if not graph.directed:
        _check_both_ways(graph)
    check_columns(graph.attributes, graph.labels, graph.n)


def check_rows(indptr: Any, indices: Any, weights: Any) -> None:
    """Refuse arrays that are not sorted rows of ids, each with a weight if there are weights."""
    from infodemic_sim.kernels.graph_rows import first_fault

    _require_kind("indptr", indptr, np.int64)
    _require_kind("indices", indices, np.int32)
    n = check_people(len(indptr) - 1)
    if indptr[0] != 0 or indptr[-1] != len(indices) or (indptr[1:] < indptr[:-1]).any():
        raise GraphError("SocialGraph: indptr must rise from 0 to the number of entries in indices.")
    if (row := first_fault(indptr, indices, n)) >= 0:
        raise GraphError(
            f"SocialGraph: row {row} of indices must be sorted ids below n, without itself or repeats."
        )
    if weights is not None:
        _require_kind("weights", weights, np.float32)
        checked_weights(weights, len(indices))


def check_columns(attributes: Any, labels: np.ndarray | None, n: int) -> None:
    """Every column and the labels must have one entry per person."""
    for name, values in attributes.items():
        if not isinstance(values, Column) or not _good_column(values) or len(values) != n:
            raise GraphError(
                f"SocialGraph: column '{name}' must be Categories or float64 numbers for {n} people."
            )
    if labels is not None and (labels.shape != (n,) or labels.dtype.kind not in "iU"):
        raise GraphError(
            f"SocialGraph: labels must be {n} whole numbers or texts, but got {described(labels)}."
        )
    levels = [
        level for column in attributes.values() if isinstance(column, Categories) for level in column.levels
    ]
    if not (_is_text([*attributes, *levels]) and (labels is None or _are_texts(labels))):
        raise GraphError("SocialGraph: a name holds half a character (a lone surrogate), which is no text.")


def _is_text(names: Iterable[str]) -> bool:
    """Whether names can be written down."""
    try:
        "".join(names).encode()
    except (UnicodeEncodeError, TypeError):
        return False
    return True


def _are_texts(labels: np.ndarray) -> bool:
    """The same of an array of labels, in which texts are 32-bit numbers of characters."""
    if labels.dtype.kind != "U" or not labels.dtype.itemsize:
        return True
    characters = np.ascontiguousarray(labels.astype(labels.dtype.newbyteorder("="), copy=False)).view(
        np.uint32
    )
    return bool(((characters < 0xD800) | ((characters > 0xDFFF) & (characters <= 0x10FFFF))).all())


def _good_column(values: Column) -> bool:
    if not isinstance(values, Categories):
        return values.dtype == np.float64 and values.ndim == 1
    codes = values.codes
    right = isinstance(codes, np.ndarray) and codes.dtype == np.int32 and codes.ndim == 1
    return right and bool(((codes >= -1) & (codes < len(values.levels))).all())


def _check_both_ways(graph: SocialGraph) -> None:
    from infodemic_sim.graphs.rows import reversed_rows

    rows = graph.indptr, graph.indices, graph.weights_or_empty()
    if not all(np.array_equal(a, b) for a, b in zip(reversed_rows(*rows), rows, strict=True)):
        raise GraphError(
            "SocialGraph: in an undirected graph every tie must stand in both rows with one weight."
        )


def _require_kind(name: str, array: Any, kind: type) -> None:
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype != kind:
        raise GraphError(
            f"SocialGraph: {name} must be one row of {np.dtype(kind)}, but got {described(array)}."
        )


def described(array: Any) -> str:
    """Shape and type of an array, for an error."""
    return f"{array.dtype} of shape {array.shape}" if isinstance(array, np.ndarray) else type(array).__name__
