"""The network in a report: one pair of runs again, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.filming import Film, film
from infodemic_sim.graphs.like import built
from infodemic_sim.graphs.source import Generator
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.overall import overall, ranking

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.scenario import Scenario

MOST_PEOPLE = 5_000
"""Whose dots can be told apart; more would also take long to run again."""
MOST_STEPS = 50_000_000
"""People times steps of a run, about a minute; a folder of results may come from anywhere."""


def films(comparison: Comparison, effects: pd.DataFrame) -> dict[str, Film]:
    """The first pair of runs of the baseline and of the plan that ranks first; nothing where it cannot be.

    That is: too many people, or others in each plan, a rule without a feed, plans that only their script can
    make, parameters that were drawn anew in every replicate, or a shared past.
    """
    order = ranking(overall(effects, comparison.primary))
    names = [comparison.baseline, *order[:1]]
    plans = [comparison.plans[name] for name in names if name in comparison.plans]
    if len(plans) < 2 or not comparison.made_of_plans or not all(plan.spread.feed for plan in plans):
        return {}
    if any(_is_too_much(plan) or plan.population != plans[0].population for plan in plans):
        return {}
    replicate = comparison.finished[0]
    return {
        name: film(plan, seed=comparison.seed, replicate=replicate, every=plan.days)
        for name, plan in zip(names, plans, strict=True)
    }


def _is_too_much(plan: Scenario) -> bool:
    """Whether the people are too many, or their run too long; a recipe says how many before they are made."""
    graph = plan.population.graph
    if isinstance(graph, Generator) and graph.people > MOST_PEOPLE:
        return True
    n, hours = built(graph).n, 24.0 * (plan.days + plan.warm_up)
    return n > MOST_PEOPLE or n * hours / plan.hours_per_step > MOST_STEPS
