"""The network in a report: one pair of runs again, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.filming import Film, film
from infodemic_sim.graphs.like import built
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.overall import overall, ranking

if TYPE_CHECKING:
    import pandas as pd

MOST_PEOPLE = 5_000
"""Whose dots can be told apart; more would also take long to run again."""


def films(comparison: Comparison, effects: pd.DataFrame) -> dict[str, Film]:
    """The first pair of runs of the baseline and of the plan that ranks first; nothing where it cannot be.

    That is: too many people, a rule without a feed, plans that only their script can make, parameters that
    were drawn anew in every replicate, or a shared past.
    """
    order = ranking(overall(effects, comparison.primary))
    names = [comparison.baseline, *order[:1]]
    plans = [comparison.plans[name] for name in names if name in comparison.plans]
    if len(plans) < 2 or not comparison.made_of_plans or not all(plan.spread.feed for plan in plans):
        return {}
    if max(built(plan.population.graph).n for plan in plans) > MOST_PEOPLE:
        return {}
    replicate = comparison.finished[0]
    return {
        name: film(plan, seed=comparison.seed, replicate=replicate, every=plan.days)
        for name, plan in zip(names, plans, strict=True)
    }
