"""Licences of what we depend on, the bill of materials, and known weaknesses: all from the lock."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from dev import ROOT, python

NOTICE = ROOT / "NOTICE.md"
UNANSWERED = 2
"""What uv ends with where something else than a weakness was in the way, such as no network."""
VALIDATOR = "cffconvert==2.0.0"
HEAD = """\
# Third parties

infodemic-sim holds no code, font or data set of others: its pages, charts and templates are its own. What it
needs is installed beside it, each under its own licence. This list is made from `uv.lock` by
`python -m release.legal`: what is always needed, and what an extra adds, with all that these ask for in turn.

| package | for | licence |
|---|---|---|
"""


def notice() -> str:
    """The list as a page."""
    rows = (f"| {name} | {use} | {licence(name)} |" for name, use in sorted(needed().items()))
    return HEAD + "\n".join(rows) + "\n"


def needed() -> dict[str, str]:
    """Every package that ours may bring with it, and for what: always, or the extras that ask for it."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]:
        packages.setdefault(package["name"], []).append(package)
    (ours,) = packages["infodemic-sim"]
    always = reached(ours["dependencies"], packages)
    found = dict.fromkeys(always, "always")
    for extra, asked in ours["optional-dependencies"].items():
        for name in reached(asked, packages) - always:
            found[name] = f"{found[name]}, {extra}" if name in found else extra
    return found


def reached(asked: Iterable[dict[str, Any]], packages: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Names of these and of all that they ask for in turn, on any system."""
    waiting, found = list(asked), set[tuple[str, tuple[str, ...]]]()
    while waiting:
        one = waiting.pop()
        place = (one["name"], tuple(one.get("extra", ())))
        if place in found:
            continue
        found.add(place)
        for package in packages[one["name"]]:
            waiting += package.get("dependencies", ())
            for extra in place[1]:
                waiting += package.get("optional-dependencies", {}).get(extra, ())
    return {name for name, _ in found}


def licence(name: str) -> str:
    """What the installed package says of its licence, in one line."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return "see the package (not for this system)"
    classified = [line.split(" :: ")[-1] for line in said.get_all("Classifier") or () if "License ::" in line]
    plain = (said["License"] or "").strip().splitlines()
    short = plain[0] if len(plain) == 1 and len(plain[0]) < 60 else ""
    return str(said["License-Expression"] or ", ".join(classified) or short or "see the package")


def check() -> None:
    """Refuse a list that lacks packages of the lock, or names others."""
    rows = [line.split(" | ")[:2] for line in NOTICE.read_text("utf-8").splitlines() if line.startswith("| ")]
    named = {name.removeprefix("| "): use for name, use in rows[1:]}
    if named != needed():
        odd = sorted(set(named.items()) ^ set(needed().items()))[0][0]
        raise SystemExit(f"package: NOTICE.md and uv.lock differ in {odd}: run `python -m release.legal`.")


def write_sbom(path: Path) -> None:
    """The software bill of materials of the package and its extras, CycloneDX 1.5."""
    words = ["--frozen", "--no-dev", "--all-extras", "--format", "cyclonedx1.5", "--quiet"]
    done = subprocess.run(python("uv", "export", *words), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    path.write_bytes(done.stdout)


def audited() -> str:
    """One sentence on known weaknesses of the locked versions, or on why nobody could be asked.

    Raises
    ------
    SystemExit
        If there are any.
    """
    words = ("audit", "--frozen", "--no-dev")
    done = subprocess.run(python("uv", *words), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return "no known weakness in the locked versions"
    if done.returncode != UNANSWERED:
        raise SystemExit(f"package: locked versions have known weaknesses:\n{done.stdout}{done.stderr}")
    reason = next(line for line in done.stderr.splitlines() if line.startswith("error: "))
    return f"known weaknesses were not looked up ({reason.removeprefix('error: ')})"


def cited() -> str:
    """One sentence on whether CITATION.cff keeps to its format.

    Raises
    ------
    SystemExit
        If it does not.
    """
    words = ("tool", "run", "--quiet", VALIDATOR, "--validate", "-i", "CITATION.cff")
    done = subprocess.run(python("uv", *words), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == UNANSWERED:
        return "CITATION.cff was not validated, as its validator cannot be had"
    if done.returncode:
        raise SystemExit(f"package: CITATION.cff is not valid:\n{done.stdout}{done.stderr}")
    return "CITATION.cff is valid"


if __name__ == "__main__":
    NOTICE.write_text(notice(), "utf-8", newline="\n")
    sys.exit(0)
