"""``infodemic calibrate``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infodemic_sim.calibration.bundled import BUNDLED
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.question_file import read_calibration
from infodemic_sim.calibration.running import calibrate
from infodemic_sim.calibration.status import status
from infodemic_sim.calibration.store import QUESTION
from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.cli.showing import show
from infodemic_sim.report.calibrations import calibration_tables, write_calibration
from infodemic_sim.study.imported import imports_of
from infodemic_sim.study.progress import shown_progress


def show_names() -> None:
    """Print which calibrations come with the package."""
    rows = [
        {"name": name, "parameters": len(make(1).parameters), "what": str(make.__doc__).splitlines()[0]}
        for name, make in BUNDLED.items()
    ]
    show(rows, title="calibrations")


def run(name: str, out: Path, workers: int | None, changes: Mapping[str, Any], *, quiet: bool) -> int:
    """Calibrate, write and tell; the exit code."""
    with meant_as("a calibration", name):
        calibration = read_calibration(name, **changes)
    if not quiet:
        for sentence in imports_of([calibration.scenario]):
            print(f"Note: {sentence}")
    try:
        with shown_progress("points", quiet=quiet) as progress:
            posterior = calibrate(
                calibration, out, workers=cores() if workers is None else workers, progress=progress
            )
    except KeyboardInterrupt:
        print(f"Stopped; the same command goes on from the last generation in {out}.", file=sys.stderr)
        return INTERRUPTED
    write_calibration(posterior, calibration, out)
    if not quiet:
        tell(posterior, out)
    return 0


def is_one(folder: Path) -> bool:
    """Whether a folder holds a calibration."""
    return (folder / QUESTION).is_file()


def show_status(folder: Path, *, as_json: bool) -> None:
    """Print how many generations are there."""
    found = status(folder)
    if as_json:
        print(json.dumps(found._asdict(), indent=2))
        return
    end = (
        "it is finished"
        if found.finished
        else "a process is at work"
        if found.at_work
        else "nobody is at work"
    )
    print(f"{found.done:,} of at most {found.generations:,} generations are there; {end}.")


def tell(posterior: Posterior, out: Path) -> None:
    """Print what is known of each parameter, and whether runs then agree with the evidence."""
    for told in calibration_tables(posterior):
        show(told.rows, title=told.title)
        print()
    worth = f"{posterior.effective:.0f} of {len(posterior.points)} points of equal weight"
    runs = int(posterior.progress["runs"].sum())
    print(f"Worth {worth}; {runs:,} runs. {posterior.unfinished}".rstrip())
    print("Written:", *(f"  {path}" for path in sorted(out.iterdir()) if path.suffix), sep="\n")
