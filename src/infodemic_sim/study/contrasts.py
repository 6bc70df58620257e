"""Plans set against weighted sums of other plans: interactions, other baselines, differences of effects."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean, is_number, of_kind
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import joined, last_values, plan_effects

if TYPE_CHECKING:
    import pandas as pd

Weights = Mapping[str, float]
"""Weights of plans, by name; they add up to 1."""


def contrasts(
    comparison: Comparison, against: Mapping[str, Weights], half_width: float | None = None
) -> pd.DataFrame:
    """What plans changed against other plans than the baseline, or against what others let one expect.

    For each plan the paired difference, value(plan) - sum of weight × value(other), replicate by replicate,
    so that what chance did to all of them cancels. ``{"b": {"a": 1}}`` is the difference between b and a;
    ``{"b": {"b0": 1, "a": 1, "a0": -1}}`` is how much more b changes its own baseline b0 than a changes a0.

    Parameters
    ----------
    against : for each plan the weights of the plans it is set against.
    half_width : as for ``Comparison.effects``.

    Returns
    -------
    DataFrame
        As ``Comparison.effects``; ``baseline`` is the weighted sum.

    Raises
    ------
    UnknownNameError
        If the comparison has no plan of a name.
    ParameterError
        If weights do not add up to 1.
    """
    _check(comparison, against)
    wide = last_values(comparison.runs)
    found = [
        plan_effects(*_paired(wide, plan, weights), plan, half_width) for plan, weights in against.items()
    ]
    nothing = next(iter(wide.values()))
    return joined(found, nothing, comparison.primary)


def interactions(
    comparison: Comparison, parts: Mapping[str, Sequence[str]], half_width: float | None = None
) -> pd.DataFrame:
    """How far plans do more or less than the plans that they put together: 0 where effects just add up.

    effect(together) - sum of effect(part), paired per replicate; ``baseline`` is the value that adding the
    effects lets one expect. Where lower is better, an interaction above 0 means that the parts get in each
    other's way.

    Parameters
    ----------
    parts : for each plan that puts others together, the names of those others.
    """
    of_kind("comparison", comparison, Comparison)
    of_kind("parts", parts, Mapping)
    for plan, names in parts.items():
        if isinstance(names, str):
            raise ParameterError(
                f"the parts of '{plan}' must be a list of plans, but got the text '{names}'."
            )
    base = comparison.baseline
    return contrasts(comparison, {plan: additive(names, base) for plan, names in parts.items()}, half_width)


def additive(parts: Sequence[str], baseline: str) -> Weights:
    """Weights under which the effects of some plans add up."""
    weights = Counter(parts)
    weights[baseline] += 1 - len(parts)
    return weights


def _check(comparison: Comparison, against: Mapping[str, Weights]) -> None:
    of_kind("comparison", comparison, Comparison)
    of_kind("against", against, Mapping)
    for plan, weights in against.items():
        of_kind(f"what '{plan}' is set against", weights, Mapping)
        for name in (plan, *weights):
            if name not in comparison.names:
                raise UnknownNameError(
                    f"'{name}' is not a plan of this comparison. {did_you_mean(name, comparison.names)}"
                )
        for name, weight in weights.items():
            if not is_number(weight):
                raise ParameterError(f"the weight of '{name}' must be a number, but got {weight!r}.")
        total = math.fsum(weights.values())
        if not math.isclose(total, 1.0, rel_tol=1e-9):
            raise ParameterError(
                f"the weights against which '{plan}' is set must add up to 1, so that what all plans share "
                f"cancels, but they add up to {total:g}."
            )


def _paired(
    wide: Mapping[str, pd.DataFrame], plan: str, weights: Weights
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The weighted sum and the plan, over the numbers and replicates that all of them have."""
    others = [name for name, weight in weights.items() if weight != 0.0]
    keys = [key for key in wide[plan].index if all(key in wide[name].index for name in others)]
    columns = wide[plan].columns
    for name in others:
        columns = columns.intersection(wide[name].columns)
    value = wide[plan].loc[keys, columns]
    terms = [weights[name] * wide[name].loc[keys, columns] for name in others]
    expected, size = sum(terms[1:], terms[0]), sum((term.abs() for term in terms), value.abs())
    rounding = (len(terms) + 1) * np.finfo(float).eps * size
    return expected.mask((value - expected).abs() <= rounding, value), value
