"""``python dev.py package``: all of it in its order; ``--quick``: one Python, the newest of everything."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from dev import MINOR, ROOT, SUPPORTED
from release import building, legal
from release.environments import LOWEST, NEWEST, Environment
from release.extras import USES

EXAMPLE = ROOT / "examples" / "plugin"


def main(words: list[str]) -> int:
    """Build, look, install, run."""
    asked = arguments(words)
    out = ROOT / "dist"
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="infodemic-package-") as folder:
        scratch = Path(folder)
        legal.check()
        archive, wheel = building.built_twice(scratch, out)
        tell(building.looked_into(archive, wheel), "two builds are equal")
        legal.write_sbom(out / "sbom.cdx.json")
        tell(legal.cited(), legal.audited())
        pythons = (MINOR,) if asked.quick else SUPPORTED
        for version in pythons:
            for resolution in (NEWEST,) if asked.quick else (LOWEST, NEWEST):
                place = scratch / version / resolution
                try_wheel(Environment(place, version), wheel, resolution, tour=not asked.quick)
        last = Environment(scratch / pythons[0] / NEWEST, pythons[0])
        for extra in () if asked.quick else asked.extras or USES:
            try_extra(last, wheel, extra)
        try_example(last, wheel, scratch)
    print("package: all well.")
    return 0


def arguments(words: list[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one Python, newest of all, no extras")
    parser.add_argument("--extras", nargs="*", choices=sorted(USES), help="only these extras")
    return parser.parse_args(words)


def try_wheel(environment: Environment, wheel: Path, resolution: str, *, tour: bool) -> None:
    """Install the wheel with its oldest or newest dependencies, and compare."""
    began = time.monotonic()
    environment.install(str(wheel), *asked_for(), resolution=resolution)
    environment.compare()
    held = environment.golden(compiled=False)
    if tour:
        held = environment.golden(compiled=True)
        environment.tour()
    names = {line.split(">")[0].lower() for line in asked_for()}
    told = ", ".join(f"{name} {v}" for name, v in environment.versions().items() if name in names)
    tell(f"Python {environment.version}, {resolution}: {told}", held, f"{time.monotonic() - began:.0f} s")


def try_extra(environment: Environment, wheel: Path, extra: str) -> None:
    """Install the wheel with one extra, and do what that is for."""
    began = time.monotonic()
    environment.install(f"{wheel}[{extra}]")
    if "compared" in USES[extra]:
        environment.compare()
    (environment.work / "use.py").write_text(USES[extra], "utf-8")
    environment.run("python", "use.py")
    tell(f"extra {extra}", f"{time.monotonic() - began:.0f} s")


def try_example(environment: Environment, wheel: Path, scratch: Path) -> None:
    """Install the example plug-in's wheel beside ours, and run its tests."""
    (built,) = [path for path in building.build(EXAMPLE, scratch / "example") if path.suffix == ".whl"]
    environment.install(str(wheel), str(built), "pytest")
    shutil.copytree(EXAMPLE / "tests", environment.work / "tests")
    told = environment.run("python", "-m", "pytest", "-q", "-W", "error", "tests")
    if "skipped" in told:
        raise SystemExit(f"package: the example is not installed as it should be:\n{told}")
    tell(f"{built.name}: {told.splitlines()[-1]}")


def asked_for() -> list[str]:
    """What our package asks for by itself; named beside it, so that the oldest of these are taken."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["dependencies"])


def tell(*sentences: str) -> None:
    """Say at once what was found."""
    print(f"package: {'; '.join(sentences)}.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
