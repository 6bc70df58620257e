"""Evidence of published trials: each is run inside the model with the parts of the scenario."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from infodemic_sim.calibration.evidence import Z95, Evidence, Observed, with_errors
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Outcome
from infodemic_sim.catalog.trials import loomba_2021, martel_rand_2024, pennycook_rand_2022, walter_2021
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.interventions import AccuracyPrompt, WarningLabel
from infodemic_sim.params import Part, Several, param
from infodemic_sim.plugins import type_name
from infodemic_sim.scenario import Scenario
from infodemic_sim.spread import FeedSpread

TRIALS: dict[str, tuple[ModuleType, type[Part]]] = {
    "loomba_2021": (loomba_2021, FeedSpread),
    "pennycook_rand_2022": (pennycook_rand_2022, AccuracyPrompt),
    "martel_rand_2024": (martel_rand_2024, WarningLabel),
    "walter_2021": (walter_2021, FeedSpread),
}
"""Trials that can be run with other parameters, and the part of a scenario that holds them."""


class TrialEffects(Evidence):
    """Effects of published trials; the scenario gives the spread rule and the interventions that are tried.

    Parameters are inferred from the effects that defaults may be fitted to; the others stay predictions. An
    effect published without an interval has a standard error of a tenth: 20 % of it is 1.96 of them.
    """

    trials: Several[str] = param(tuple(TRIALS), doc="Which trials.")
    scale: float = param(
        0.02, gt=0, le=1, unit="share", doc="Size of the arms; 1 is that of infodemic trials."
    )

    def observed(self) -> Observed:
        found = [(name, outcome) for name in self.trials for outcome in _module(name).TRIAL.outcomes]
        outcomes = [outcome for _, outcome in found]
        return with_errors(
            [f"{name}: {outcome.what}" for name, outcome in found],
            [outcome.value for outcome in outcomes],
            [_error(outcome) for outcome in outcomes],
            [(outcome.low, outcome.high) for outcome in outcomes],
            [outcome.kind == "FITTED" for outcome in outcomes],
        )

    def prepared(self, scenario: Scenario) -> Scenario:
        if not self.trials:
            raise ParameterError("trial_effects.trials names no trial: give at least one.")
        for name in self.trials:
            _module(name)
            _part(scenario, name)
        return scenario

    def simulated(self, scenario: Scenario, draw: int) -> np.ndarray:
        size = Size(draw, self.scale)
        effects = [
            effect.value for name in self.trials for effect in _module(name).run(size, _part(scenario, name))
        ]
        return np.array(effects)


def _module(name: str) -> ModuleType:
    if name not in TRIALS:
        raise UnknownNameError(
            f"'{name}' is no trial that can be calibrated to. {did_you_mean(name, TRIALS)}"
        )
    return TRIALS[name][0]


def _part(scenario: Scenario, name: str) -> Part:
    """What the trial tries, as the scenario has it."""
    kind = TRIALS[name][1]
    for part in (scenario.spread, *scenario.interventions):
        if isinstance(part, kind):
            return part
    raise ParameterError(f"the trial {name} tries {type_name(kind)}: give the scenario one.")


def _error(outcome: Outcome) -> float:
    return (outcome.high - outcome.low) / (2.0 * Z95)
