"""Build source archive and wheel, see that a second build gives the same bytes, and look into them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

from dev import ROOT, python

PACKAGE = ROOT / "src" / "infodemic_sim"
LARGEST = 3_000_000
"""Bytes of the wheel."""
EPOCH = "1577836800"
"""The date that all files in archives bear, in seconds: 1 January 2020."""
LEGAL = {"LICENSE", "NOTICE.md"}


def build(project: Path, out: Path) -> list[Path]:
    """Source archive, and the wheel that is built from it."""
    command = python("uv", "build", "--quiet", "--no-create-gitignore", "--out-dir", str(out), str(project))
    subprocess.run(command, cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, check=True)
    return sorted(out.iterdir())


def built_twice(scratch: Path, out: Path) -> tuple[Path, Path]:
    """Source archive and wheel, if another copy of the sources, in another place, gives the same bytes."""
    here, there = build(ROOT, out), build(copied(scratch / "elsewhere"), scratch / "again")
    for one, other in zip(here, there, strict=True):
        if digest(one) != digest(other):
            raise SystemExit(f"package: two builds of {one.name} differ: {differing(one, other)}.")
    archive, wheel = sorted(here, key=lambda path: path.suffix != ".gz")
    return archive, wheel


def copied(target: Path) -> Path:
    """What git tracks, or would, in another folder; without git, everything but environments."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = (
            subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        )
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(".venv", "dist", "out"))
        return target
    for name in listed:
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


def looked_into(archive: Path, wheel: Path) -> str:
    """What is in the two, if it is what should be."""
    inside = members(wheel)
    ours = {f"infodemic_sim/{path.relative_to(PACKAGE).as_posix()}" for path in files_of(PACKAGE)}
    about = {name for name in inside if ".dist-info/" in name}
    problems = {
        "lacks": ours - inside,
        "should not hold": inside - ours - about,
        "lacks the licence": LEGAL - {Path(name).name for name in about},
        "has sources without": ours - {name.removeprefix("src/") for name in members(archive)},
    }
    for what, names in problems.items():
        if names:
            raise SystemExit(f"package: {wheel.name} {what} {sorted(names)[0]}.")
    if (size := wheel.stat().st_size) >= LARGEST:
        raise SystemExit(f"package: {wheel.name} has {size:,} bytes; {LARGEST:,} are the most.")
    return (
        f"{wheel.name}: {len(inside)} files, {size:,} bytes; {archive.name}: {archive.stat().st_size:,} bytes"
    )


def files_of(folder: Path) -> list[Path]:
    """Files of a package, without what Python leaves."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def members(archive: Path) -> set[str]:
    """Names of the files in an archive, without the folder that holds all of a source archive."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return {name for name in opened.namelist() if not name.endswith("/")}
    with tarfile.open(archive) as opened:
        return {member.name.partition("/")[2] for member in opened if member.isfile()}


def differing(one: Path, other: Path) -> str:
    """Names that only one of two archives holds, or that its bytes alone differ."""
    names = members(one) ^ members(other)
    return ", ".join(sorted(names)[:3]) if names else "the same names, but other bytes"


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
