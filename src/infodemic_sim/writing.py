"""How files are written: each appears whole or not at all, and where it cannot be, one sentence says why."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infodemic_sim.errors import InfodemicError, UnwritableError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system says against writing in the block is told in our words.

    Raises
    ------
    UnwritableError
        If the disk is full, the place is read-only …
    """
    try:
        yield
    except InfodemicError:
        raise
    except Exception as error:
        if (reason := _reason(error)) is None:
            raise
        raise UnwritableError(
            f"{path}: this cannot be written ({reason}): make room or allow it, and run the same command "
            "again."
        ) from None


def _reason(error: Exception) -> str | None:
    """In the system's words, why something could not be written; None if that was not what went wrong."""
    import duckdb

    if isinstance(error, OSError):
        return told_by(error)
    if isinstance(error, duckdb.IOException):
        number = re.search(r'"errno":"(\d+)"', str(error))
        return os.strerror(int(number[1])) if number else str(error).splitlines()[0][:200]
    return None


def told_by(error: Exception) -> str:
    """The system's words for what went wrong, or else the kind of the error."""
    words = error.strerror or str(error).partition("\n")[0][:200] if isinstance(error, OSError) else ""
    return words or type(error).__name__


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside the path to write to; the file takes its place when the block ends well.

    Its bytes are on the disk before its name is, so that a power failure leaves no empty file there.

    Raises
    ------
    UnwritableError
        If it cannot be written; what stood there still does.
    """
    with writing(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        try:
            yield Path(name)
            os.chmod(name, 0o666 & ~_umask())
            synced(Path(name))
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def synced(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders, and keeps their names safe by itself
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
