"""Where results come from: all that is needed to make them again, and to see that they are the same."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.errors import NotWritableError
from infodemic_sim.graphs.like import files_of
from infodemic_sim.plugins import nameless, packages_of
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.stopping import stopping_sentence

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = (
    "infodemic-sim",
    "numpy",
    "scipy",
    "numba",
    "pandas",
    "duckdb",
    "pydantic",
    "matplotlib",
    "networkx",
)


def provenance(comparison: Comparison, *, outside_agents: bool = False) -> dict[str, Any]:
    """Plans, seed, versions and digests as plain data; it holds no time, so that equal runs say the same.

    Parameters
    ----------
    outside_agents : whether agents that are no part of the scenario took part in the runs.
    """
    return {
        "plans": {name: plan_record(comparison, name) for name in comparison.names},
        "baseline": comparison.baseline,
        "primary": comparison.primary,
        "seed": comparison.seed,
        "replicates": comparison.replicates,
        "finished": list(comparison.finished),
        "interrupted": comparison.interrupted,
        "progress": f"{len(comparison.finished)} of {comparison.replicates} replicates finished",
        "until": comparison.until,
        "until_reached": comparison.reached,
        "stopping": stopping_sentence(comparison),
        "draws": comparison.draws,
        "fork": comparison.fork,
        "imports": list(comparison.imports),
        "outside_agents": outside_agents,
        "runs_digest": runs_digest(comparison.runs),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "files": files_read(*comparison.plans.values()),
        "packages": {**versions(), **packages_of(tuple(comparison.plans.values()))},
    }


def versions() -> dict[str, str]:
    """Versions of the packages on which numbers may hang."""
    return {name: _version(name) for name in PACKAGES}


def files_read(*plans: Scenario) -> dict[str, str | None]:
    """SHA-256 of what each file holds that the plans name, of graphs, people and arrivals, by its path.

    It is taken of the file as it stands now, which costs less than one of the graph that was read from it;
    None: it is there no more.
    """
    paths = dict.fromkeys(path for plan in plans for path in _paths(plan))
    return {path: _sha256(path) for path in paths}


def _paths(plan: Scenario) -> Iterator[str]:
    graphs = [plan.population.graph, *(platform.graph for platform in plan.platforms if platform.graph)]
    graphs += [plan.epidemic.contacts] if plan.epidemic and plan.epidemic.contacts else []
    for graph in graphs:
        yield from files_of(graph)
    if plan.arrivals:
        yield plan.arrivals.path


def _sha256(path: str) -> str | None:
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def plan_record(comparison: Comparison, name: str) -> dict[str, Any]:
    """The scenario of a plan as written data with its digest, or the sentence that says why not."""
    plan = comparison.plans.get(name)
    if plan is None:
        return {"scenario": None, "not_written": "the plan was not written down.", "digest": None}
    return scenario_record(plan)


def scenario_record(plan: Scenario) -> dict[str, Any]:
    """A scenario as written data with its digest, or the sentence that says why not."""
    try:
        return {"scenario": plan.written(), "digest": plan.digest()}
    except NotWritableError as error:
        return {"scenario": None, "not_written": str(error), "digest": _digest(plan)}


def runs_digest(runs: pd.DataFrame) -> str:
    """BLAKE2 digest of all names and values in their order."""
    hashed = hashlib.blake2b(digest_size=16)
    for name in runs.columns:
        column = runs[name]
        hashed.update(name.encode())
        if column.dtype == "category":
            hashed.update("\0".join(map(str, column.cat.categories)).encode())
            hashed.update(column.cat.codes.to_numpy().astype("<i4").tobytes())
        else:
            hashed.update(np.ascontiguousarray(column.to_numpy(float), dtype="<f8").tobytes())
    return hashed.hexdigest()


def _digest(plan: Scenario) -> str | None:
    """The digest of a plan whose graph only cannot be written; none where code takes part."""
    try:
        return None if any(nameless(plan)) else plan.digest()
    except NotWritableError:
        return None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
