"""What each intervention adds to a step: `pytest benchmarks/test_interventions_bench.py --benchmark-only`.

10,000 people with ten friends each, an hour a step. Three runs take turns, step by step, so that what else
the machine does meets all: one without the intervention, one with it, and one with it but without capacity,
so that it chooses people and watches, and does nothing ("idle"). What it adds when idle must stay below a
fifth of a step. What it adds beyond that is work of its own: the acts, posts and answers that the table
shows, and reading these. `python -m benchmarks.test_interventions_bench` prints the table, or the rows of
the interventions it names; with the word `study` it runs twenty interventions and a baseline over 60 days,
and says how long it took.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import lru_cache

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.interventions import BUILT_IN, Intervention
from infodemic_sim.kernels.layout import INTERVENTION, READ_OF_PLAN
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


class Turns:
    """Three runs, step by step in turns, and processor times of their steps.

    One without the intervention; one with it but without any capacity, so that it chooses people and watches,
    and does nothing; one with it.
    """

    def __init__(self, part: Intervention) -> None:
        start = scenario().but(warm_up=0.0, record="end", cascades="none")
        idle = part.but(capacity=part.capacity.but(total=0))
        self.key = part.key
        self.runs = [Run(start.but(interventions=plan), seed=1) for plan in ([], [idle], [part])]
        self.seconds: tuple[list[float], ...] = ([], [], [])
        for _ in range(WARM):
            for run in self.runs:
                run.step()
        self.before = self.done()

    def step(self, which: int) -> None:
        began = time.process_time()
        self.runs[which].step()
        self.seconds[which].append(time.process_time() - began)

    def added(self, which: int) -> float:
        """Median time that a step of this run takes more than one without the intervention, in percent."""
        return 100.0 * (statistics.median(self.seconds[which]) / statistics.median(self.seconds[0]) - 1.0)

    def done(self) -> np.ndarray:
        """Acts, posts and corrections of the intervention so far, and readings of these, int64[4]."""
        state = self.runs[2].world.state
        acts = state.memories[self.key]["acts"][0]
        posts = state.counts["posts"][..., INTERVENTION].sum()
        read = sum(timelines.reads[..., READ_OF_PLAN].sum() for timelines in state.timelines)
        return np.array([acts, posts, state.counts["corrections_made"].sum(), read])

    def per_step(self) -> np.ndarray:
        """What the intervention did in one step, on average: as in ``done``, float64[4]."""
        return (self.done() - self.before) / len(self.seconds[2])

    def close(self) -> None:
        for run in self.runs:
            run.close()


@pytest.mark.parametrize("part", BUILT_IN, ids=lambda part: part.__name__)
def test_step_with(benchmark, part):
    turns = Turns(part())

    def others() -> None:
        turns.step(0)
        turns.step(1)

    benchmark.pedantic(lambda: turns.step(2), setup=others, rounds=TIMED)
    benchmark.extra_info["percent added to a step"] = round(turns.added(2), 1)
    benchmark.extra_info["percent added by its idle twin"] = round(turns.added(1), 1)
    turns.close()


def table(names: list[str]) -> None:
    """Print what each intervention adds to a step, what its idle twin adds, and what it did in a step."""
    print(f"{'':24} {'added':>7} {'idle':>7} | a step: {'acts':>8} {'posts':>6} {'answers':>7} {'read':>6}")
    for part in (part for part in BUILT_IN if not names or part.__name__ in names):
        turns = Turns(part())
        for _ in range(TIMED):
            for which in range(3):
                turns.step(which)
        acts, posts, answers, read = turns.per_step()
        times = f"{turns.added(2):+5.1f} % {turns.added(1):+5.1f} %"
        print(
            f"{part.__name__:24} {times} |         {acts:8.1f} {posts:6.1f} {answers:7.1f} {read:6.0f}",
            flush=True,
        )
        turns.close()


def study(replicates: int, workers: int = 2) -> None:
    """Twenty interventions and a baseline over 60 days, and how long it took."""
    kept = [part() for part in BUILT_IN if part.__name__ not in LEFT_OUT]
    plans = {"today": plain(), **{part.key: plain().but(interventions=[part]) for part in kept}}
    began = time.perf_counter()
    ids.compare(plans, replicates=replicates, seed=1, workers=workers)
    minutes = (time.perf_counter() - began) / 60.0
    print(f"{len(plans)} plans, {replicates} replicates, {workers} workers: {minutes:.1f} min")


if __name__ == "__main__":
    words = sys.argv[1:]
    study(int(words[1]) if len(words) > 1 else 20) if words[:1] == ["study"] else table(words)
