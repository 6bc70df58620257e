"""Coverage-guided fuzzing of one door.

    python -m verification.fuzz.run scenario --seconds 900

Inputs that reach something new are kept in ``out/fuzz/corpus`` and used again next time (``corpora.py`` keeps
them for everybody); those that break something are written to ``out/fuzz/findings``. Exit status 0: nothing
was found.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

from verification.fuzz.corpora import inputs

ROOT = Path(__file__).parents[2]
MEMORY, LONGEST_RUN, LONGEST_INPUT = 3_000, 30, 20_000
"""MB of the process, seconds and bytes of one input."""
OURS = ["infodemic_sim", "networkx.readwrite"]
COMPILED = "infodemic_sim.kernels"
"""Imported before anything is instrumented: the compiler reads their bytecode."""
READING = ("graphs", "scenario_file", "health", "study", "sweeps", "calibration", "report", "checkpoint")


def main() -> None:
    """Fuzz the door that the command line names."""
    import atheris

    asked = arguments()
    imported(COMPILED)
    with atheris.instrument_imports(include=OURS):
        import networkx.readwrite  # noqa: F401 (else it is imported too late to be watched)

        from verification.fuzz.doors import doors

        for name in READING:
            imported(f"infodemic_sim.{name}")
        door = doors()[asked.door]
        scratch = Path(tempfile.mkdtemp(prefix=f"fuzz-{asked.door}-"))
        kept, findings = asked.out / "corpus" / asked.door, asked.out / "findings" / asked.door
        for folder in (kept, findings):
            folder.mkdir(parents=True, exist_ok=True)
        take = door.open(scratch)
        for content in (*door.seeds(scratch), *inputs(asked.door)):
            (kept / hashlib.sha1(content).hexdigest()).write_bytes(content)
    if asked.input:
        take(asked.input.read_bytes())
        return
    options = {
        "max_total_time": asked.seconds,
        "rss_limit_mb": MEMORY,
        "timeout": LONGEST_RUN,
        "max_len": LONGEST_INPUT,
        "artifact_prefix": f"{findings}/",
        "print_final_stats": 1,
        "verbosity": asked.verbosity,
        "seed": asked.seed,
    }
    for content in inputs(asked.door):
        take(content)  # compiles what it needs, which counts for no input later
    words = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(kept)]
    atheris.Setup(words, take)
    atheris.Fuzz()


def imported(name: str) -> None:
    """Import a module with all that stands in it."""
    package = importlib.import_module(name)
    for inner in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
        importlib.import_module(inner.name)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m verification.fuzz.run")
    parser.add_argument("door", help="which way in: a name in verification/fuzz/doors.py")
    parser.add_argument("--seconds", type=int, default=60, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="of the changes that are tried")
    parser.add_argument("--verbosity", type=int, default=1, help="0: only what was found")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "fuzz", help="where inputs are kept")
    parser.add_argument("--input", type=Path, help="one input to try again, instead")
    return parser.parse_args()


if __name__ == "__main__":
    main()
