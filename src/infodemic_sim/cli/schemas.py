"""``infodemic schema``."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from infodemic_sim.calibration.question import Calibration
from infodemic_sim.calibration.question_file import BY_COMMAND
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.scenario_file import schema
from infodemic_sim.sensitivity import Sensitivity
from infodemic_sim.sweeps.study import Study

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "scenario": schema,
    "study": partial(schema, Study),
    "sensitivity": partial(schema, Sensitivity),
    "decision": partial(schema, Decision),
    "calibration": partial(schema, Calibration, optional=BY_COMMAND),
}
"""What makes the schema of each kind of file."""


def show(kind: str) -> None:
    """Print the JSON Schema of files of a kind."""
    if kind not in SCHEMAS:
        raise UnknownNameError(f"'{kind}' is not a kind of file. {did_you_mean(kind, SCHEMAS)}")
    print(json.dumps(SCHEMAS[kind](), indent=2, ensure_ascii=False))
