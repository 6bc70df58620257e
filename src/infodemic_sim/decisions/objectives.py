"""What is wanted of a portfolio: objectives, each as a gain against today in every pair of runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from infodemic_sim.codebook import BY_NAME
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.economics import MONEY, increments
from infodemic_sim.study.effects import BETTER, LOST, SIGNS
from infodemic_sim.study.equity import gaps
from infodemic_sim.study.harm import CHOICES, weighted_choices
from infodemic_sim.study.shown import Shown, shown

HARM, COST, GAP = "harm", "cost", "gap."
ALSO_CALLED = {"privacy_incidents": "disclosures", LOST.name: "voices_accurate"}
"""Objectives under names of their own, and the measure that tells each."""

Gains = dict[str, np.ndarray]
"""What each plan gains against today in each pair, by name of plan: float64[pairs], more is better."""


class Ask(NamedTuple):
    """What gains hang on beside the runs: a wage for staff, and what a harmful choice weighs, by topic."""

    wage: float | None = None
    weights: Mapping[str, float] | None = None


class Objective(NamedTuple):
    """One objective: harm, cost, gap.PARTITION (of the scenario's primary outcome), or a measure."""

    name: str
    primary: str

    @property
    def sign(self) -> int:
        """+1 where more of it is better, −1 where less is."""
        return SIGNS[BETTER.get(self.name, "lower")]

    @property
    def measure(self) -> str:
        """The measure that tells it."""
        if self.name.startswith(GAP):
            return self.primary
        return {**ALSO_CALLED, HARM: CHOICES, COST: MONEY}.get(self.name, self.name)

    @property
    def shown(self) -> Shown:
        """How it is shown to people."""
        if self.name == HARM:
            return Shown("Harmful choices", "lower", 1.0, "choices", "choices")
        if self.name == COST:
            return Shown("Cost", "lower", 1.0, "currency units", "currency units")
        if self.name.startswith(GAP):
            how = shown(self.primary)
            return how._replace(label=f"Gap by {self.partition} in {how.label.lower()}", better="lower")
        return shown(self.name if self.name == LOST.name else self.measure)

    @property
    def partition(self) -> str:
        """Parts of the people between which a gap lies."""
        return self.name.removeprefix(GAP)

    def check(self, scenario: Scenario) -> None:
        """Refuse what is no objective, or what the scenario does not simulate.

        Raises
        ------
        UnknownNameError
            If there is no such objective or partition.
        ParameterError
            If neither direction of it is better, or it is not simulated.
        """
        if self.name.startswith(GAP):
            return _check_partition(scenario, self.partition)
        known = [
            HARM,
            COST,
            *ALSO_CALLED,
            *BY_NAME,
            *(f"{GAP}{name}" for name in scenario.population.subgroups),
        ]
        if self.name == GAP.removesuffix("."):
            raise UnknownNameError(
                "'gap' needs the parts of the people between which it lies: gap.literacy, say, with literacy "
                "among population.subgroups."
            )
        if self.name not in known:
            raise UnknownNameError(f"'{self.name}' is not an objective. {did_you_mean(self.name, known)}")
        if self.sign == 0:
            raise ParameterError(f"'{self.name}' is neither better high nor low: name an outcome that is.")
        for measure, part in (CHOICES, "behaviour"), ("disclosures", "privacy"):
            if self.measure == measure and getattr(scenario, part) is None:
                raise ParameterError(
                    f"'{self.name}' needs {part}, which is not simulated: add '{part}: {{}}'."
                )
        return None

    def gains(self, comparison: Comparison, ask: Ask) -> Gains:
        """What each plan gains, in the unit of the objective."""
        if self.name == HARM:
            return _fallen(weighted_choices(comparison, ask.weights, "all"), comparison.baseline)
        if self.name.startswith(GAP):
            return _fallen(gaps(comparison, self.partition), comparison.baseline)
        if self.name == COST:
            found = increments(comparison, MONEY)
            return {plan: -each.cost(ask.wage) for plan, each in found.items()}
        return {plan: each.effect for plan, each in increments(comparison, self.measure).items()}


def _fallen(values: Mapping[str, np.ndarray], baseline: str) -> Gains:
    """By how much each plan is below the baseline."""
    return {plan: values[baseline] - mine for plan, mine in values.items() if plan != baseline}


def _check_partition(scenario: Scenario, partition: str) -> None:
    known = scenario.population.subgroups
    if partition not in known:
        raise UnknownNameError(
            f"'{GAP}{partition}' needs subgroups that the population does not tell apart: '{partition}'. "
            f"{did_you_mean(partition, known)}"
        )
