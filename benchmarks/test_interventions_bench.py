"""What each intervention adds to a step: `pytest benchmarks/test_interventions_bench.py --benchmark-only`.

10,000 people with ten friends each, an hour a step. A run with the intervention and one without take turns,
step by step, so that what else the machine does meets both; ``extra_info`` holds the ratio of their median
processor times. What an intervention publishes, answers or looks at is work of its own; what it adds beside
that should stay below a fifth of a step. `python -m benchmarks.test_interventions_bench` prints the table;
with the word `study` it runs twenty interventions and a baseline over 60 days, and says how long it took.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import lru_cache

import pytest

import infodemic_sim as ids
from infodemic_sim.interventions import BUILT_IN, Intervention
from infodemic_sim.simulation import Run

PEOPLE, MEAN_DEGREE = 10_000, 10
WARM, TIMED = 48, 72
ROLES = {
    "moderators": 0.005,
    "bots": 0.01,
    "peer_supporters": 0.01,
    "fact_checkers": 0.001,
    "providers": 0.01,
}
LEFT_OUT = {
    *("ForwardingLimit", "GroupModeration"),  # one platform of ties has neither
    *("PrivacyGuidance", "PrivacyReview", "ServiceImprovement"),  # no health care around the feed
    *("BotRemoval", "Friction", "Seeding", "Suspension", "TargetedCorrection"),
}
"""Left out of the study of twenty interventions."""


@lru_cache(maxsize=1)
def scenario() -> ids.Scenario:
    """Everything there is for an intervention to work on."""
    groups = ids.Groups(size=20.0, per_person=1.0, keeps=32)
    platform = ids.Platform(spaces=groups, forwarding=ids.Forwarding(limit=5))
    return plain().but(platforms=[platform], privacy=ids.Privacy(), service=ids.Service())


@lru_cache(maxsize=1)
def plain() -> ids.Scenario:
    """One platform of ties, one topic, five visits a day."""
    graph = ids.scale_free(PEOPLE, mean_degree=MEAN_DEGREE, seed=1)
    return ids.Scenario(population=ids.Population(graph=graph, **ROLES), days=60.0, warm_up=7.0)


class Pair:
    """A run with an intervention and one without, in turns; processor times of their steps."""

    def __init__(self, part: Intervention) -> None:
        start = scenario().but(warm_up=0.0, record="end", cascades="none")
        plans = (start, start.but(interventions=[part]))
        self.runs = [Run(plan, seed=1) for plan in plans]
        self.seconds: tuple[list[float], list[float]] = ([], [])
        for _ in range(WARM):
            for run in self.runs:
                run.step()

    def step(self, which: int) -> None:
        began = time.process_time()
        self.runs[which].step()
        self.seconds[which].append(time.process_time() - began)

    @property
    def ratio(self) -> float:
        """Median time of a step with the intervention, over that of one without."""
        without, with_it = map(statistics.median, self.seconds)
        return with_it / without

    def close(self) -> None:
        for run in self.runs:
            run.close()


@pytest.mark.parametrize("part", BUILT_IN, ids=lambda part: part.__name__)
def test_step_with(benchmark, part):
    pair = Pair(part())
    benchmark.pedantic(lambda: pair.step(1), setup=lambda: pair.step(0), rounds=TIMED)
    benchmark.extra_info["ratio to a step without it"] = round(pair.ratio, 3)
    pair.close()


def table() -> None:
    """Print what each intervention adds."""
    for part in BUILT_IN:
        pair = Pair(part())
        for _ in range(TIMED):
            pair.step(0)
            pair.step(1)
        acts = int(pair.runs[1].world.state.memories[part().key]["acts"][0])
        print(f"{part.__name__:24} {100 * (pair.ratio - 1):+6.1f} % of a step, {acts:9,} acts", flush=True)
        pair.close()


def study(replicates: int, workers: int = 2) -> None:
    """Twenty interventions and a baseline over 60 days, and how long it took."""
    kept = [part() for part in BUILT_IN if part.__name__ not in LEFT_OUT]
    plans = {"today": plain(), **{part.key: plain().but(interventions=[part]) for part in kept}}
    began = time.perf_counter()
    ids.compare(plans, replicates=replicates, seed=1, workers=workers)
    minutes = (time.perf_counter() - began) / 60.0
    print(f"{len(plans)} plans, {replicates} replicates, {workers} workers: {minutes:.1f} min")


if __name__ == "__main__":
    study(int(sys.argv[2]) if len(sys.argv) > 2 else 20) if sys.argv[1:2] == ["study"] else table()
