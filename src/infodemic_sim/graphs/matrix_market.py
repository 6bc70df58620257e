"""Matrix Market coordinate files: the entries are ties, read as an edge list after the size line."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.edge_list import most_ties, raise_fault
from infodemic_sim.graphs.edge_list_layout import first_lines, is_whole
from infodemic_sim.graphs.files import Direction
from infodemic_sim.graphs.raw import check_declared, refused
from infodemic_sim.graphs.room import refuse_without_room


def read_mtx(path: Path, content: bytes, directed: bool | None, direction: Direction) -> SocialGraph:
    """A square matrix whose entry (i, j) is the tie `i j`; a symmetric one is of friendships."""
    field, symmetry = _banner(path, content)
    people, entries, start, line = _size(path, content)
    check_declared(path, people, content, line - 1)
    sources, targets, weights = _entries(path, content, start, line, field)
    if len(sources) != entries:
        raise refused(path, f"{len(sources):,} entries where the size line says {entries:,}.", line - 1)
    if any(ids.size and not (ids.min() >= 1 and ids.max() <= people) for ids in (sources, targets)):
        outside = (np.minimum(sources, targets) < 1) | (np.maximum(sources, targets) > people)
        where = line_of_entry(content, start, line, int(outside.argmax()))
        raise refused(path, f"an entry names a row or column outside 1 to {people}.", where)
    one_way = symmetry == "general" if directed is None else directed
    ends = (sources - 1, targets - 1) if direction == "sees" else (targets - 1, sources - 1)
    if symmetry == "symmetric" and one_way:
        ends = np.concatenate([ends[0], ends[1]]), np.concatenate([ends[1], ends[0]])
        weights = None if weights is None else np.tile(weights, 2)
    labels = np.arange(1, people + 1)
    return SocialGraph.from_ties(*ends, people, one_way, weights=weights, labels=labels, source=path.name)


def _banner(path: Path, content: bytes) -> tuple[str, str]:
    words = content[:200].split(b"\n", 1)[0].decode("ascii", "replace").lower().split()
    if words[:2] != ["%%matrixmarket", "matrix"] or len(words) != 5:
        raise refused(
            path, "the first line must be '%%MatrixMarket matrix coordinate <field> <symmetry>'.", 1
        )
    kind, field, symmetry = words[2:]
    if (
        kind != "coordinate"
        or field not in ("real", "integer", "pattern")
        or symmetry not in ("general", "symmetric")
    ):
        raise refused(path, f"a matrix that is '{kind} {field} {symmetry}' is not a graph.", 1)
    return field, symmetry


def _size(path: Path, content: bytes) -> tuple[int, int, int, int]:
    """People, entries, and the byte and line where entries begin."""
    found = first_lines(path, content)
    sizes = found[0][2].split() if found else []
    if len(sizes) != 3 or not all(is_whole(size) and len(size) < 19 for size in sizes):
        raise refused(path, "the size line must be three whole numbers.", found[0][1] if found else 1)
    rows, columns, entries = map(int, sizes)
    if rows != columns or not 0 < rows < 2**31:
        raise refused(path, f"a graph needs a square matrix, but this is {rows} × {columns}.", found[0][1])
    end = content.find(b"\n", found[0][0])
    return rows, entries, len(content) if end < 0 else end + 1, found[0][1] + 1


def line_of_entry(content: bytes, start: int, line: int, entry: int) -> int:
    """The line of an entry, counted from 0, in what follows the size line."""
    for place, text in enumerate(content[start:].split(b"\n")):
        entry -= bool(text.strip()) and text.strip()[:1] not in b"#%"
        if entry < 0:
            return line + place
    return line


def _entries(
    path: Path, content: bytes, start: int, line: int, field: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    from infodemic_sim.kernels.graph_fields import ANY_SPACE
    from infodemic_sim.kernels.graph_parse import NO_LABELS, WIDEST, read_ties

    columns = 2 if field == "pattern" else 3
    most = most_ties(content, start)
    refuse_without_room(path, most, names=False, weights=columns == 3, both_ways=True)
    sources, targets = np.empty(most, np.int64), np.empty(most, np.int64)
    weights = np.empty(most if columns == 3 else 0, np.float32)
    text = np.frombuffer(content, np.uint8)
    room = (sources, targets, weights)
    count, _, *fault = read_ties(text, start, line, ANY_SPACE, columns, True, True, WIDEST, *room, *NO_LABELS)
    raise_fault(path, text, fault)
    return sources[:count], targets[:count], weights[:count] if columns == 3 else None
