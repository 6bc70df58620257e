"""Studies that take a blink, and what an undisturbed run of one gives."""

from __future__ import annotations

import infodemic_sim as ids

TODAY = ids.Scenario(
    population=ids.Population(graph=ids.graphs.ErdosRenyi(people=40, mean_degree=6.0, seed=1), providers=0.1),
    topics=[ids.Topic(name="vaccines", posting=ids.Posting(public=0.5, provider=0.5))],
    interventions=[ids.WarningLabel(recall=0.5), ids.AccuracyPrompt()],
    days=2.0,
    warm_up=1.0,
    hours_per_step=6.0,
)
PLANS = {"today": (), "label": ("warning_label",), "prompt": ("accuracy_prompt",)}
RECALL = "interventions.warning_label.recall"
GRID = ids.Grid(parameters={RECALL: [0.1, 0.9], "population.providers": [0.0, 0.1]})


class Broken(ids.Intervention):
    """Fails on the day it begins."""

    def act(self, world, people, memory):
        raise RuntimeError("out of\norder")


def study(**changes):
    plain = {"scenario": TODAY, "plans": PLANS, "design": GRID, "replicates": 2, "seed": 3}
    return ids.Study(**{**plain, **changes})


def rows(results):
    """All rows of a study, in an order that does not depend on who made them when."""
    found = results.query("SELECT * FROM runs ORDER BY ALL")
    return found.to_dict("list")


def same_rows(one, other):
    """Whether two studies hold the same runs with the same bits, each once."""
    a, b = (each.query("SELECT * FROM runs ORDER BY ALL") for each in (one, other))
    return a.equals(b)
