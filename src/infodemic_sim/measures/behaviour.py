"""Formulas of behaviour and of the disease; shapes as in ``measures.formulas``."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels import summing as s
from infodemic_sim.measures.shapes import ratio, with_all
from infodemic_sim.measures.sums import Sums

SHARES = ("intention", "uptake", "protection")
COMPARTMENTS = ("susceptible", "exposed", "infectious", "recovered")


def behaviour_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Intention, uptake, harmful choices and protection, where behaviour is simulated."""
    if "intention" not in sums:
        return {}
    people = sums["persons"][:, None] / s.SCALE  # T, 1, G
    topics = np.ones((sums["intention"].shape[1], 1))
    count = with_all(people * topics, 1)
    found = {name: ratio(with_all(sums[name] / s.SCALE, 1), count)[:, None] for name in SHARES}
    return {**found, "adverse_choices": with_all(sums["adverse_choices"] / s.SCALE, 1)[:, None]}


def epidemic_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Shares in each compartment, cases and the peak, where a disease is simulated."""
    if "compartments" not in sums:
        return {}
    people = sums["persons"] / s.SCALE  # T, G
    counts = sums["compartments"] / s.SCALE  # T, 4, G
    found = {name: ratio(counts[:, k], people) for k, name in enumerate(COMPARTMENTS)}
    found["cases"] = counts[:, 1:].sum(axis=1)
    found["infected"] = ratio(found["cases"], people)
    found["peak_infectious"] = ratio(sums["peak"][:, :1], people[:, :1])
    found["peak_day"] = sums["peak"][:, 1:]
    return {name: values[:, None, None, :] for name, values in found.items()}
