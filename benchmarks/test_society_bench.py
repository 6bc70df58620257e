"""What health care and society around the feed cost: `pytest benchmarks/test_society_bench.py`.

A bare step and one with each mechanism, or with all of them, are timed in turns (`--benchmark-only`), on
100,000 people whose feeds are full. ``extra_info`` holds the median ratio of a step to the bare one made just
before it; all together must stay below 1.5.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

import pytest

import infodemic_sim as ids
from benchmarks.test_feed_bench import AROUND, WARM_UP, graph_of
from infodemic_sim.simulation import Run
from infodemic_sim.world import State

PEOPLE, ROUNDS = 100_000, 48
WAYS: dict[str, dict[str, Any]] = {
    "bare again": {},
    "ties": {"ties": ids.ChangingTies(recommender=ids.Mix())},
    "ties, 5 spare places": {"ties": ids.ChangingTies(recommender=ids.Mix(), spare_places=5)},
    "turnover": {"turnover": ids.Turnover()},
    "mutation": {"mutation": ids.Mutation()},
    "reactance": {"spread": ids.FeedSpread(reactance=0.5)},
    **{name: {name: part} for name, part in AROUND.items()},
    "behaviour": {"behaviour": ids.Behaviour()},
    "epidemic": {"behaviour": ids.Behaviour(), "epidemic": ids.Epidemic(starters=PEOPLE // 100)},
}
WAYS["all"] = {name: part for way in WAYS.values() for name, part in way.items()}


def scenario(**society: Any) -> ids.Scenario:
    return ids.Scenario(
        population=ids.Population(graph=graph_of(PEOPLE, "friends")),
        days=3660.0,
        warm_up=0.0,
        record="end",
        cascades="none",
        **society,
    )


def warmed_up(**society: Any) -> Run:
    """A run whose feeds are full."""
    run = Run(scenario(**society), seed=1)
    for _ in range(WARM_UP):
        run.step()
    return run


@pytest.fixture(scope="module")
def full() -> State:
    """The state of a bare run whose feeds are full; each comparison starts from it anew."""
    return warmed_up().world.state


@pytest.mark.parametrize("name", WAYS)
def test_step(benchmark, full, name):
    run = warmed_up(**WAYS[name])
    bare = Run(scenario(), seed=1, state=full.copy())
    beside: list[float] = []
    seconds: list[float] = []

    def bare_step() -> None:
        start = time.perf_counter()
        bare.step()
        beside.append(time.perf_counter() - start)

    def step() -> None:
        start = time.perf_counter()
        run.step()
        seconds.append(time.perf_counter() - start)

    benchmark.pedantic(step, setup=bare_step, rounds=ROUNDS)
    ratios = [mine / other for mine, other in zip(seconds, beside, strict=True)]
    benchmark.extra_info["ratio to a bare step"] = round(statistics.median(ratios), 3)
    benchmark.extra_info["ratio of medians"] = round(
        statistics.median(seconds) / statistics.median(beside), 3
    )
