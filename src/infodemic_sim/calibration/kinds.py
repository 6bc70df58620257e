"""The kinds of evidence there are, by name; others come through the entry point group."""

from __future__ import annotations

from typing import Any

from infodemic_sim.calibration.cascade_sizes import CascadeSizes
from infodemic_sim.calibration.evidence import GROUP, Evidence
from infodemic_sim.calibration.measured import Measured
from infodemic_sim.calibration.trial_effects import TrialEffects
from infodemic_sim.plugins import make

BUILT_IN: tuple[type[Evidence], ...] = (Measured, CascadeSizes, TrialEffects)


def evidence(value: Any) -> Any:
    """Evidence from its name or plain data; for use in a validator."""
    return make(value, BUILT_IN, GROUP, Evidence)
