"""One replicate of all plans: the unit of work of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from infodemic_sim.branching import branched
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import running, simulate, warmed_up
from infodemic_sim.study.comparison import compact
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.shared_past import SharedPast
from infodemic_sim.study.unknowns import Unknowns

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.interventions.base import Intervention
    from infodemic_sim.world import State

Tables = dict[str, "pd.DataFrame"]
"""The table of each plan's run, by name of the plan."""


def run_replicate(
    plans: Plans,
    *,
    seed: int,
    replicate: int,
    threads: int = 1,
    unknowns: Unknowns | None = None,
    past: SharedPast | None = None,
) -> Tables:
    """Run each plan once, with the same draws.

    Plans that differ in nothing but their interventions share one warm-up; each then has the bits of a
    run on its own.

    Parameters
    ----------
    unknowns : what draws the parameters of the replicate; none: they are those of the plans.
    past : what all plans share beyond the warm-up; none: each plan has a past of its own.
    """
    if unknowns is not None:
        plans = unknowns.at(plans, replicate)
    if past is not None:
        state = past.state(plans, seed=seed, replicate=replicate, threads=threads)
        return branches(plans, state, past.done(plans), seed, replicate, threads)
    tables: Tables = {}
    for group in warm_up_groups(plans):
        run_group = forked if len(group) > 1 else alone
        tables.update(run_group(group, seed, replicate, threads))
    return {name: tables[name] for name in plans}


def warm_up_groups(plans: Plans) -> list[dict[str, Scenario]]:
    """Plans by what they are apart from their interventions, in order of appearance."""
    groups: list[tuple[Scenario, dict[str, Scenario]]] = []
    for name, plan in plans.items():
        bare = plan.but(interventions=())
        found = next((group for same, group in groups if same == bare), None)
        if found is None:
            groups.append((bare, found := {}))
        found[name] = plan
    return [group for _, group in groups]


def alone(plans: Plans, seed: int, replicate: int, threads: int) -> Tables:
    """Each plan from the start of its warm-up."""
    return {
        name: compact(simulate(plan, seed=seed, replicate=replicate, threads=threads).table)
        for name, plan in plans.items()
    }


def forked(plans: Plans, seed: int, replicate: int, threads: int) -> Tables:
    """All plans from one warm-up, of whose state each gets a copy at day 0."""
    trunk = warmed_up(next(iter(plans.values())), seed=seed, replicate=replicate, threads=threads)
    return branches(plans, trunk, (), seed, replicate, threads)


def branches(
    plans: Plans, trunk: State, before: Sequence[Intervention], seed: int, replicate: int, threads: int
) -> Tables:
    """All plans from copies of one state, until which ``before`` was done."""
    tables: Tables = {}
    for name, plan in plans.items():
        state = branched(trunk, before, plan)
        with running(plan, seed=seed, replicate=replicate, threads=threads, state=state) as branch:
            tables[name] = compact(branch.finish().table)
    return tables
