"""``infodemic schema``."""

from __future__ import annotations

import json
from typing import Any

from infodemic_sim.cli.kinds import kinds
from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.scenario_file import schema


def show(kind: str) -> None:
    """Print the JSON Schema of files of a kind."""
    print(json.dumps(schema_of(kind), indent=2, ensure_ascii=False))


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of files of a kind.

    Raises
    ------
    UnknownNameError
        If there is no such kind.
    """
    known = kinds()
    if name not in known:
        raise UnknownNameError(f"'{name}' is not a kind of file. {did_you_mean(name, known)}")
    return schema(known[name].part, known[name].optional)
