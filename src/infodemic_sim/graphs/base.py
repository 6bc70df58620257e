"""A social graph: who sees whom, as compressed sparse rows that never change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from infodemic_sim.cards import card
from infodemic_sim.errors import GraphError, is_whole
from infodemic_sim.graphs.columns import Categories, Column, read_only, taken
from infodemic_sim.graphs.report import ImportReport

NO_WEIGHTS = np.empty(0, np.float32)


@dataclass(frozen=True, eq=False, repr=False)
class SocialGraph:
    """Who sees whom.

    Row v lists, sorted and each once, the people u whom v sees (v's followees):
    ``indices[indptr[v]:indptr[v + 1]]``. A friendship stands in the rows of both.
    All arrays are read-only (those given are closed to writing); graphs with equal
    arrays and columns are equal and hash alike.
    Make one with ``from_ties``, a generator, or a reader.

    Parameters
    ----------
    indptr : int64, length n + 1.
    indices : int32, one entry per "v sees u".
    weights : float32, one per entry and ≥ 0, or None.
    directed : False if every tie is a friendship.
    attributes : node columns by name, see ``Column``.
    labels : names of the people in the file they came from (int64 or text), or None; never printed.
    report : what an import changed, or None.

    Raises
    ------
    GraphError
        If the arrays do not describe such a graph.
    """

    indptr: np.ndarray
    indices: np.ndarray
    weights: np.ndarray | None = None
    directed: bool = True
    attributes: Mapping[str, Column] = field(default_factory=dict)
    labels: np.ndarray | None = None
    report: ImportReport | None = None

    def __post_init__(self) -> None:
        from infodemic_sim.graphs.checks import check_arrays

        check_arrays(self)
        self._close()

    def _close(self) -> None:
        columns = [
            values.codes if isinstance(values, Categories) else values for values in self.attributes.values()
        ]
        for array in (self.indptr, self.indices, self.weights, self.labels, *columns):
            if array is not None:
                array.flags.writeable = False
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))

    @classmethod
    def _trusted(cls, **fields: Any) -> Self:
        """A graph from arrays that are right by construction."""
        graph = object.__new__(cls)
        defaults: dict[str, Any] = {
            "weights": None,
            "directed": True,
            "attributes": {},
            "labels": None,
            "report": None,
        }
        for name, value in {**defaults, **fields}.items():
            object.__setattr__(graph, name, value)
        graph._close()
        return graph

    @classmethod
    def from_ties(
        cls,
        sources: ArrayLike,
        targets: ArrayLike,
        n: int,
        directed: bool,
        *,
        weights: ArrayLike | None = None,
        source: str = "ties",
        **fields: Any,
    ) -> Self:
        """A graph from a list of ties, in linear time.

        Parameters
        ----------
        sources, targets : whole numbers below n, equal length; ``sources[i]`` sees ``targets[i]``.
        n : number of people, below 2³¹.
        directed : False makes every tie a friendship.
        weights : numbers ≥ 0, one per tie. Of a tie given twice, the first weight stays.
        source : name for the report, which counts repeated ties and self-loops left out.
        fields : ``attributes`` and ``labels``, as for ``SocialGraph``.

        Raises
        ------
        GraphError
            If an argument is out of range.
        """
        from infodemic_sim.graphs.checks import check_columns, checked_ties
        from infodemic_sim.graphs.rows import rows_from_ties

        ties = checked_ties(sources, targets, n, weights)
        check_columns(fields.get("attributes", {}), fields.get("labels"), n)
        (indptr, indices, kept), report = rows_from_ties(*ties, n, directed, source)
        rows = {"indptr": indptr, "indices": indices, "weights": None if weights is None else kept}
        return cls._trusted(**rows, directed=directed, report=report, **fields)

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.indptr) - 1

    @property
    def number_of_ties(self) -> int:
        """Ties, each once: a friendship counts one, a follow in either direction one each."""
        return len(self.indices) if self.directed else len(self.indices) // 2

    def degrees(self) -> np.ndarray:
        """How many people each one sees (int64, length n)."""
        return np.diff(self.indptr)

    def followees(self, person: int) -> np.ndarray:
        """The people whom one person sees (int32, sorted).

        Raises
        ------
        GraphError
            If there is no such person.
        """
        if not is_whole(person) or not 0 <= person < self.n:
            raise GraphError(f"SocialGraph: a person is a number from 0 to {self.n - 1}, but got {person!r}.")
        return self.indices[self.indptr[person] : self.indptr[person + 1]]

    def followers(self) -> SocialGraph:
        """The reverse graph: row u lists those who see u. Made once; a friendship graph is its own."""
        return self._reversed if self.directed else self

    @cached_property
    def _reversed(self) -> SocialGraph:
        from infodemic_sim.graphs.rows import reversed_rows

        indptr, indices, weights = reversed_rows(self.indptr, self.indices, self.weights_or_empty())
        kept = {"attributes": self.attributes, "labels": self.labels}
        return self._trusted(indptr=indptr, indices=indices, weights=self._given(weights), **kept)

    def relabel(self, permutation: ArrayLike) -> SocialGraph:
        """The same graph with person v renamed to ``permutation[v]`` (each of 0 … n − 1 once)."""
        from infodemic_sim.graphs.checks import checked_permutation
        from infodemic_sim.graphs.rows import relabelled_rows

        new = checked_permutation(permutation, self.n)
        indptr, indices, weights = relabelled_rows(self.indptr, self.indices, self.weights_or_empty(), new)
        order = np.argsort(new)
        labels = None if self.labels is None else self.labels[order]
        columns = {name: taken(values, order) for name, values in self.attributes.items()}
        changed = {"directed": self.directed, "attributes": columns, "labels": labels, "report": self.report}
        return self._trusted(indptr=indptr, indices=indices, weights=self._given(weights), **changed)

    def with_attributes(self, **columns: Column) -> SocialGraph:
        """The graph with further node columns, each of length n."""
        return self._but(attributes={**self.attributes, **columns})

    def without_labels(self) -> SocialGraph:
        """The graph without the names people had in its file."""
        return self._but(labels=None)

    def _but(self, **changes: Any) -> SocialGraph:
        """The graph with other columns, labels or report; the rows are shared."""
        from infodemic_sim.graphs.checks import check_columns

        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        check_columns(values["attributes"], values["labels"], self.n)
        return self._trusted(**values)

    def __reduce__(self) -> tuple[Any, ...]:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return _rebuilt, ({**values, "attributes": dict(self.attributes)},)

    def digest(self) -> str:
        """BLAKE2 digest of arrays and columns (not labels), the same in any process; made once."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        hashed = hashlib.blake2b(b"directed" if self.directed else b"friends", digest_size=16)
        for array, kind in ((self.indptr, "<i8"), (self.indices, "<i4"), (self.weights_or_empty(), "<f4")):
            _feed(hashed, array, kind)
        for name in sorted(self.attributes):
            values = self.attributes[name]
            levels = values.levels if isinstance(values, Categories) else ()
            hashed.update(repr((name, levels)).encode())
            numbers, kind = (values.codes, "<i4") if isinstance(values, Categories) else (values, "<f8")
            _feed(hashed, numbers, kind)
        return hashed.hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """A stand-in by digest, so that what holds a graph can be hashed; it cannot be read back."""
        return {"type": "arrays", "people": self.n, "ties": self.number_of_ties, "digest": self.digest()}

    def save(self, folder: str | Path) -> Path:
        """Write the graph into a new folder, at once or not at all; see ``SocialGraph.open``."""
        from infodemic_sim.graphs.storage import save

        return save(self, Path(folder))

    @classmethod
    def open(cls, folder: str | Path) -> SocialGraph:
        """The graph of a folder, mapped read-only: processes on one machine share its memory."""
        from infodemic_sim.graphs.storage import open_saved

        return open_saved(Path(folder))

    def weights_or_empty(self) -> np.ndarray:
        """Weights of ties for kernels, float32: empty, not None, where there are none."""
        return NO_WEIGHTS if self.weights is None else self.weights

    def _given(self, weights: np.ndarray) -> np.ndarray | None:
        return None if self.weights is None else weights

    def __eq__(self, other: object) -> bool:
        return self.digest() == other.digest() if isinstance(other, SocialGraph) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest())

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __repr__(self) -> str:
        kind = "follows" if self.directed else "friendships"
        columns = f", columns: {', '.join(self.attributes)}" if self.attributes else ""
        weighted = "weighted " if self.weights is not None else ""
        return f"SocialGraph({self.n:,} people, {self.number_of_ties:,} {weighted}{kind}{columns})"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        kind = "who sees whom, one way" if self.directed else "friendships"
        ties = f"{self.number_of_ties:,}, {'weighted ' * (self.weights is not None)}{kind}"
        mean = f"{self.indices.size / self.n:.3g}"
        return card(
            "SocialGraph",
            [("people", f"{self.n:,}"), ("ties", ties), ("others seen, on average", mean)]
            + [("columns", ", ".join(self.attributes))] * bool(self.attributes),
        )


def _rebuilt(values: dict[str, Any]) -> SocialGraph:
    """The graph that another process sent."""
    return SocialGraph._trusted(**values)


def _feed(hashed: Any, array: np.ndarray, kind: str) -> None:
    """Add an array to a digest: its length, then its bytes in little-endian order."""
    hashed.update(str(len(array)).encode())
    hashed.update(np.ascontiguousarray(array, dtype=kind).data)


read_only(NO_WEIGHTS)
