"""Edge lists: one tie per line, `u v` or `u v weight`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from infodemic_sim.graphs.edge_list_layout import LabelKind, Layout, header_notes, laid_out
from infodemic_sim.graphs.raw import as_text, refused
from infodemic_sim.graphs.room import refuse_without_room


@dataclass(frozen=True)
class Ties:
    """What an edge list says, before it becomes a graph: ids are 0 … number of labels − 1."""

    sources: np.ndarray
    targets: np.ndarray
    weights: np.ndarray | None
    labels: np.ndarray
    notes: tuple[str, ...] = ()


def read_edge_list(
    path: Path,
    content: bytes,
    *,
    delimiter: str | None = None,
    header: bool | None = None,
    weights: bool | None = None,
    labels: LabelKind = "auto",
    both_ways: bool = True,
) -> Ties:
    """Ties from the bytes of an edge list; the parameters are those of ``read_graph``.

    both_ways : whether each tie is to hold both ways, which takes more memory.
    """
    layout = laid_out(path, content, delimiter, header, weights, labels)
    notes = header_notes(layout, header)
    try:
        ties = _parsed(path, content, layout, both_ways)
    except _Padded as found:
        notes += (f"Line {found} has a label with zeros in front: all labels were taken as text.",)
        ties = _parsed(path, content, replace(layout, integers=False), both_ways)
    return replace(ties, notes=notes)


class _Padded(Exception):
    """A whole number with zeros in front, in the line told: as numbers, 01 and 1 would be one person."""


def _parsed(path: Path, content: bytes, layout: Layout, both_ways: bool) -> Ties:
    refuse_without_room(
        path, most_ties(content, layout.start),
        names=not layout.integers, weights=layout.columns == 3, both_ways=both_ways,
    )  # fmt: skip
    return (_integer_ties if layout.integers else _text_ties)(path, content, layout)


def _room(content: bytes, layout: Layout, kind: type) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Arrays that hold as many ties as there can be."""
    most = most_ties(content, layout.start)
    weights = np.empty(most if layout.columns == 3 else 0, np.float32)
    return np.empty(most, kind), np.empty(most, kind), weights


def most_ties(content: bytes, start: int) -> int:
    """Room for the ties after `start`: one a line, and the shortest, ``u v`` and the line's end, has 4 bytes.

    Room for a tie in each line of a file of empty lines would be a hundred times the file. The last place is
    for a tie that is begun and found wanting.
    """
    return min(newlines(content, start), (len(content) - start) // 4) + 1


def newlines(content: bytes, start: int) -> int:
    """How many lines end after `start`; `bytes.count` stops at each of them, and takes four times as long."""
    text, most = np.frombuffer(content, np.uint8), 1 << 18
    pieces = (text[at : at + most] == ord("\n") for at in range(start, len(text), most))
    return sum(map(int, map(np.count_nonzero, pieces)))


def _place(layout: Layout) -> tuple[int, int, int, int, bool, bool]:
    """Where the kernel begins, and how lines are laid out."""
    delimiter = 0 if layout.delimiter == " " else ord(layout.delimiter)
    return layout.start, layout.line, delimiter, layout.columns, layout.strict, layout.padded


def _integer_ties(path: Path, content: bytes, layout: Layout) -> Ties:
    from infodemic_sim.kernels.graph_fields import PADDED, WIDE
    from infodemic_sim.kernels.graph_parse import NO_LABELS, WIDEST, read_ties

    text, room = np.frombuffer(content, np.uint8), _room(content, layout, np.int32)
    place = _place(layout)
    count, _, *fault = read_ties(text, *place, 2**31 - 1, *room, *NO_LABELS)
    if fault[0] == WIDE:
        room = _room(content, layout, np.int64)
        count, _, *fault = read_ties(text, *place, WIDEST, *room, *NO_LABELS)
    if fault[0] == PADDED:
        raise _Padded(f"{fault[1]:,}")
    raise_fault(path, text, fault)
    sources, targets, labels = numbered(room[0][:count], room[1][:count])
    return Ties(sources, targets, room[2][:count] if room[2].size else None, labels)


def numbered(sources: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ids 0, 1, 2 … in place of whole numbers with gaps, in their order; and the numbers."""
    from infodemic_sim.kernels.graph_ids import distinct, looked_up, present, ranks

    low = min(sources.min(), targets.min())
    span = int(max(sources.max(), targets.max())) + 1
    if low < 0 or span > 8 * len(sources) + 2**20:
        sources, targets = sources.astype(np.int64), targets.astype(np.int64)
        labels = np.sort(distinct(sources, targets))
        return ranks(sources, labels), ranks(targets, labels), labels
    labels = np.flatnonzero(present(sources, targets, span))
    if len(labels) == span:
        return sources.astype(np.int32, copy=False), targets.astype(np.int32, copy=False), labels
    new = np.zeros(span, np.int32)
    new[labels] = np.arange(len(labels), dtype=np.int32)
    return looked_up(sources, new), looked_up(targets, new), labels


def _text_ties(path: Path, content: bytes, layout: Layout) -> Ties:
    from infodemic_sim.kernels.graph_parse import WIDEST, read_ties

    text, room = np.frombuffer(content, np.uint8), _room(content, layout, np.int64)
    most = 2 * len(room[0])
    starts, ends = np.empty(most, np.int64), np.empty(most, np.int64)
    table = np.full(1 << (2 * most - 1).bit_length(), -1, np.int64)
    place = _place(layout)
    count, known, *fault = read_ties(text, *place, WIDEST, *room, table, starts, ends)
    raise_fault(path, text, fault)
    as_text(path, content)
    spans = zip(starts[:known].tolist(), ends[:known].tolist(), strict=True)
    labels = np.array([content[first:end].decode() for first, end in spans], dtype=np.str_)
    del table, starts, ends  # room for what follows
    order = np.argsort(labels, kind="stable")  # who is who must not hang on the order of the lines
    rank = np.empty(known, np.int32)
    rank[order] = np.arange(known, dtype=np.int32)
    sources, targets = rank[room[0][:count]], rank[room[1][:count]]
    return Ties(sources, targets, room[2][:count] if room[2].size else None, labels[order])


def raise_fault(path: Path, text: np.ndarray, fault: list[int]) -> None:
    """Turn a kernel's code into one sentence with the line's number."""
    from infodemic_sim.kernels import graph_fields as fields
    from infodemic_sim.kernels.graph_parse import LONGEST_LABEL

    code, line, first, end = fault
    if code == fields.OK:
        return
    field = bytes(text[first : min(end, first + 30)]).decode("utf-8", "replace") if end > first else ""
    reasons = {
        fields.TOO_FEW: f"{first} column{'s' * (first != 1)} where {end} were expected.",
        fields.TOO_MANY: "more columns than in the first line.",
        fields.EMPTY_FIELD: "a field is empty.",
        fields.NOT_WHOLE: f"{field!r} is not a whole number, as the first labels are; say labels='text'.",
        fields.NOT_WEIGHT: f"{field!r} is not a weight (a finite number ≥ 0).",
        fields.TOO_LARGE: f"{field!r} has more than 18 digits; say labels='text'.",
        fields.OPEN_QUOTE: "a quoted field does not close, or something follows its closing quote.",
        fields.TOO_LONG: f"a label is longer than {LONGEST_LABEL} bytes.",
    }
    raise refused(path, reasons[code], line)
