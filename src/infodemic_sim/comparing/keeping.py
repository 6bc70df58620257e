"""What a comparison finds is kept in a folder: also what is finished when it is cut short."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim.errors import (
    InfodemicError,
    ParameterError,
    UnknownNameError,
    UnwritableError,
    WorkerError,
    did_you_mean,
    of_path,
)
from infodemic_sim.interruption import ctrl_c_heard
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.plans import Plans
from infodemic_sim.sweeps.locks import holding

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table


def kept(
    work: Callable[[], Comparison],
    out: str | Path | None,
    *,
    csv: bool = False,
    overwrite: bool = False,
    observed: str | Path | Table | None = None,
    observed_plan: str | None = None,
) -> Comparison:
    """What the work finds; with ``out`` in that folder, too, as ``write_comparison`` writes it.

    Raises
    ------
    OutputExistsError
        Before the work, if the folder holds results and ``overwrite`` is false, or another process is to
        write there.
    UnwritableError
        Before the work, if the folder cannot be made or written to.
    WorkerError
        If a worker died; what is finished has been written.
    """
    from infodemic_sim.study.store import demand_room, refuse_to_overwrite

    if out is None:
        refuse_idle(csv=csv, overwrite=overwrite, observed=observed is not None)
        return work()
    refuse_no_name(out)
    refuse_to_overwrite(Path(out), overwrite)
    demand_room(Path(out))
    write = partial(written, out=Path(out), csv=csv, overwrite=overwrite)
    with alone_in(Path(out)), ctrl_c_heard():
        try:
            comparison = work()
        except WorkerError as error:
            if finished := getattr(error, "comparison", None):
                write(finished, observed=observed, observed_plan=observed_plan)
            raise
        write(comparison, observed=observed, observed_plan=observed_plan)
    return comparison


@contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Keep a folder for this process of this user's, from before the work: it may last for hours.

    The lock is no file of the folder, which holds results alone.
    """
    digest = hashlib.sha256(str(out.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    user = os.getuid() if hasattr(os, "getuid") else ""
    with holding(out, Path(tempfile.gettempdir(), f"infodemic-{user}-{digest[:32]}.lock"), 0.0):
        yield


def written(
    comparison: Comparison,
    *,
    out: Path,
    csv: bool,
    overwrite: bool,
    observed: str | Path | Table | None,
    observed_plan: str | None,
) -> None:
    """Write everything, also where the runs hold nothing to set beside what was observed."""
    from infodemic_sim.report.output import write_comparison  # with it comes matplotlib
    from infodemic_sim.study.store import RUNS

    write = partial(write_comparison, comparison, out, csv=csv, overwrite=overwrite)
    try:
        points = None if observed is None else comparison.observed(observed, observed_plan)
    except InfodemicError:
        write()
        raise
    try:
        write(observed=points)
    except UnwritableError as error:
        there = "; finished runs are kept: say overwrite if you run it anew" * (out / RUNS).exists()
        raise UnwritableError(f"{str(error).removesuffix('.')}{there}.") from None


def refuse_no_name(out: str | Path) -> None:
    """Refuse what is the name of no folder."""
    of_path("out", out)
    if not str(out) or "\0" in str(out):
        said = "one with a zero in it" if str(out) else "none"
        raise ParameterError(f"out must be the name of a folder, but got {said}.")


def refuse_idle(**asked: bool) -> None:
    """Refuse what speaks of the folder where none is given."""
    for name, value in asked.items():
        if value:
            raise ParameterError(f"{name} is about the folder of results: give out, too.")


def refuse_observed(table: str | Path | Table | None, plan: str | None, plans: Plans) -> None:
    """Refuse observed series that cannot be read, or that runs will not hold, before hours of work."""
    from infodemic_sim.study.observed import refuse_unforeseen

    if plan is not None and table is None:
        raise ParameterError("observed_plan says which plan observed series are set beside: give observed.")
    if plan is not None and plan not in plans:
        raise UnknownNameError(f"observed_plan: '{plan}' is not a plan. {did_you_mean(plan, plans)}")
    if table is not None:
        refuse_unforeseen(table, next(iter(plans.values())) if plan is None else plans[plan])
