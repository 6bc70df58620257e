"""Results on disk: parts that appear whole or not at all, each run in one of them.

A part is a Parquet file of one writer, named after the numbers of its first and last batch:
``part-1of1-00000016-00000031.parquet``. Merged parts take over the numbers of those they replace, so a file
whose numbers lie within another's is one that a merge has left behind, and counts no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER, LOCKS = "runs", ".locks"
NAME = re.compile(r"part-(?P<writer>\d+of\d+)-(?P<first>\d{8})-(?P<last>\d{8})\.parquet")
MERGED_AT_ONCE = 16
"""As many parts of one size become one, so a row is written again about log16(parts) times."""


class PartFile(NamedTuple):
    """One file of results."""

    path: Path
    writer: str
    first: int
    last: int

    @property
    def span(self) -> int:
        """How many batches it holds."""
        return self.last - self.first + 1


def part_path(out: Path, writer: str, first: int, last: int) -> Path:
    """Where the part with these numbers lies."""
    return out / FOLDER / f"part-{writer}-{first:08d}-{last:08d}.parquet"


def parts_in(out: Path) -> list[PartFile]:
    """The parts that count, by writer and number; what a merge has left behind is passed over."""
    found = sorted(_all_in(out), key=lambda part: (part.writer, part.first, -part.last))
    kept: list[PartFile] = []
    for part in found:
        before = kept[-1] if kept else None
        if before is None or before.writer != part.writer or part.last > before.last:
            kept.append(part)
    return kept


def leftovers(out: Path, writer: str) -> list[Path]:
    """Files of a writer that count no more: replaced by a merge, or never finished."""
    counted = {part.path for part in parts_in(out)}
    replaced = [part.path for part in _all_in(out) if part.writer == writer and part.path not in counted]
    return replaced + list((out / FOLDER).glob(f".part-{writer}-*"))


def mergeable(parts: Sequence[PartFile]) -> list[PartFile]:
    """The oldest neighbours of one writer and one size that are to become one; [] if there are not enough."""
    run: list[PartFile] = []
    for part in parts:
        if run and part.span != run[-1].span:
            run = []
        run.append(part)
        if len(run) == MERGED_AT_ONCE:
            return run
    return []


def _all_in(out: Path) -> Iterable[PartFile]:
    folder = out / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if found := NAME.fullmatch(path.name):
            yield PartFile(path, found["writer"], int(found["first"]), int(found["last"]))
