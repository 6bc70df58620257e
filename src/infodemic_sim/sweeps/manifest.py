"""Which runs each part holds: a line for each part, which is only a shorter way to what the parts say.

Lines may be torn or lost: a part that no line speaks of, or of another size than its line says, is read.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from infodemic_sim.errors import ResultFileError, UnwritableError
from infodemic_sim.study.written import parquet
from infodemic_sim.sweeps.parts import NAME, parts_in
from infodemic_sim.writing import writing

T = TypeVar("T")
MOST_LOOKS = 20
"""At parts that others merge; a merge takes longer than a look, so the second nearly always holds."""


class Stamp(NamedTuple):
    """What changes when a part is written anew."""

    name: str
    bytes: int
    at: int


def note(out: Path, writer: str, path: Path, held: Mapping[str, bool]) -> None:
    """Add a line about a part."""
    line = {
        "part": path.name,
        "bytes": path.stat().st_size,
        "digest": digest(path),
        "at": round(time.time(), 3),
        "runs": dict(held),
    }
    manifest = out / f"manifest-{writer}.jsonl"
    if manifest.is_symlink():
        raise UnwritableError(f"{manifest}: this is a link that leads elsewhere: delete it.")
    with writing(manifest), manifest.open("a", encoding="utf-8") as stream:
        stream.write("\n" + json.dumps(line, separators=(",", ":")))


def digest(path: Path) -> str:
    """What changes with any bit of a part."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()[:32]


def noted(out: Path) -> Iterator[dict[str, Any]]:
    """The lines of all manifests; torn ones are left out."""
    for path in sorted(out.glob("manifest-*.jsonl")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if _is_whole(found):
                yield found


def _is_whole(line: Any) -> bool:
    """Whether a line speaks of a part, and says for each of its runs whether it failed."""
    kinds = {"part": str, "bytes": int, "digest": str, "at": int | float, "runs": dict}
    return (
        isinstance(line, dict)
        and all(isinstance(line.get(name), kind) for name, kind in kinds.items())
        and NAME.fullmatch(line["part"]) is not None
        and all(isinstance(bad, bool) for bad in line["runs"].values())
    )


def known_contents(out: Path, writer: str) -> dict[str, dict[str, bool]]:
    """The runs of each part, and whether they failed; parts that no manifest speaks of are read.

    It tells how the folder was at one moment, whatever other writers add and merge meanwhile.

    Raises
    ------
    ResultFileError
        If a part of this writer is not, bit by bit, what it has written.
    """
    return at_one_moment(lambda: _contents(out, writer))


def at_one_moment(look: Callable[[], T]) -> T:
    """What a look at the parts finds; it is taken anew if a merge has replaced one of them meanwhile.

    Raises
    ------
    ResultFileError
        If a part is never there, though its name is: a link that leads nowhere.
    """
    gone = ""
    for _ in range(MOST_LOOKS):
        try:
            return look()
        except FileNotFoundError as error:
            gone = str(error.filename)
    raise ResultFileError(
        f"{gone}: the name is there, but no file: delete it, and run the same command again."
    )


def runs_of(path: Path, line: Mapping[str, Any] | None) -> dict[str, bool]:
    """The runs of a part, and whether they failed: from its line, unless that speaks of other bytes."""
    if line and line["bytes"] == path.stat().st_size:
        runs: dict[str, bool] = line["runs"]
        return runs
    return held_by(path)


def _contents(out: Path, writer: str) -> dict[str, dict[str, bool]]:
    lines = {line["part"]: line for line in noted(out)}
    contents = {}
    for part in parts_in(out):
        line = lines.get(part.path.name)
        if line and line["bytes"] == part.path.stat().st_size:
            if part.writer == writer and line["digest"] != digest(part.path):
                raise _damaged(part.path)
            contents[part.path.name] = line["runs"]
        else:
            contents[part.path.name] = held_by(part.path)
            note(out, part.writer, part.path, contents[part.path.name])
    return contents


def sound_parts(out: Path, known: set[Stamp]) -> list[Path]:
    """The parts of a folder, each of which is, bit by bit, what its line says that was written.

    Parameters
    ----------
    known : those that have been looked at before; the new ones are added.

    Raises
    ------
    ResultFileError
        If one is not.
    """
    stamps = {part.path: _stamp(part.path) for part in parts_in(out)}
    new = {path: stamp for path, stamp in stamps.items() if stamp not in known}
    lines = {line["part"]: line for line in noted(out)} if new else {}
    for path, stamp in new.items():
        line = lines.get(path.name)
        if line and line["bytes"] == stamp.bytes and line["digest"] != digest(path):
            raise _damaged(path)
        known.add(stamp)
    return list(stamps)


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return Stamp(path.name, found.st_size, found.st_mtime_ns)


def held_by(path: Path) -> dict[str, bool]:
    """The runs that a part holds, as the part itself says.

    Raises
    ------
    ResultFileError
        If it is damaged.
    FileNotFoundError
        If it is not there any more.
    """
    import duckdb

    query = f"SELECT run::VARCHAR, bool_or(error IS NOT NULL) FROM {parquet(path)} GROUP BY run"
    try:
        with duckdb.connect(config={"threads": 1}) as database:
            return dict(database.execute(query).fetchall())
    except (duckdb.Error, UnicodeDecodeError):
        path.stat()  # which tells one that a merge has replaced from one that is damaged
        raise _damaged(path) from None


def _damaged(path: Path) -> ResultFileError:
    return ResultFileError(
        f"{path}: the file is damaged: delete it, and run the same command again to make its runs anew."
    )
