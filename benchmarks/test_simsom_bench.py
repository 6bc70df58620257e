"""Speed of SimSoM: `pytest benchmarks/test_simsom_bench.py --benchmark-only`.

The published program is on no package index, so its stand-in is the slow twin of the tests, which keeps feeds
as that program does, without its copies, threads and records. Feeds are full when a step is timed.
``extra_info`` holds milliseconds a step and nanoseconds a delivery, and the ratio to the twin.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest

from infodemic_sim.graphs.simsom_graph import simsom_graph
from infodemic_sim.spread.network_rule import UNTOUCHED
from infodemic_sim.spread.simsom import SimSoM
from tests.spread.simsom_twins import ground_of, twin_of

WARM_UP, TWIN_ROUNDS = 10, 5


def stepping(people: int, mean_degree: int) -> tuple[Callable[[], None], int]:
    """A function that takes one step with full feeds, and the deliveries of a step."""
    rule, ground = SimSoM(), ground_of(simsom_graph(people, mean_degree=mean_degree, seed=1))
    arrays, _ = rule.begin(ground)
    steps = iter(range(1 << 30))

    def step() -> None:
        rule.advance(ground, arrays, next(steps), UNTOUCHED)

    for _ in range(WARM_UP):
        step()
    return step, int(arrays["inbox_starts"][-1])


@pytest.mark.parametrize(("people", "mean_degree"), [(10_000, 20), (10_000, 100), (100_000, 100)])
def test_one_step(benchmark, people, mean_degree):
    step, deliveries = stepping(people, mean_degree)
    benchmark.pedantic(step, rounds=30)
    median = benchmark.stats.stats.median
    benchmark.extra_info.update(milliseconds=1e3 * median, nanoseconds_a_delivery=1e9 * median / deliveries)


def test_one_step_against_the_twin(benchmark):
    step, _ = stepping(1000, 20)
    benchmark.pedantic(step, rounds=50)
    twin, _ = twin_of(SimSoM(), ground_of(simsom_graph(1000, mean_degree=20, seed=1)))
    times = []
    for number in range(WARM_UP + TWIN_ROUNDS):
        start = time.perf_counter()
        twin.step(number)
        times.append(time.perf_counter() - start)
    theirs = statistics.median(times[WARM_UP:])
    ours = benchmark.stats.stats.median
    benchmark.extra_info.update(ours=ours, twin=theirs, ratio=theirs / ours)
