"""Rows that a run writes down as it goes: kept in memory, or streamed to a folder in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from infodemic_sim.errors import OutputExistsError, ResultFileError

MESSAGE_ROW = np.dtype(
    [
        ("key", np.uint64),
        ("author", np.int32),
        ("born", np.int32),
        ("topic", np.int16),
        ("side", np.int8),
        ("kind", np.int8),
        ("platform", np.int8),
        ("origin", np.int8),
    ]
)
POST_ROW = np.dtype([("message", np.int32), ("parent", np.int32), ("person", np.int32), ("step", np.int32)])
CASCADE_ROW = np.dtype(
    [
        ("size", np.int32),
        ("born", np.int32),
        ("depth", np.int16),
        ("topic", np.int16),
        ("side", np.int8),
        ("platform", np.int8),
        ("origin", np.int8),
    ]
)
BLOCK = 1 << 20


@dataclass
class Log:
    """Rows of one dtype, appended; ``written`` of them stand in block files already."""

    rows: np.ndarray
    size: int = 0
    written: int = 0

    @classmethod
    def empty(cls, dtype: np.dtype) -> Log:
        """No rows yet."""
        return cls(np.zeros(1024, dtype))

    def append(self, rows: np.ndarray) -> None:
        """Add rows at the end; room doubles when it is full."""
        need = self.size + rows.size
        if need > self.rows.size:
            grown = np.zeros(max(need, 2 * self.rows.size), self.rows.dtype)
            grown[: self.size] = self.rows[: self.size]
            self.rows = grown
        self.rows[self.size : need] = rows
        self.size = need

    def __len__(self) -> int:
        return self.written + self.size

    def spill(self, folder: Path, name: str) -> None:
        """Move what is in memory to the next block file once it fills a block."""
        if self.size < BLOCK:
            return
        np.save(folder / f"{name}-{self.written:012d}.npy", self.rows[: self.size])
        self.written += self.size
        self.size = 0

    def all(self, folder: Path | None, name: str) -> np.ndarray:
        """All rows in order, those in block files included."""
        blocks = sorted(folder.glob(f"{name}-*.npy")) if folder is not None and self.written else []
        rows = np.concatenate([*(np.load(block) for block in blocks), self.rows[: self.size]])
        if rows.size != len(self):
            raise ResultFileError(
                f"{len(self) - rows.size} rows of the log '{name}' are not there: "
                "name the folder they were streamed to."
            )
        return rows


def empty_folder(folder: Path, *, fresh: bool) -> Path:
    """The folder, made if need be; a new run does not mix its logs with those of another."""
    folder.mkdir(parents=True, exist_ok=True)
    if fresh and next(folder.glob("*.npy"), None) is not None:
        raise OutputExistsError(f"{folder} holds logs of another run: name an empty folder.")
    return folder
