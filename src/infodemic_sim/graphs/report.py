"""What was changed on the way from a file or an object to a graph: nothing is dropped silently."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class ImportReport:
    """Counts of what an import met and left out.

    Parameters
    ----------
    source : name of the file or kind of object.
    ties_read : ties as they were given, before anything was left out.
    duplicates : ties left out because the same tie was given before (undirected: in either direction).
    conflicting_weights : duplicates that carried another weight than the one kept, the first.
    self_loops : ties left out because they join a person to themselves.
    isolated : people without any tie, kept.
    notes : anything else, one sentence each.
    """

    source: str = ""
    ties_read: int = 0
    duplicates: int = 0
    conflicting_weights: int = 0
    self_loops: int = 0
    isolated: int = 0
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the graph is not just what was given, or something about it had to be assumed."""
        return bool(self.duplicates or self.self_loops or self.isolated or self.notes)

    def noting(self, *notes: str) -> ImportReport:
        """The report with further notes."""
        return replace(self, notes=self.notes + notes)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {**asdict(self), "notes": list(self.notes)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> ImportReport:
        """The report that ``to_dict`` was taken of."""
        return cls(**{**values, "notes": tuple(values["notes"])})

    def __str__(self) -> str:
        counts = {
            "duplicate tie(s) left out": self.duplicates,
            "with another weight": self.conflicting_weights,
            "self-loop(s) left out": self.self_loops,
            "person(s) without ties kept": self.isolated,
        }
        told = ", ".join(_counted(count, what) for what, count in counts.items() if count)
        read = _counted(self.ties_read, "tie(s) read")
        return " ".join([f"{self.source}: {read}; {told or 'nothing changed'}.", *self.notes])


def _counted(count: int, what: str) -> str:
    """A number with what it counts, in which (s) stands for the plural."""
    word = what.replace("(s)", "" if count == 1 else "s").replace("persons", "people")
    return f"{count:,} {word}"
