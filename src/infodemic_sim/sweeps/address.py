"""The address of a run: equal addresses, equal bits, so no run has to be made twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from infodemic_sim.graphs.like import state_of
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.interventions import Intervention
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.params import plain
from infodemic_sim.plugins import refuse_nameless
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.paths import with_paths

BYTES = 12
"""Of an address: that two of ten million runs share one has a chance of 1e-15."""


def address(key: str, seed: int, replicate: int) -> str:
    """The address of one run of the scenario with a key: of all that its numbers hang on."""
    return digest(f"{key} {seed} {replicate} {MODEL_VERSION}")


def scenario_key(scenario: Scenario, interventions: Sequence[Intervention] | None = None) -> str:
    """Digest of a scenario, in which files count by what they hold, wherever they are.

    Parameters
    ----------
    interventions : those of one of its plans; none: its own.

    Raises
    ------
    NotWritableError
        If a part (a lambda, a class of a script) cannot be written down, so that nobody could say whether
        two are the same.
    """
    values = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    if interventions is not None:
        values["interventions"] = tuple(interventions)
    return digest("\n".join(_text(name, value) for name, value in values.items()))


def _text(name: str, value: Any) -> str:
    """One parameter of a scenario as text; most are the same at all points of a study, as are their files."""
    return _kept_text(name, value, tuple(map(state_of, _files(name, value))))


@lru_cache(maxsize=4096)
def _files(name: str, value: Any) -> tuple[str, ...]:
    """Paths of the files that a parameter names."""
    found: list[str] = []
    with_paths(_plain(name, value), lambda path: found.append(path) or path)  # type: ignore[func-returns-value]
    return tuple(found)


@lru_cache(maxsize=4096)
def _kept_text(name: str, value: Any, _states: tuple[tuple[int, int] | None, ...]) -> str:
    fields = with_paths(_plain(name, value), file_digest)
    refuse_nameless(value, Scenario.model_fields[name].annotation)
    return json.dumps(fields, sort_keys=True, separators=(",", ":"))


def _plain(name: str, value: Any) -> dict[str, Any]:
    return {name: {"graph": plain(value)} if isinstance(value, GraphSource) else plain(value)}


def file_digest(path: str) -> str:
    """BLAKE2 digest of what a file holds; its path, where there is no such file."""
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "blake2b").hexdigest()
    except OSError:
        return path


def digest(text: str) -> str:
    """BLAKE2 digest of a text, as long as that of a run."""
    return hashlib.blake2b(text.encode(), digest_size=BYTES).hexdigest()


def graph_key(source: GraphSource) -> str:
    """Digest of a recipe for a graph; of a file, of what it holds."""
    return digest(_text("population", source))
