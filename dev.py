#!/usr/bin/env python3
"""Set up this project and run its everyday verbs. Needs nothing but Python 3.11, 3.12 or 3.13.

The first use makes ``.venv`` beside this file: with uv where it is installed (from ``uv.lock``), else with
venv and pip (from ``constraints.txt``, the same versions). Later uses only check that it is up to date.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "dev-stamp"  # what .venv was made from
CONSTRAINTS = ROOT / "constraints.txt"
HEADER = "# Made from uv.lock by `python dev.py lock`, for those who use pip. Do not edit.\n"
SUPPORTED = ("3.11", "3.12", "3.13")
MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"


# --- verbs: each takes the arguments after it and gives the exit status back -----------------------------


def demo(args: list[str]) -> int:
    """Compare the bundled scenario's options and write a report to out/demo."""
    folder = Path("out", "demo")
    if status := run(python("infodemic_sim", "compare", "demo", "--out", str(folder), "--overwrite", *args)):
        return status
    print("\nWritten:")
    for path in sorted((ROOT / folder).iterdir()):
        print(f"  {folder / path.name}")
    return 0


def test(args: list[str]) -> int:
    """Run the tests on all cores, those that failed last time first; arguments go to pytest."""
    return run(python("pytest", "--failed-first", *on_all_cores(), *args))


def check(args: list[str]) -> int:
    """Check style, types, who imports whom, and that lock and constraints are up to date."""
    checks = {
        "style": python("ruff", "check"),
        "format": python("ruff", "format", "--check"),
        "types": python("mypy"),
        "imports": [str(BIN / "lint-imports"), "--no-logo"],
        "lock": python("uv", "lock", "--check"),
    }
    failed = [name for name, command in checks.items() if run(command)]
    if pins(CONSTRAINTS.read_text("utf-8")) != pins(exported()):
        print("constraints.txt differs from uv.lock: run `python dev.py lock`.")
        failed.append("constraints")
    print(f"check: {', '.join(failed)} failed." if failed else "check: all well.")
    return len(failed)


def verify(args: list[str]) -> int:
    """Hold the model against theory and other programs, with a table of targets; arguments go to pytest."""
    return pytest_folder("verification", [*on_all_cores(), *args])


def bench(args: list[str]) -> int:
    """Run the benchmarks; arguments go to pytest."""
    return pytest_folder("benchmarks", ["--benchmark-only", *args])


def docs(args: list[str]) -> int:
    """Write what is generated from code, and make the site in docs/_build/html; or in the folder given."""
    steps = (
        ("infodemic_sim.catalog.manual", "docs", "interventions"),
        ("notebooks.convert",),
        ("docs.build", *args),
    )
    return next((status for step in steps if (status := run(python(*step)))), 0)


def package(args: list[str]) -> int:
    """Build what is given to others, install it in clean environments, and run it; --quick: in one."""
    return run(python("release", *args))


def lock(args: list[str]) -> int:
    """Renew uv.lock after pyproject.toml changed, and constraints.txt from it; arguments go to uv lock."""
    if status := run(python("uv", "lock", *args)):
        return status
    CONSTRAINTS.write_text(exported(), "utf-8", newline="\n")
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    verb.__name__: verb for verb in (demo, test, check, verify, bench, docs, package, lock)
}


# --- the environment ------------------------------------------------------------------------------------


def set_up() -> None:
    """Make ``.venv``, or bring it up to date, unless its stamp says that it is.

    Python compiles a module when it is first imported, and most never are: so packages are compiled
    beforehand only where Python has been told not to write what it compiles.
    """
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text("utf-8") == stamp():
        return
    if VENV.exists() and (made_by := minor_of(VENV)) != MINOR:
        print(f".venv was made by Python {made_by}; making it again with Python {MINOR}.", flush=True)
        shutil.rmtree(VENV)
    uv = find_uv()
    print(f"Setting up .venv with {'uv' if uv else 'pip'} (once; this downloads the packages) …", flush=True)
    STAMP.unlink(missing_ok=True)
    for command in with_uv(uv) if uv else with_pip():
        if status := run(command):
            fail(f"`{' '.join(command)}` ended with status {status} (see above); {remedy(command)}")
    STAMP.write_text(stamp(), "utf-8")


def stamp() -> str:
    """All that ``.venv`` depends on, as one digest."""
    digest = hashlib.sha256(MINOR.encode())
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def minor_of(venv: Path) -> str:
    """The Python that made an environment, as "3.11"; "unknown" for a broken one."""
    try:
        lines = (venv / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return "unknown"
    settings = dict(line.replace(" ", "").split("=", 1) for line in lines if "=" in line)
    version = settings.get("version_info") or settings.get("version", "")
    works = (venv / BIN.name / PYTHON.name).exists()
    return ".".join(version.split(".")[:2]) if works else "unknown"


def find_uv() -> str | None:
    """Where uv is, if it also runs."""
    uv = shutil.which("uv")
    works = uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    return uv if works else None


def with_uv(uv: str) -> list[list[str]]:
    """Commands that make ``.venv`` with uv."""
    compiled = ["--compile-bytecode"] if sys.dont_write_bytecode else []
    return [[uv, "sync", "--frozen", "--all-extras", *compiled, "--quiet", "--python", this_python()]]


def with_pip() -> list[list[str]]:
    """Commands that make ``.venv`` with nothing but Python: the same packages in the same versions."""
    compiled = [] if sys.dont_write_bytecode else ["--no-compile"]
    pip = python("pip", "install", "--quiet", "--disable-pip-version-check", *compiled)
    return [
        [this_python(), "-m", "venv", str(VENV)],
        [*pip, "--requirement", str(CONSTRAINTS)],
        [*pip, "--no-deps", "--editable", str(ROOT)],
    ]


def remedy(command: list[str]) -> str:
    """What to do when one of the commands above has failed."""
    if "venv" in command:
        return "install Python's own venv module (on Debian and Ubuntu: apt install python3-venv), or uv."
    return "if the network was not reached, connect (or set HTTPS_PROXY), then run the same line again."


def this_python() -> str:
    """The interpreter that runs this file; inside an environment, the one it was made from."""
    return str(getattr(sys, "_base_executable", sys.executable))


# --- helpers --------------------------------------------------------------------------------------------


def python(module: str, *args: str) -> list[str]:
    """The command line of a module, run by the project's own Python."""
    return [str(PYTHON), "-m", module, *args]


def run(command: list[str]) -> int:
    """Run a command at the project's root, on the project's environment; its exit status."""
    return subprocess.run(command, cwd=ROOT, env=variables(), check=False).returncode


def variables() -> dict[str, str]:
    """Environment variables for what is run: our ``.venv`` and no other, no window, UTF-8."""
    ours = {"UV_PROJECT_ENVIRONMENT": str(VENV), "MPLBACKEND": "Agg", "PYTHONUTF8": "1"}
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"} | ours


def exported() -> str:
    """What constraints.txt should be: the lock in pip's words, one file for every Python and system."""
    options = "--frozen --all-extras --all-groups --no-emit-project --no-hashes --no-annotate --no-header"
    command = python("uv", "export", "--quiet", *options.split())
    result = subprocess.run(command, cwd=ROOT, env=variables(), check=True, stdout=subprocess.PIPE)
    return HEADER + result.stdout.decode("utf-8").replace("\r\n", "\n")


def pins(text: str) -> list[str]:
    """The requirements in a constraints file, without comments."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pytest_folder(folder: str, args: list[str]) -> int:
    """Run the test files of a folder, if it has any."""
    if not any((ROOT / folder).rglob("*_*.py")):
        print(f"There is nothing in {folder}/ yet.")
        return 0
    files = (ROOT / argument.partition("::")[0] for argument in args)
    named = any(file.suffix == ".py" and file.is_file() for file in files)  # tests in place of all
    return run(python("pytest", *([] if named else [folder]), *args))


def on_all_cores() -> list[str]:
    """Options that let pytest use them."""
    return ["-n", str(cores()), "--dist", "worksteal"] if cores() > 1 else []


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fail(reason: str) -> NoReturn:
    """End with one sentence."""
    sys.exit(f"dev.py: {reason}")


def usage() -> str:
    """The verbs, a line each."""
    lines = (f"  {name:7} {(verb.__doc__ or '').splitlines()[0]}" for name, verb in VERBS.items())
    return "\n".join(["usage: python dev.py VERB [arguments…]", "", *lines])


def main(args: list[str]) -> int:
    """Run one verb; its exit status."""
    if MINOR not in SUPPORTED:
        fail(f"this is Python {MINOR}, but one of {', '.join(SUPPORTED)} is needed: run it with that.")
    if not args or args[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    verb, *rest = args
    if verb not in VERBS:
        close = difflib.get_close_matches(verb, VERBS, n=1)
        hint = f"did you mean '{close[0]}'?" if close else f"known are {', '.join(VERBS)}."
        fail(f"'{verb}' is not a verb; {hint}")
    set_up()
    return VERBS[verb](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
