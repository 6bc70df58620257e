"""Clean environments: a Python, the wheel with what it asks for, and a real comparison in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import platformdirs

from dev import ROOT, python
from release.tour import TOUR

LOWEST, NEWEST = "lowest-direct", "highest"
SCENARIO = """\
population: {graph: {type: scale_free, people: 200, mean_degree: 10, seed: 1}, providers: 0.1}
topics: [{name: vaccines, posting: {public: 0.5, provider: 0.5}}]
interventions: [{type: provider_correction}, {type: warning_label}]
days: 2
warm_up: 1
"""
GOLDEN = """\
import os, runpy, sys
os.environ["NUMBA_DISABLE_JIT"] = "{interpreted}" or "0"
sys.path.append({root!r})  # the tests are from here, the package from where it is installed
sys.argv = ["record", "--held"]
runpy.run_module("tests.golden.record", run_name="__main__")
"""


class Environment:
    """One environment, always made in the same place.

    Parameters
    ----------
    place : folder that holds it and what is kept beside it. version : of Python, such as 3.12.
    """

    def __init__(self, place: Path, version: str) -> None:
        self.place, self.version = place, version
        self.venv, self.work = place / "venv", place / "work"

    def install(self, wanted: str, *more: str, resolution: str = NEWEST) -> None:
        """Make it anew with the wheel, with extras or without; the oldest of those that have wheels."""
        for folder in (self.venv, self.work):
            shutil.rmtree(folder, ignore_errors=True)
        self.work.mkdir(parents=True)
        (self.work / "town.yaml").write_text(SCENARIO, "utf-8")
        self.uv("venv", "--quiet", "--python", interpreter(self.version), str(self.venv))
        options = ["--quiet", "--resolution", resolution]
        options += ["--only-binary", ":all:"] if resolution == LOWEST else []
        self.uv("pip", "install", "--python", str(self.venv), *options, wanted, *more)

    def add(self, *wanted: str) -> None:
        """Install something beside the rest."""
        self.uv("pip", "install", "--quiet", "--python", str(self.venv), *wanted)

    def versions(self) -> dict[str, str]:
        """What is installed."""
        lines = self.uv("pip", "freeze", "--quiet", "--python", str(self.venv)).splitlines()
        return dict(line.split("==", 1) for line in lines if "==" in line)

    def run(self, *command: str, seconds: float = 1800.0) -> str:
        """Run one of its commands in its work folder; what it printed."""
        program = self.venv / ("Scripts" if os.name == "nt" else "bin") / command[0]
        done = subprocess.run(
            [str(program), *command[1:]], cwd=self.work, env=self.variables(), text=True, timeout=seconds,
            capture_output=True, check=False, encoding="utf-8",
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(
                f"package: {' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}"
            )
        return done.stdout

    def compare(self) -> None:
        """A small real comparison, its report included, and help."""
        for command in ((), ("compare",), ("graph", "describe")):
            if "Usage: " not in self.run("infodemic", *command, "--help"):
                raise SystemExit(f"package: infodemic {' '.join(command)} has no help.")
        words = ["--replicates", "2", "--seed", "1", "--workers", "1", "--out", "compared", "--quiet"]
        self.run("infodemic", "compare", "town.yaml", *words)
        made = {path.name for path in (self.work / "compared").iterdir()}
        if missing := {"report.html", "effects.csv", "runs.parquet", "provenance.json"} - made:
            raise SystemExit(f"package: the comparison has not written {sorted(missing)[0]}.")

    def tour(self) -> None:
        """Past everything that leans on another package."""
        (self.work / "tour.py").write_text(TOUR, "utf-8")
        self.run("python", "tour.py")

    def golden(self, *, compiled: bool) -> str:
        """The recorded numbers of the model, to the last bit; without the compiler it takes seconds."""
        script = GOLDEN.format(interpreted="" if compiled else "1", root=str(ROOT))
        (self.work / "golden.py").write_text(script, "utf-8")
        return self.run("python", "golden.py").strip().rstrip(".")

    def uv(self, *words: str) -> str:
        """Run uv; what it printed."""
        done = subprocess.run(python("uv", *words), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise SystemExit(
                f"package: uv {' '.join(words[:2])} for Python {self.version} failed (see above)."
            )
        return done.stdout

    def variables(self) -> dict[str, str]:
        """No trace of this project in what runs there, but for kernels compiled from the same sources."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))
        }
        kernels = os.environ.get("NUMBA_CACHE_DIR", str(platformdirs.user_cache_path("infodemic-sim")))
        caches = {"NUMBA_CACHE_DIR": kernels, "XDG_CACHE_HOME": str(self.place / "cache")}
        return {**kept, **caches, "MPLBACKEND": "Agg", "PYTHONUTF8": "1"}


def interpreter(version: str) -> str:
    """A Python of a version that runs: among those of pyenv, on the path, or as uv finds or fetches it."""
    name = f"python{version}"
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for candidate in (*sorted(root.glob(f"versions/{version}.*/bin/{name}")), shutil.which(name)):
        works = candidate and subprocess.run([candidate, "-c", ""], capture_output=True, check=False)
        if works and works.returncode == 0:
            return str(candidate)
    return version
