"""A figure of each kind from data that take a blink: what tests of looks are about."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

import infodemic_sim as ids
from infodemic_sim import plots
from infodemic_sim.plots.style import new_figure
from tests.plots.films import CIRCLE, filmed
from tests.study.tiny import plans


@cache
def film():
    return filmed()


@cache
def comparison():
    return ids.compare(plans(), replicates=3, seed=2)


@cache
def effects():
    return comparison().effects()


def crossed():
    """Effects on one measure at three doses in two places."""
    rows = [
        {
            "measure": "misinformed", "plan": place, "dose": dose, "difference": middle, "low": middle - 0.01,
            "high": middle + 0.01, "pairs": 8, "better": "lower",
        }
        for place, slope in (("here", -0.02), ("there", 0.01))
        for dose, middle in ((1, 0.0), (2, slope), (3, 2 * slope))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def indices():
    """An answer about three parameters."""
    names = ["population.sharing", "topics.vaccines.accurate_share", "spread.persuasion_claim"]
    value = np.array([0.1, 0.05, 0.01])
    return pd.DataFrame(
        {
            "outcome": "today", "parameter": names, "index": "mu_star", "value": value, "low": value - 0.01,
            "high": value + 0.02, "rank": [1, 2, 3], "at_low": [0.2, 0.3, 0.31], "at_high": [0.4, 0.25, 0.3],
        }
    )  # fmt: skip


def figure_of(drawn):
    return drawn if isinstance(drawn, type(new_figure(1, 1))) else drawn.figure


def worth():
    return ids.acceptability(comparison(), "misinformed", worth=range(0, 10_000, 500), wage=30.0)


AXES = {
    "network": lambda: plots.network(film(), places=CIRCLE),
    "network_before_after": lambda: plots.network_before_after(film(), places=CIRCLE),
    "networks_of_plans": lambda: plots.networks_of_plans({"today": film(), "plan": film()}),
    "belief_distribution": lambda: plots.belief_distribution(film()),
    "cascade_tree": lambda: plots.cascade_tree(film()),
    "cascade_distribution": lambda: plots.cascade_distribution(ids.cascades_of(film())),
    "cascades_figure": lambda: plots.cascades_figure(ids.cascades_of(film())),
    "who_reaches_whom": lambda: plots.who_reaches_whom(film(), "community"),
    "comparison_figure": lambda: plots.comparison_figure(comparison(), effects()),
    "effects_ranked": lambda: plots.effects_ranked(effects(), "exposures_false"),
    "trajectories": lambda: plots.trajectories(comparison(), "misinformed"),
    "heat_map": lambda: plots.heat_map(crossed(), "misinformed", rows="plan", columns="dose"),
    "effects_along": lambda: plots.effects_along(crossed(), "misinformed", along="dose", series="plan"),
    "cost_effect_plane": lambda: plots.cost_effect_plane(comparison(), "misinformed", wage=30.0),
    "acceptability_curve": lambda: plots.acceptability_curve(worth()),
    "sensitivity_bars": lambda: plots.sensitivity_bars(indices(), "today", "misinformed"),
    "tornado": lambda: plots.tornado(indices(), "today", "misinformed"),
    "sensitivity_figure": lambda: plots.sensitivity_figure(indices(), "misinformed"),
}
FIGURES = {name: (lambda draw=draw: figure_of(draw())) for name, draw in AXES.items()}
