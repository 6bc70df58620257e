"""Edge lists: one tie per line, `u v` or `u v weight`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.raw import as_text, refused
from infodemic_sim.graphs.room import refuse_without_room

LabelKind = Literal["auto", "integer", "text"]
NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " "}


@dataclass(frozen=True)
class Ties:
    """What an edge list says, before it becomes a graph: ids are 0 … number of labels − 1."""

    sources: np.ndarray
    targets: np.ndarray
    weights: np.ndarray | None
    labels: np.ndarray
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How the lines are laid out: where data begins (byte, line), delimiter, columns, kind of labels."""

    start: int
    line: int
    delimiter: str
    columns: int
    most: int
    integers: bool
    header: str = ""


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
    refuse_without_room(
        path, most_ties(content, layout.start),
        names=not layout.integers, weights=layout.columns == 3, both_ways=both_ways,
    )  # fmt: skip
    parse = _integer_ties if layout.integers else _text_ties
    ties = parse(path, content, layout)
    notes = header_notes(layout, header)
    return Ties(ties.sources, ties.targets, ties.weights, ties.labels, notes)


def header_notes(layout: Layout, header: bool | None) -> tuple[str, ...]:
    """What was assumed about the first line; between names, a header can look like a tie."""
    if layout.header:
        return (f"Line {layout.line - 1} was taken for a header.",)
    if header is None and not layout.integers:
        return (f"Line {layout.line} was taken for a tie: say header=True if it names columns.",)
    return ()


def laid_out(
    path: Path,
    content: bytes,
    delimiter: str | None,
    header: bool | None,
    weights: bool | None,
    labels: LabelKind,
) -> Layout:
    """Find delimiter, header, weights and kind of labels from the first two lines of data."""
    lines = first_lines(path, content)
    if not lines:
        raise refused(path, "the file holds no ties, only blank lines or comments.")
    between = NAMED.get(delimiter or "", delimiter) or guessed_delimiter(lines[-1][2])
    if len(between) != 1 or not between.isascii() or between in '\n\r"#%0123456789':
        raise GraphFileError(f"read_graph: delimiter must be one character, but got {delimiter!r}.")
    rows = [fields_of(text, between) for _, _, text in lines]
    headed = is_header(rows, labels) if header is None else header
    if headed and len(lines) == 1:
        raise refused(path, "the file holds a header, but no ties.", lines[0][1])
    start, line, _ = lines[int(headed)]
    first = rows[int(headed)]
    integers = labels == "integer" or (labels == "auto" and all(map(is_whole, first[:2])))
    columns, most = columns_read(path, line, len(first), weights)
    return Layout(start, line, between, columns, most, integers, lines[0][2] if headed else "")


def first_lines(path: Path, content: bytes) -> list[tuple[int, int, str]]:
    """Start, number and text of the first two lines that are neither blank nor comments."""
    found: list[tuple[int, int, str]] = []
    start, number = 0, 1
    while start < len(content) and len(found) < 2:
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        line = content[start : min(end, start + 10_000)].strip(b" \t\r")
        if line and line[:1] not in b"#%":
            found.append((start, number, line.decode("utf-8", "replace")))
        start, number = end + 1, number + 1
    return found


def guessed_delimiter(line: str) -> str:
    """The first of tab, comma, semicolon that stands in the line; otherwise any white space."""
    return next((mark for mark in "\t,;" if mark in line), " ")


def fields_of(line: str, delimiter: str) -> list[str]:
    """The fields of a line, for looking at; the kernels read the file itself."""
    quoted = (
        r'"[^"]*"|[^ \t\r]+'
        if delimiter == " "
        else rf'\s*"[^"]*"\s*(?={re.escape(delimiter)}|$)|[^{re.escape(delimiter)}]+'
    )
    return [part.strip().strip('"') for part in re.findall(quoted, line)]


def is_header(rows: list[list[str]], labels: LabelKind) -> bool:
    """Whether the first line names columns: words above whole numbers, or a word above a weight."""
    if any(map(is_number, [*rows[0][:3], *re.split(r"[\s,;]+", rows[0][0])[:2]] if rows[0] else [])):
        return False  # also where the numbers stand apart in another way than on the next line
    if len(rows) == 1:
        return is_title(rows[0])
    if all(map(is_whole, rows[1][:2])) and labels != "text":
        return True
    return (len(rows[0]) > 2 and len(rows[1]) > 2 and is_number(rows[1][2])) or is_title(rows[0])


def is_title(row: list[str]) -> bool:
    """Whether the first two words are usual names of columns."""
    pairs = [
        "source target",
        "from to",
        "follower followee",
        "src dst",
        "node1 node2",
        "id1 id2",
        "node_1 node_2",
    ]
    return " ".join(row[:2]).lower() in [*pairs, "id_1 id_2", "source_id target_id", "follower followed"]


def is_whole(text: str) -> bool:
    """A whole number, as the kernel reads it."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()


def is_number(text: str) -> bool:
    """Anything that Python takes for a number, written without underscores."""
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text


def columns_read(path: Path, line: int, found: int, weights: bool | None) -> tuple[int, int]:
    """How many columns to read, and how many a line may hold (0: any number)."""
    if weights is not None:
        return (3, 0) if weights else (2, 0)
    if found > 3:
        remedy = (
            "say weights=True to read the third as weight or weights=False to leave it, and ignore the rest."
        )
        raise refused(path, f"{found} columns where 2 or 3 were expected; {remedy}", line)
    return max(found, 2), max(found, 2)


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


def _code(delimiter: str) -> int:
    return 0 if delimiter == " " else ord(delimiter)


def _integer_ties(path: Path, content: bytes, layout: Layout) -> Ties:
    from infodemic_sim.kernels.graph_parse import WIDE, WIDEST, integer_ties

    text, room = np.frombuffer(content, np.uint8), _room(content, layout, np.int32)
    place = (layout.start, layout.line, _code(layout.delimiter), layout.columns, layout.most)
    count, *fault = integer_ties(text, *place, 2**31 - 1, *room)
    if fault[0] == WIDE:
        room = _room(content, layout, np.int64)
        count, *fault = integer_ties(text, *place, WIDEST, *room)
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
    from infodemic_sim.kernels.graph_parse import text_ties

    text, room = np.frombuffer(content, np.uint8), _room(content, layout, np.int64)
    most = 2 * len(room[0])
    starts, ends = np.empty(most, np.int64), np.empty(most, np.int64)
    table = np.full(1 << (2 * most - 1).bit_length(), -1, np.int64)
    place = (layout.start, layout.line, _code(layout.delimiter), layout.columns, layout.most)
    count, *fault, known = text_ties(text, *place, *room, starts, ends, table)
    raise_fault(path, text, fault)
    as_text(path, content)
    spans = zip(starts[:known].tolist(), ends[:known].tolist(), strict=True)
    labels = np.array([content[first:end].decode() for first, end in spans], dtype=np.str_)
    return Ties(room[0][:count], room[1][:count], room[2][:count] if room[2].size else None, labels)


def raise_fault(path: Path, text: np.ndarray, fault: list[int]) -> None:
    """Turn a kernel's code into one sentence with the line's number."""
    from infodemic_sim.kernels import graph_parse as parse

    code, line, first, end = fault
    if code == parse.OK:
        return
    field = bytes(text[first : min(end, first + 30)]).decode("utf-8", "replace") if end > first else ""
    reasons = {
        parse.TOO_FEW: f"{first} column{'s' * (first != 1)} where {end} were expected.",
        parse.TOO_MANY: "more columns than in the first line.",
        parse.EMPTY_FIELD: "a field is empty.",
        parse.NOT_WHOLE: f"{field!r} is not a whole number, as the first labels are; say labels='text'.",
        parse.NOT_WEIGHT: f"{field!r} is not a weight (a finite number ≥ 0).",
        parse.TOO_LARGE: f"{field!r} has more than 18 digits; say labels='text'.",
        parse.OPEN_QUOTE: "a quoted field does not close, or something follows its closing quote.",
        parse.TOO_LONG: f"a label is longer than {parse.LONGEST_LABEL} bytes.",
    }
    raise refused(path, reasons[code], line)
