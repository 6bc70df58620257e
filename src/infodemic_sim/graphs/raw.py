"""The bytes of a file, unpacked within a limit, and the errors that readers give."""

from __future__ import annotations

import gzip
import io
import json
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from os import SEEK_CUR
from pathlib import Path
from typing import Any

from infodemic_sim.errors import GraphFileError

SIZE_LIMIT = 4 * 2**30
"""Bytes an edge list or a matrix may have once it is unpacked."""
OBJECTS_LIMIT = 2**29
"""The same for what is read into objects of Python, which take some 20 times as much memory."""
DESCRIPTION_LIMIT = 2**26
"""Bytes of a description (JSON) that this package has written beside arrays and tables."""
DECLARED_LIMIT = 2**24
"""People whom a file may declare by their number alone; a larger file, one for each of its bytes."""
CHUNK, PIECE = 2**24, 2**14
GZIP = 31
"""What zlib calls data with the head and the tail that gzip puts around it."""


def refused(path: Path, reason: str, line: int | None = None) -> GraphFileError:
    """An error that names file, line and reason."""
    where = path.name if line is None else f"{path.name}, line {line}"
    return GraphFileError(f"{where}: {reason}")


def read_bytes(path: Path, size_limit: int = SIZE_LIMIT) -> bytes:
    """The whole file, unpacked if it ends in .gz, without a byte order mark.

    Raises
    ------
    GraphFileError
        If it is missing, damaged, empty, not plain text, or larger than `size_limit` bytes.
    """
    try:
        content = _unpacked(path, size_limit)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise _damaged(path) from None
    except OSError as error:
        raise refused(path, f"the file cannot be read ({error.strerror or type(error).__name__}).") from None
    if len(content) > size_limit:
        raise refused(
            path,
            f"the file holds more than size_limit = {size_limit:,} bytes once unpacked; if you trust it, "
            "read it in Python with a larger size_limit.",
        )
    return _plain(path, content)


def _unpacked(path: Path, size_limit: int) -> bytes:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):  # to open a pipe would wait for somebody to write
        raise refused(path, "this is no file with an end, but a folder, a device or a pipe.")
    with path.open("rb") as file:
        if path.suffix.lower() != ".gz":
            return file.read(min(found.st_size, size_limit) + 1)
        content = io.BytesIO()  # gives its bytes away without a copy
        with gzip.open(file, "rb") as unpacked:
            while content.tell() <= size_limit and (chunk := unpacked.read(CHUNK)):
                content.write(chunk)
    return content.getvalue()


def _damaged(path: Path) -> GraphFileError:
    """The error of a packed file that cannot be unpacked whole, with the line up to which it can be."""
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return refused(path, "this is no gzip data; if it is plain text, take .gz from its name.")
    reason = "the gzip data breaks off here, or is damaged here or before: get the file anew."
    return refused(path, reason, 1 + sum(piece.count(b"\n") for piece in _readable(path)))


def _readable(path: Path) -> Iterator[bytes]:
    """What can be unpacked of a damaged file, piece by piece."""
    stream = zlib.decompressobj(GZIP)
    with suppress(zlib.error), path.open("rb") as file:
        while packed := file.read(PIECE):
            before = stream.copy()
            try:
                yield stream.decompress(packed)
            except zlib.error:  # it kept what it had unpacked: byte by byte, all up to the damage comes out
                yield from (before.decompress(bytes([byte])) for byte in packed)
            if stream.eof:  # one packed file may follow another
                file.seek(-len(stream.unused_data), SEEK_CUR)
                stream = zlib.decompressobj(GZIP)


def json_object(path: Path, limit: int = DESCRIPTION_LIMIT) -> dict[str, Any]:
    """The JSON object that a file holds.

    Raises
    ------
    OSError, ValueError
        If there is no such file, or it holds anything else, or more than ``limit`` bytes.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"more than {limit:,} bytes")
    try:
        found = json.loads(content.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def check_declared(path: Path, people: int, content: bytes, line: int) -> None:
    """Refuse a number of people that says more than the file can mean, before there is room for them all."""
    most = max(DECLARED_LIMIT, len(content))
    if people > most:
        raise refused(
            path,
            f"{people:,} people are declared by their number alone, but a file of this size may declare "
            f"{most:,}; if they are meant, make the graph with SocialGraph.from_ties.",
            line,
        )


def _plain(path: Path, content: bytes) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(path, "the file is UTF-16; save it as UTF-8.")
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    if b"\n" not in content:  # lines may end in a carriage return alone, as on old Macs
        content = content.replace(b"\r", b"\n")
    if not content or content.isspace():
        raise refused(path, "the file is empty.")
    if (zero := content.find(b"\0")) >= 0:
        raise refused(path, "a zero byte, so this is not a text file.", content.count(b"\n", 0, zero) + 1)
    return content


def as_text(path: Path, content: bytes) -> str:
    """The bytes as UTF-8 text."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(path, "bytes that are not UTF-8 text.", line) from None


def one_line(error: Exception) -> str:
    """The kind of an error and the first line of what it says."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:120]}" if lines[0] else type(error).__name__
