"""Would the tests notice a mistake? ``python -m verification.mutants NAME [--most N] [--seed S]``.

Small mistakes are made one at a time in a copy of the project (`+` for `-`, `<` for `<=`, a number one off),
and the tests named here are run on each. Mistakes that no test notices are printed, for somebody to answer:
the answers are in docs/mutants.md. All mistakes of a part take hours: ``--most`` draws as many by lot.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).parents[1]
PATIENCE = 3.0
"""Times as long as without a mistake that tests may take: then it has made a loop endless, and is noticed."""
MEANINGLESS = ("core/RemoveDecorator", "core/VariableReplacer", "core/VariableInserter")
"""Decorators compile, which is off; and the other two make mistakes that nobody makes."""


class Part(NamedTuple):
    """What is changed, and the tests that should notice."""

    modules: tuple[str, ...]
    tests: str
    compiled: bool


STUDY = "src/infodemic_sim/study"
KERNELS = "src/infodemic_sim/kernels"
PARTS = {
    "paired": Part(
        (f"{STUDY}/paired.py", f"{STUDY}/contrasts.py", f"{STUDY}/several.py"),
        "tests/study/test_effects.py tests/study/test_contrasts.py tests/study/test_several.py"
        " -k 'not zero_copy'",
        compiled=True,
    ),
    "feed": Part(
        tuple(f"{KERNELS}/{name}.py" for name in ("racing", "reading", "persuasion", "seen", "publishing")),
        "tests/twin/test_feed_twin.py tests/twin/test_spaces_twin.py -k 'not extreme'",
        compiled=False,
    ),
}


def main() -> int:
    """Make mistakes, run tests, and print what was not noticed; the exit status is the number of these."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("part", choices=PARTS)
    given.add_argument("--most", type=int, default=100)
    given.add_argument("--seed", type=int, default=1)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copy_project(copy)
        part = PARTS[asked.part]
        session = made_mistakes(copy, part)
        with use_db(session) as work:
            keep_by_lot(work, asked.most, asked.seed)
        run(copy, part, "exec", "mutants.toml", str(session))
        with use_db(session) as work:
            return tell(work)


def copy_project(copy: Path) -> None:
    """What git knows of the working tree, as it stands now."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)


def made_mistakes(copy: Path, part: Part) -> Path:
    """The list of all mistakes that can be made in a part, once its tests have passed without one."""
    begun = time.monotonic()
    configure(copy, part, timeout=3600.0)
    run(copy, part, "baseline", "mutants.toml")
    configure(copy, part, timeout=PATIENCE * (time.monotonic() - begun))
    run(copy, part, "init", "mutants.toml", "session.sqlite")
    return copy / "session.sqlite"


def configure(copy: Path, part: Part, timeout: float) -> None:
    """What the mutation tester reads: the part, and its tests with the seconds that they may take."""
    modules = ", ".join(f'"{module}"' for module in part.modules)
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {part.tests}"
    (copy / "mutants.toml").write_text(
        f'[cosmic-ray]\nmodule-path = [{modules}]\ntimeout = {timeout}\ntest-command = "{command}"\n'
        '[cosmic-ray.distributor]\nname = "local"\n'
    )


def run(copy: Path, part: Part, *words: str) -> None:
    """One verb of the mutation tester; kernels that are changed run as plain Python."""
    ours = {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    ours |= {} if part.compiled else {"NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-m", "cosmic_ray.cli", *words]
    subprocess.run(command, cwd=copy, env={**os.environ, **ours}, check=True)


def keep_by_lot(work: WorkDB, most: int, seed: int) -> None:
    """Leave so many mistakes to be tried, drawn evenly from those that mean anything."""
    items = list(work.work_items)
    meant = [item for item in items if means_anything(item.mutations[0])]
    meant.sort(
        key=lambda item: (str(item.mutations[0].module_path), item.mutations[0].start_pos, item.job_id)
    )
    kept = {item.job_id for item in random.Random(seed).sample(meant, min(most, len(meant)))}
    print(f"{len(meant)} mistakes can be made; {len(kept)} are tried.", flush=True)
    for item in items:
        if item.job_id not in kept:
            work.set_result(item.job_id, WorkResult(WorkerOutcome.SKIPPED))


def means_anything(mistake: MutationSpec) -> bool:
    """Whether a mistake is one that anybody could make, and not in a type, which no run reads."""
    line = (ROOT / mistake.module_path).read_text("utf-8").splitlines()[mistake.start_pos[0] - 1]
    return not mistake.operator_name.startswith(MEANINGLESS) and "| None" not in line


def tell(work: WorkDB) -> int:
    """Print the mistakes that were not noticed; how many."""
    tried = [(job, result) for job, result in work.results if result.test_outcome is not None]
    survived = [job for job, result in tried if result.test_outcome == TestOutcome.SURVIVED]
    diffs = dict(work.results)
    for job in survived:
        print(diffs[job].diff, "\n")
    noticed = len(tried) - len(survived)
    print(f"{len(tried)} mistakes were tried; {noticed} were noticed, {len(survived)} not.")
    return len(survived)


if __name__ == "__main__":
    sys.exit(main())
