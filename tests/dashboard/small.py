"""A small town for the page, and some choices for it."""

from __future__ import annotations

import infodemic_sim as ids

TOWN = ids.Scenario(
    population=ids.Population(
        graph=ids.graphs.ScaleFree(people=200, mean_degree=10.0, triads=0.5, seed=1), providers=0.05
    ),
    topics=[ids.Topic(name="vaccines", posting=ids.Posting(public=0.5, provider=0.5))],
    interventions=[ids.WarningLabel(recall=0.5)],
    days=4.0,
    warm_up=1.0,
)
CHOICES = {
    "values": {"population.providers": 0.1, "interventions.warning_label.recall": 0.9},
    "interventions": ["warning_label", "accuracy_prompt"],
    "replicates": 3,
    "seed": 7,
}
