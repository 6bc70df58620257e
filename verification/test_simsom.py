"""SimSoM against an exact identity and against what its authors published.

The published network (10,006 people who follow 180 on average, very unequally) cannot be passed on; the
follower network of the same program's generator, of the same size and of mean degree 100, stands for it.
Harm hangs on the network: what bots post weighs less in the feeds of people who follow more.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.simsom_graph import simsom_graph
from infodemic_sim.spread.simsom import SimSoM

AGEINGS = pytest.mark.parametrize("ageing", ["correct", "published"])
WITHOUT_BOTS = SimSoM(bot_share=0.0)
RUNS, STEPS, WARM_UP = 3, 60, 20


@cache
def small_network() -> SocialGraph:
    return simsom_graph(1000, mean_degree=20, seed=1)


@cache
def network() -> SocialGraph:
    return simsom_graph(10_000, mean_degree=100, seed=1)


def qualities(rule: SimSoM, graph: SocialGraph, runs: int, steps: int, from_step: int) -> np.ndarray:
    """Mean quality in feeds over time, one number a run."""
    curves = (rule.run(graph, seed=1, replicate=k, steps=steps).curves["quality"] for k in range(runs))
    return np.array([curve[from_step:].mean() for curve in curves])


@cache
def quality(rule: SimSoM) -> float:
    """Mean quality once feeds have settled."""
    return float(qualities(rule, network(), RUNS, STEPS, WARM_UP).mean())


def relative(**fields: object) -> float:
    """Quality with bots, relative to no bots."""
    rule = SimSoM(**fields)
    return quality(rule) / quality(WITHOUT_BOTS.but(ageing=rule.ageing))


@pytest.mark.parametrize(
    ("size", "ageing"), [(1, "correct"), (15, "correct"), (60, "correct"), (60, "published")]
)
@pytest.mark.parametrize("posting", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(("slope", "created"), [(10.0, 0.90005), (5.0, 0.80678)])
def test_feeds_are_as_good_as_what_is_posted(slope, created, posting, size, ageing, target):
    rule = WITHOUT_BOTS.but(quality_slope=slope, posting=posting, feed_size=size, ageing=ageing)
    means = qualities(rule, small_network(), 30, 40, 1)
    error = means.std(ddof=1) / math.sqrt(means.size)
    setting = f"lambda {slope:g}, mu {posting}, sigma {size}, {ageing} ageing"
    target("B1", setting, created, means.mean(), 3 * error)


@AGEINGS
@pytest.mark.parametrize(
    ("infiltration", "published"), [(1e-4, 0.999), (1e-3, 0.977), (1e-2, 0.86), (1e-1, 0.485)]
)
def test_infiltration_lowers_quality_as_published(infiltration, published, ageing, target):
    got = relative(infiltration=infiltration, ageing=ageing)
    target("B2", f"gamma {infiltration:g}, {ageing} ageing", published, got, 0.05)


@AGEINGS
@pytest.mark.parametrize(
    ("tactic", "values"), [("flooding", (1, 4, 16, 64)), ("deception", (0.0, 0.1, 0.5, 1.0))]
)
def test_more_of_a_tactic_does_more_harm(tactic, values, ageing, target):
    got = [relative(ageing=ageing, **{tactic: value}) for value in values]
    falling = all(more < less for less, more in pairwise(got))
    shown = ", ".join(f"{value:g}: {share:.3f}" for value, share in zip(values, got, strict=True))
    target.holds("B3", f"{tactic}, {ageing} ageing", falling, shown)


@AGEINGS
def test_targeting_hubs_does_less_harm_than_targeting_nobody(ageing, target):
    rules = [SimSoM(infiltration=0.1, targeting=tactic, ageing=ageing) for tactic in ("hubs", "random")]
    hubs, random = map(quality, rules)
    target.holds("B3", f"hubs, gamma 0.1, {ageing} ageing", hubs > random, f"{hubs:.3f}, not {random:.3f}")
