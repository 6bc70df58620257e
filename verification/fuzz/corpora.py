"""The inputs that fuzzing begins with: made by hand, and found by earlier fuzzing.

    python -m verification.fuzz.corpora

keeps what has been found since, from ``out/fuzz/corpus``, in ``corpus/found/<door>.zip``.
"""

from __future__ import annotations

import argparse
import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent / "corpus"
MADE, FOUND = HERE / "made", HERE / "found"
OUT = Path(__file__).parents[2] / "out" / "fuzz" / "corpus"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time that all members of an archive bear, so that equal inputs make equal archives."""


def inputs(door: str) -> Iterator[bytes]:
    """All inputs that are kept for a door; there may be none."""
    yield from made(door)
    yield from found(door)


def made(door: str) -> Iterator[bytes]:
    """Those made by hand."""
    if (MADE / door).is_dir():
        for path in sorted((MADE / door).iterdir()):
            yield path.read_bytes()


def found(door: str) -> Iterator[bytes]:
    """Those found by earlier fuzzing."""
    if (FOUND / f"{door}.zip").is_file():
        with zipfile.ZipFile(FOUND / f"{door}.zip") as archive:
            for member in archive.infolist():
                yield archive.read(member)


def keep(door: str, folder: Path) -> None:
    """Keep the inputs in a folder beside those that are kept already."""
    new = [path.read_bytes() for path in folder.iterdir()]
    all_found = {
        hashlib.sha1(content).hexdigest(): content for content in {*found(door), *new} - {*made(door)}
    }
    with zipfile.ZipFile(FOUND / f"{door}.zip", "w") as archive:
        for name in sorted(all_found):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), all_found[name], zipfile.ZIP_DEFLATED)


def main() -> None:
    """Keep what was found at every door."""
    given = argparse.ArgumentParser(prog="python -m verification.fuzz.corpora")
    given.add_argument("--out", type=Path, default=OUT, help="holds a folder for each door")
    FOUND.mkdir(exist_ok=True)
    for folder in sorted(given.parse_args().out.iterdir()):
        keep(folder.name, folder)


if __name__ == "__main__":
    main()
