"""Beyond one machine: a Dask cluster that runs already, and job scripts for queues."""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from infodemic_sim.errors import ParameterError, did_you_mean

HEADERS = {
    "slurm": (
        "#SBATCH --job-name=infodemic",
        "#SBATCH --array=1-{shards}",
        "#SBATCH --cpus-per-task={workers}",
        "#SBATCH --time={hours}:00:00",
    ),
    "pbs": (
        "#PBS -N infodemic",
        "#PBS -J 1-{shards}",
        "#PBS -l select=1:ncpus={workers}",
        "#PBS -l walltime={hours}:00:00",
        "#PBS -j oe",
    ),
    "sge": (
        "#$ -N infodemic",
        "#$ -t 1-{shards}",
        "#$ -pe smp {workers}",
        "#$ -l h_rt={hours}:00:00",
        "#$ -j y",
        "#$ -cwd",
    ),
}
"""What each queue wants to read at the top of a job script."""
NUMBERS = {"slurm": "SLURM_ARRAY_TASK_ID", "pbs": "PBS_ARRAY_INDEX", "sge": "SGE_TASK_ID"}
"""Where each queue says which job of an array it is."""


class Jobs(NamedTuple):
    """An array of jobs, each of which makes one shard of a study."""

    scheduler: str
    shards: int
    workers: int = 1
    hours: int = 24

    def script(self, study: Path, out: Path) -> str:
        """The job script: submit it with sbatch or qsub; submitted again, it makes what is still missing.

        Raises
        ------
        ParameterError
            If the queue is not known, or a number is below 1.
        """
        if self.scheduler not in HEADERS:
            raise ParameterError(
                f"'{self.scheduler}' is not a queue that is known here. "
                f"{did_you_mean(self.scheduler, HEADERS)}"
            )
        for name in ("shards", "workers", "hours"):
            if (value := getattr(self, name)) < 1:
                raise ParameterError(f"{name} must be at least 1, but got {value}.")
        header = [line.format(**self._asdict()) for line in HEADERS[self.scheduler]]
        command = [sys.executable, "-m", "infodemic_sim", "sweep", str(study), "--out", str(out)]
        shard = f'"${{{NUMBERS[self.scheduler]}}}/{self.shards}"'
        line = f"{shlex.join(command)} --workers {self.workers} --shard {shard}"
        return "\n".join(["#!/bin/bash", *header, "set -eu", line, ""])


class Dask(Executor):
    """The workers of a Dask cluster.

    Dask's own executor may lose that a batch has been given up, which then would be waited for without end.
    """

    def __init__(self, client: Any) -> None:
        self.client = client

    def submit(self, work: Callable[..., Any], /, *words: Any, **more: Any) -> Future[Any]:
        """Begin some work."""
        ours: Future[Any] = Future()
        theirs = self.client.submit(work, *words, **more, pure=False, retries=3)
        theirs.add_done_callback(partial(_hand_over, ours))
        return ours

    def present(self) -> int:
        """How many workers the scheduler sees; none, if it does not answer either."""
        with suppress(Exception):
            return len(self.client.nthreads())
        return 0


def _hand_over(ours: Future[Any], theirs: Any) -> None:
    """What has become of some work; of a scheduler that is gone it is that nobody does it any more."""
    try:
        found = theirs.result()
    except BaseException as error:
        ours.set_exception(error)
    else:
        ours.set_result(found)


@contextmanager
def dask_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor on a Dask cluster that runs already, and how many batches it can work on at once.

    Its workers need this package in the same version, and the folder of results under the same path.

    Raises
    ------
    ParameterError
        If Dask is not installed, or no scheduler answers there.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host
    except ImportError:
        raise ParameterError('Dask is not installed: pip install "infodemic-sim[cluster]".') from None
    try:
        get_address_host(address)  # a client that cannot read it would wait for itself when it is given up
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ParameterError(f"no Dask scheduler answers at {address} ({error}): is it running?") from None
    with silenced(logging.getLogger("distributed.client")):
        try:
            yield Dask(client), max(1, sum(client.nthreads().values()))
        finally:
            with suppress(Exception):  # of a scheduler that is gone, and takes no leave
                client.close(timeout="5s")


@contextmanager
def silenced(logger: logging.Logger) -> Iterator[None]:
    """A logger says nothing in the block: what goes wrong there is told in one sentence of ours."""
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
