"""From one scenario with interventions to the plans that are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from infodemic_sim.branching import apart
from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.interventions import Intervention
from infodemic_sim.interventions.base import in_order
from infodemic_sim.interventions.foreseen import refuse_contradictions
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import ScenarioFile

Plans = Mapping[str, Scenario]
"""Scenarios by name of the plan; the first is the baseline."""
TODAY, TOGETHER = "today", "all together"
NO_PLANS = "plans must hold at least one scenario, the baseline."


def plans_of(scenario: Scenario, named: Mapping[str, Sequence[str]] | None = None) -> dict[str, Scenario]:
    """The plans of a scenario, the baseline first.

    Parameters
    ----------
    named : keys of interventions by name of plan; the first is the baseline. None: "today" without
        interventions, each intervention alone, and "all together" if there are two or more.

    Raises
    ------
    UnknownNameError
        If a key is not one of the scenario's interventions.
    """
    if named is not None:
        if not named:
            raise ParameterError(NO_PLANS)
        return {
            name: scenario.but(interventions=chosen(scenario, name, keys)) for name, keys in named.items()
        }
    plans = {TODAY: scenario.but(interventions=())}
    for intervention in scenario.interventions:
        if (name := readable(intervention)) in (*plans, TOGETHER):
            raise ParameterError(f"two plans would be called '{name}': give that intervention another name.")
        plans[name] = scenario.but(interventions=[intervention])
    if len(scenario.interventions) > 1:
        plans[TOGETHER] = scenario
    return plans


def checked(plans: Plans | ScenarioFile) -> dict[str, Scenario]:
    """The plans, if they can be compared.

    Raises
    ------
    ParameterError
        With the first reason why not.
    """
    if isinstance(plans, ScenarioFile):
        plans = plans_of(plans.scenario, plans.plans)
    if not isinstance(plans, Mapping):
        raise ParameterError(f"plans must be scenarios by name, but got a {type(plans).__name__}.")
    for name, plan in plans.items():
        if not isinstance(name, str) or not name or not isinstance(plan, Scenario):
            file = " (of a file: give its .scenario)" if isinstance(plan, ScenarioFile) else ""
            raise ParameterError(
                f"plans must be scenarios by name, but got {name!r}: {type(plan).__name__}{file}."
            )
    refuse_what_cannot_be_run(plans)
    return _alike(dict(plans))


def _alike(plans: dict[str, Scenario]) -> dict[str, Scenario]:
    """Plans are compared on their last day, so all must end on the same one."""
    first, baseline = next(iter(plans.items()))
    check_measure(baseline.primary)
    for name, plan in plans.items():
        if plan.primary != baseline.primary:
            raise ParameterError(
                f"plans must have the same primary outcome, but '{first}' has {baseline.primary} and "
                f"'{name}' {plan.primary}."
            )
        if plan.days != baseline.days:
            raise ParameterError(
                f"plans must end on the same day, but '{first}' has {baseline.days:g} days and "
                f"'{name}' {plan.days:g}."
            )
    return plans


def refuse_what_cannot_be_run(plans: Plans) -> None:
    """Refuse plans that contradict themselves, or that there are none, before any of them runs."""
    if not plans:
        raise ParameterError(NO_PLANS)
    for name, plan in plans.items():
        try:
            refuse_contradictions(in_order(plan.interventions), plan.ground)
        except ParameterError as error:
            raise ParameterError(f"plan '{name}': {error}") from None


def chosen(scenario: Scenario, plan: str, keys: Sequence[str]) -> list[Intervention]:
    """The scenario's interventions with these keys."""
    by_key = {intervention.key: intervention for intervention in scenario.interventions}
    for key in keys:
        if key not in by_key:
            raise UnknownNameError(
                f"plan '{plan}': '{key}' is not an intervention of this scenario. {did_you_mean(key, by_key)}"
            )
    return [by_key[key] for key in keys]


def readable(intervention: Intervention) -> str:
    """provider_correction → provider correction."""
    return intervention.key.replace("_", " ")


def unlike(plans: Plans) -> list[str]:
    """One sentence for each plan that differs from the baseline, the first, in more than interventions."""
    (first, baseline), *others = plans.items()
    return [
        f"{name}: differs from {first} in {what}, so not by interventions alone."
        for name, plan in others
        if (what := apart(plan, baseline, but=["interventions"]))
    ]
