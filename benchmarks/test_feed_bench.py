"""Speed and size of the feed model: `pytest benchmarks/test_feed_bench.py --benchmark-only`.

A step is timed after 60 steps, when feeds are full. ``extra_info`` holds what the figures mean: nanoseconds
per followee whose timeline is looked at, people per second, bytes per person. Million-person benchmarks run
with ``INFODEMIC_BENCH_LARGE=1``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.graphs import SocialGraph, planted_communities, scale_free
from infodemic_sim.simulation import Run
from infodemic_sim.world.state import flatten

MEAN_DEGREE = 20
CIRCLE = 57
"""People in one circle of friends."""
WARM_UP = 60
USUAL, EVERYBODY = 5.0, 200.0
"""Sessions a day: of an average person, and so many that nearly everybody visits at each step."""

PEOPLE = [
    10_000,
    100_000,
    pytest.param(1_000_000, marks=pytest.mark.large),
]
SESSIONS = pytest.mark.parametrize("sessions", [USUAL, EVERYBODY], ids=["5 sessions a day", "everybody"])


@lru_cache(maxsize=1)
def graph_of(people: int, network: str) -> SocialGraph:
    """Circles of friends, where cascades stay small; or hubs without circles, where some reach most."""
    if network == "hubs":
        return scale_free(people, mean_degree=MEAN_DEGREE, seed=1)
    circles = people // CIRCLE
    return planted_communities(people, communities=circles, mean_degree=MEAN_DEGREE, homophily=0.9, seed=1)


AROUND = {
    "privacy": ids.Privacy(),
    "service": ids.Service(),
    "experiences": ids.Experiences(),
    "wellbeing": ids.Wellbeing(),
}


def warmed_up(
    people: int, sessions: float, threads: int = 1, network: str = "friends", **around: object
) -> Run:
    """A run whose feeds are full, and whose kernels are compiled."""
    scenario = ids.Scenario(
        population=ids.Population(graph=graph_of(people, network)),
        platforms=[ids.Platform(sessions_per_day=sessions)],
        days=3660.0,
        warm_up=0.0,
        record="end",
        cascades="none",
        **around,
    )
    run = Run(scenario, seed=1, threads=threads)
    for _ in range(WARM_UP):
        run.step()
    return run


class Warm:
    """The run warmed up last: benchmarks of one scenario stand one after another, and share it."""

    def __init__(self) -> None:
        self.key: tuple[int, float, int, str] | None = None
        self.run: Run | None = None

    def get(self, people: int, sessions: float, threads: int = 1, network: str = "friends") -> Run:
        key = (people, sessions, threads, network)
        if self.key != key or self.run is None:
            self.close()
            self.run, self.key = warmed_up(*key), key
        return self.run

    def close(self) -> None:
        if self.run is not None:
            self.run.close()
        self.run = None


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    kept = Warm()
    yield kept
    kept.close()


def followees_read(run: Run) -> int:
    """How many timelines the readers of the step just made have looked at."""
    visiting = run.world.state.timelines[0].sessions > 0
    return int(run.world.setting.graphs[0].degrees()[visiting].sum())


def steps_timed(benchmark, run: Run, rounds: int) -> None:
    """Time whole days of steps one by one, housekeeping included; the figures per followee are medians."""
    looked_at: list[int] = []

    def step() -> None:
        run.step()
        looked_at.append(followees_read(run))

    benchmark.pedantic(step, rounds=rounds, warmup_rounds=0)
    seconds = benchmark.stats.stats.sorted_data
    median = statistics.median(seconds)
    benchmark.extra_info["ns per followee"] = round(1e9 * median / statistics.median(looked_at), 1)
    benchmark.extra_info["followees per step"] = round(statistics.median(looked_at))
    benchmark.extra_info["million person-steps per second"] = round(run.world.n / median / 1e6, 2)


@pytest.mark.parametrize("people", PEOPLE)
@SESSIONS
@pytest.mark.parametrize("network", ["friends", "hubs"])
def test_step(benchmark, warm, people, sessions, network):
    """A step with feeds full; it should grow in proportion to people."""
    run = warm.get(people, sessions, network=network)
    steps_timed(benchmark, run, rounds=48 if people <= 100_000 and sessions == USUAL else 12)


def test_step_with_health_care_around(benchmark):
    """A step with privacy, service, experiences and well-being beside the feed."""
    run = warmed_up(100_000, USUAL, **AROUND)
    steps_timed(benchmark, run, rounds=48)
    run.close()


@pytest.mark.parametrize("threads", [1, 2])
@SESSIONS
def test_threads(benchmark, warm, sessions, threads):
    steps_timed(benchmark, warm.get(100_000, sessions, threads), rounds=24)


@pytest.mark.parametrize("people", PEOPLE[1:])
@pytest.mark.parametrize("depth", [0.0, 60.0], ids=["empty", "full"])
def test_memory(benchmark, warm, people, depth):
    """Bytes per person of all that changes; the graph, which plans share, is told apart."""
    if depth:
        run = warm.get(people, USUAL)
    else:
        run = Run(warm.get(people, USUAL).scenario, seed=1)
    state = benchmark.pedantic(flatten, args=(run.world.state,), rounds=1)
    levers = [array for lever in run.world.levers.all for array in vars(lever).values()]
    own = {id(array): array.nbytes for array in [*state.values(), *levers] if isinstance(array, np.ndarray)}
    graph = run.world.setting.graphs[0]
    parts: dict[str, float] = {}
    for name, array in state.items():
        part = name.partition("/")[0]
        parts[part] = parts.get(part, 0) + array.nbytes / people
    benchmark.extra_info["bytes per person"] = round(sum(own.values()) / people)
    benchmark.extra_info["bytes of graph per person"] = round(
        (graph.indptr.nbytes + graph.indices.nbytes) / people
    )
    largest = sorted(parts.items(), key=lambda item: -item[1])[:6]
    benchmark.extra_info["largest parts"] = {name: round(size, 1) for name, size in largest}


# --- whole processes ------------------------------------------------------------------------------------

BARE = [sys.executable, "-c", "pass"]
COMMANDS = {
    "bare interpreter": BARE,
    "import infodemic_sim": [sys.executable, "-c", "import infodemic_sim"],
    "a scenario is made": [sys.executable, "-c", "import infodemic_sim; infodemic_sim.Scenario"],
    "infodemic --help": [str(Path(sys.executable).with_name("infodemic")), "--help"],
    "infodemic --version": [str(Path(sys.executable).with_name("infodemic")), "--version"],
}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_process(benchmark, name):
    """Time from start to end of a process; the bare interpreter's beside it, measured in turns."""
    beside: list[float] = []

    def bare() -> None:
        start = time.perf_counter()
        subprocess.run(BARE, check=True)
        beside.append(time.perf_counter() - start)

    def both() -> None:
        subprocess.run(COMMANDS[name], check=True, stdout=subprocess.DEVNULL)

    both()
    benchmark.pedantic(both, setup=bare, rounds=15)
    median = statistics.median(benchmark.stats.stats.sorted_data)
    benchmark.extra_info["ms"] = round(1e3 * median, 1)
    benchmark.extra_info["ms beyond the bare interpreter"] = round(
        1e3 * (median - statistics.median(beside)), 1
    )
