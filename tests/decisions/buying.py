"""A decision that takes a blink: a talkative little town, and three things to buy."""

from __future__ import annotations

import infodemic_sim as ids

TOWN = ids.Scenario(
    population=ids.Population(
        graph=ids.graphs.ErdosRenyi(people=80, mean_degree=8.0, seed=1),
        providers=0.1,
        super_spreaders=0.1,
        subgroups=("literacy",),
    ),
    topics=[ids.Topic(name="vaccines", posting=ids.Posting(public=2.0, provider=2.0))],
    interventions=[
        ids.ProviderCorrection(cost=ids.Cost(minutes=5)),
        ids.Inoculation(uptake=0.5, cost=ids.Cost(money=2.0)),
        ids.AccuracyPrompt(),
    ],
    behaviour=ids.Behaviour(),
    privacy=ids.Privacy(),
    days=2.0,
    warm_up=1.0,
    hours_per_step=6.0,
)
UPTAKE = "interventions.inoculation.uptake"
OBJECTIVES = ("misinformed", "cost", "accurate_posts_lost")
ALL = (*OBJECTIVES, "privacy_incidents", "gap.literacy")


def decision(**changes):
    plain = {
        "scenario": TOWN,
        "portfolio": ids.Portfolio(settings={UPTAKE: [0.25, 1.0]}),
        "budget": ids.Budget(money=1000.0, wage=30.0),
        "objectives": OBJECTIVES,
        "replicates": 3,
        "seed": 1,
    }
    return ids.Decision(**{**plain, **changes})
