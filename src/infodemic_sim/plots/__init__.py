"""Figures: free functions on tables, so that yours look like ours."""

from infodemic_sim.plots.agreement import agreement
from infodemic_sim.plots.along import effects_along
from infodemic_sim.plots.animate import animate
from infodemic_sim.plots.belief import belief_distribution
from infodemic_sim.plots.cascade_tree import cascade_tree
from infodemic_sim.plots.cascades import cascade_distribution, cascades_figure
from infodemic_sim.plots.economics import acceptability_curve, cost_effect_plane
from infodemic_sim.plots.figure import comparison_figure
from infodemic_sim.plots.forest import forest
from infodemic_sim.plots.front import pareto_front
from infodemic_sim.plots.heat_map import heat_map
from infodemic_sim.plots.network import network, network_before_after
from infodemic_sim.plots.observed import observed_figure
from infodemic_sim.plots.pareto_figure import pareto_figure
from infodemic_sim.plots.plans_network import networks_of_plans
from infodemic_sim.plots.posterior import agreement_with_evidence, marginal, posterior_figure
from infodemic_sim.plots.ranked import effects_ranked
from infodemic_sim.plots.sensitivity import sensitivity_bars, sensitivity_figure, tornado
from infodemic_sim.plots.style import new_figure, save_figure, styled, svg_text
from infodemic_sim.plots.trajectories import trajectories
from infodemic_sim.plots.who_reaches_whom import who_reaches_whom

__all__ = [
    "acceptability_curve",
    "agreement",
    "agreement_with_evidence",
    "animate",
    "belief_distribution",
    "cascade_distribution",
    "cascade_tree",
    "cascades_figure",
    "comparison_figure",
    "cost_effect_plane",
    "effects_along",
    "effects_ranked",
    "forest",
    "heat_map",
    "marginal",
    "network",
    "network_before_after",
    "networks_of_plans",
    "new_figure",
    "observed_figure",
    "pareto_figure",
    "pareto_front",
    "posterior_figure",
    "save_figure",
    "sensitivity_bars",
    "sensitivity_figure",
    "styled",
    "svg_text",
    "tornado",
    "trajectories",
    "who_reaches_whom",
]
