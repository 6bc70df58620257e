"""What the calibrations among the experiments share: a command line, and which files are written.

Each is a folder with a README.md and a script, run from the top of the project by
``python -m experiments.NAME``. The same command goes on where an earlier one was stopped.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError
from infodemic_sim.report.calibrations import write_calibration
from infodemic_sim.study.progress import shown_progress

QUICK = {"generations": 2, "predictions": 4}
"""Enough to see that everything works, and nothing else; points are each experiment's own ``fewest``."""


@dataclass(frozen=True)
class Calibrated:
    """One question: a bundled calibration, and how long it is narrowed; an emulator needs more at least."""

    name: str
    calibration: str
    particles: int
    generations: int
    predictions: int = 40
    fewest: int = 10


def conduct(experiment: Calibrated, words: Sequence[str] | None = None) -> ids.calibration.Posterior:
    """Run a calibration as the command line says; what is known then.

    Ends the program with one sentence if something is wrong.
    """
    asked = _arguments(experiment, words)
    began = time.monotonic()
    try:
        question = ids.read_calibration(
            experiment.calibration, seed=asked.seed, particles=asked.particles, generations=asked.generations
        )
        with shown_progress("points") as progress:
            posterior = ids.calibrate(
                question,
                asked.out,
                workers=asked.workers,
                predictions=asked.predictions,
                progress=progress,
            )
        write_calibration(posterior, question, asked.out)
    except InfodemicError as error:
        sys.exit(f"experiments.{experiment.name}: {error}")
    for table in (posterior.progress, posterior.summary(), posterior.check()):
        print(table.to_string(index=False), end="\n\n")
    told = (
        f"worth {posterior.effective:.0f} of {len(posterior.points)} points. {posterior.unfinished}".strip()
    )
    print(f"{told} {time.monotonic() - began:.0f} s. Written to {asked.out}.")
    return posterior


def _arguments(experiment: Calibrated, words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m experiments.{experiment.name}")
    out = Path("out") / "experiments" / experiment.name
    parser.add_argument("--particles", type=int, help=f"points ({experiment.particles})")
    parser.add_argument("--generations", type=int, help=f"rounds, at most ({experiment.generations})")
    parser.add_argument(
        "--predictions", type=int, help=f"runs beside the evidence ({experiment.predictions})"
    )
    parser.add_argument("--seed", type=int, default=1, help="fixes every draw (1)")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument("--out", type=Path, default=out, help=f"folder of results ({out})")
    parser.add_argument("--quick", action="store_true", help="a tiny size, to see that everything works")
    asked = parser.parse_args(words)
    for name, tiny in {"particles": experiment.fewest, **QUICK}.items():
        if getattr(asked, name) is None:
            setattr(asked, name, tiny if asked.quick else getattr(experiment, name))
    return asked
