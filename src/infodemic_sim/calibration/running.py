"""The order of everything: claim the folder, narrow generation by generation, predict, write."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from infodemic_sim.calibration.ahead import InOrder, in_order
from infodemic_sim.calibration.claim import claimed
from infodemic_sim.calibration.generations import Settings, Steps
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.problem import Problem, check
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.calibration.store import DATABASE, identity, write_posterior
from infodemic_sim.errors import ParameterError, of_kind, whole
from infodemic_sim.plugins import packages_of
from infodemic_sim.randomness import Purpose, address
from infodemic_sim.sweeps.design import Point

Told = Callable[[int, int], None]

PACKAGES = {"pyabc": "pyABC", "sklearn": "scikit-learn", "emcee": "emcee"}
"""What may not be installed, by the name that Python knows."""


def calibrate(
    calibration: Calibration,
    out: str | Path,
    *,
    workers: int = 1,
    predictions: int = 50,
    progress: Told = lambda finished, total: None,
) -> Posterior:
    """Infer parameters from evidence; what is known of them then, written to a folder.

    A calibration that was stopped goes on after its last finished generation. Results are the same bits for
    any number of workers, and however often it was stopped.

    Parameters
    ----------
    out : folder; it may hold the same calibration, unfinished; or, unless the method is "likelihood", with
        fewer generations, after which it goes on.
    predictions : runs at points drawn from what is known at the end, to set beside the evidence.
    progress : called with points kept so far and points wanted; later ones take longer.

    Raises
    ------
    OutputExistsError
        If the folder holds anything else, or another process is at work in it.
    ParameterError
        If a package that it needs is not installed.
    """
    of_kind("calibration", calibration, Calibration)
    whole("workers", workers, least=1)
    whole("predictions", predictions, least=2)
    observed = calibration.evidence.observed()
    check(observed)
    problem = calibration.problem(observed)
    folder, total = Path(out), calibration.particles * calibration.generations + predictions
    with claimed(folder, identity(calibration, observed), packages_of(calibration)), in_order(workers) as run:
        steps = generations_of(calibration, problem, folder, run, partial(_told, progress, total))
        narrowed(steps)
        posterior = _posterior(steps, problem, calibration, run, predictions)
        write_posterior(posterior, folder)
    progress(total, total)
    return posterior


def _told(progress: Told, total: int, kept: int) -> None:
    progress(kept, total)


def generations_of(
    calibration: Calibration, problem: Problem, folder: Path, run: InOrder, told: Callable[[int], None]
) -> Steps:
    """The generations of a calibration, as far as they are done.

    Raises
    ------
    ParameterError
        If a package that it needs is not installed.
    """
    settings = Settings(
        calibration.method,
        calibration.particles,
        calibration.generations,
        calibration.least_acceptance,
        calibration.seed,
    )
    try:
        if settings.method == "emulator":
            from infodemic_sim.calibration.emulated import EmulatedGenerations

            return EmulatedGenerations(folder, problem, settings, run, told)
        from infodemic_sim.calibration.smc import Generations

        return Generations(folder / DATABASE, problem, settings, run, told)
    except ModuleNotFoundError as error:
        if error.name not in PACKAGES:
            raise
        raise ParameterError(
            f'{PACKAGES[error.name]} is not installed: pip install "infodemic-sim[calibration]".'
        ) from None


def narrowed(steps: Steps) -> None:
    """All generations that are left, or as many as keep enough runs."""
    while not steps.complete:
        if not steps.step():
            return


def _posterior(
    steps: Steps, problem: Problem, calibration: Calibration, run: InOrder, predictions: int
) -> Posterior:
    done = steps.finished()
    if len(done) < 2:
        raise ParameterError(
            "no run came close enough to the evidence: widen the parameters' ranges, or allow a lower "
            "least_acceptance."
        )
    last = steps.points(done[-1].generation)
    posterior = Posterior(
        question=identity(calibration, problem.observed),
        observed=problem.observed,
        points=last,
        before=steps.points(0),
        progress=pd.DataFrame(done),
        predictions=pd.DataFrame(),
    )
    return posterior._replace(predictions=predicted(problem, posterior, run, predictions, calibration.seed))


def predicted(problem: Problem, posterior: Posterior, run: InOrder, number: int, seed: int) -> pd.DataFrame:
    """What new runs give at points drawn from what is known, a row for each run."""
    task = partial(_predicted, problem, posterior.drawn(number, seed), seed)
    rows = list(run(task, iter(range(number))))
    return pd.DataFrame(rows, columns=list(problem.observed.names))


def _predicted(problem: Problem, points: list[Point], seed: int, number: int) -> np.ndarray:
    draw = int(address(seed, 0, Purpose.PREDICT, number))
    return problem.simulate(points[number], draw)
