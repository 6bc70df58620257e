"""Daley & Kendall 1965: a fifth of the people never hear the rumour [DaleyKendall1965]."""

from __future__ import annotations

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size, mean_of
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.daley_kendall import DaleyKendall
from infodemic_sim.spread.maki_thompson import MakiThompson

PEOPLE, RUNS = 2000, 400


def compute(size: Size) -> list[Estimate]:
    """Mean final share of ignorants under either rule."""
    graph = complete_graph(size.of(PEOPLE, 100))
    return [
        mean_of([ignorants(rule, graph, size.seed, run) for run in range(size.of(RUNS, 20))])
        for rule in (DaleyKendall(), MakiThompson())
    ]


def ignorants(rule: DaleyKendall | MakiThompson, graph: SocialGraph, seed: int, run: int) -> float:
    """Share of people who have not heard it when nobody spreads it any more."""
    found = rule.run(graph, seed=seed, replicate=run)
    return float(found.curves["ignorant"][-1]) / graph.n


ENTRY = Reproduction(
    name="daley_kendall_1965",
    source="DaleyKendall1965",
    title="A fifth of the people never hear a rumour",
    setting=(
        f"Everybody may meet everybody; {PEOPLE:,} people, one of whom starts; {RUNS} runs of each rule."
    ),
    published=(
        Published("Share who never hear it, rule of Daley & Kendall", 0.203, "limit for many people", 0.0025),
        Published("Share who never hear it, rule of Maki & Thompson", 0.203, "limit, Sudbury 1985", 0.0025),
    ),
    compute=compute,
)
