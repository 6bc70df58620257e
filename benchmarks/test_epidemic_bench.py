"""Speed of epidemics beside other programs: `pytest benchmarks/test_epidemic_bench.py --benchmark-only`.

SIR among 100,000 people, mean degree 10, for 100 rounds, from the same ten people: the same graph and
parameters, timed in turn in one run. ``extra_info`` holds medians of CPU time, which other work on the
machine disturbs less, and how many times as long the peer takes. The largest run, 10 million people and 100
million ties, tells its time and the peak of its memory too; it runs with ``INFODEMIC_BENCH_LARGE=1``.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import cache

import ndlib.models.epidemics as epidemics
import ndlib.models.ModelConfig as ModelConfig
import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array

from infodemic_sim.graphs import SocialGraph, erdos_renyi, to_networkx
from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.network_rule import UNTOUCHED
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports scipy by an old name
    import EoN

PEOPLE = 100_000
MEAN_DEGREE = 10
STEPS = 100
START = tuple(range(10))
TRANSMISSION, RECOVERY = 0.05, 0.1
TIMES = ["rounds", "continuous"]
MANY = 10_000_000


@cache
def graph() -> SocialGraph:
    return erdos_renyi(PEOPLE, mean_degree=MEAN_DEGREE, seed=1)


@cache
def network() -> nx.Graph:
    return to_networkx(graph())


def sir(time: str) -> SIR:
    return SIR(time=time, transmission=TRANSMISSION, recovery=RECOVERY, start=START)


def ours(rule: EpidemicRule) -> Callable[[], float]:
    """A run of ours, compiled; each has another seed. Gives the share of those who are not susceptible."""
    seeds = iter(range(10**9))

    def work() -> float:
        found = rule.run(graph(), seed=next(seeds), steps=STEPS)
        return 1.0 - found.curves["susceptible"][-1] / PEOPLE

    work()
    return work


def seconds(work: Callable[[], float]) -> float:
    """CPU time of one run, in which an epidemic must have happened."""
    start = time.process_time()
    share = work()
    spent = time.process_time() - start
    assert 0.9 < share < 1.0
    return spent


def compared(benchmark, time: str, peer: Callable[[], float], rounds: int) -> None:
    """Time both in turn: several of ours for each of the peer."""
    work, spent = ours(sir(time)), []
    theirs = [seconds(peer) for _ in range(rounds) if not spent.extend(seconds(work) for _ in range(5))]
    benchmark.pedantic(work, rounds=5)
    one, other = statistics.median(spent), statistics.median(theirs)
    benchmark.extra_info["ms of ours"] = round(1e3 * one, 2)
    benchmark.extra_info["ms of the peer"] = round(1e3 * other, 1)
    benchmark.extra_info["times as fast"] = round(other / one, 1)


def by_matrix() -> float:
    """The same rounds with scipy: a sparse matrix times the vector of the infectious."""
    ties = csr_array((np.ones(graph().indices.size), graph().indices, graph().indptr))
    draw = np.random.default_rng(1)
    infectious, susceptible = np.zeros(PEOPLE, bool), np.ones(PEOPLE, bool)
    infectious[list(START)], susceptible[list(START)] = True, False
    for _ in range(STEPS):
        escape = (1.0 - TRANSMISSION) ** (ties @ infectious)
        new = susceptible & (draw.random(PEOPLE) > escape)
        infectious &= draw.random(PEOPLE) > RECOVERY
        infectious |= new
        susceptible &= ~new
    return 1.0 - susceptible.mean()


def by_ndlib() -> float:
    """NDlib's rounds are ours."""
    model, settings = epidemics.SIRModel(network()), ModelConfig.Configuration()
    settings.add_model_parameter("beta", TRANSMISSION)
    settings.add_model_parameter("gamma", RECOVERY)
    settings.add_model_initial_configuration("Infected", list(START))
    model.set_initial_status(settings)
    counts = model.iteration_bunch(STEPS + 1, node_status=False)[-1]["node_count"]
    return 1.0 - counts[0] / PEOPLE


def by_eon() -> float:
    """EoN's Markovian SIR."""
    found = EoN.fast_SIR(network(), TRANSMISSION, RECOVERY, initial_infecteds=START, tmax=STEPS)
    return 1.0 - found[1][-1] / PEOPLE


def test_rounds_beside_scipy(benchmark):
    compared(benchmark, "rounds", by_matrix, 5)


def test_rounds_beside_ndlib(benchmark):
    compared(benchmark, "rounds", by_ndlib, 2)


def test_continuous_time_beside_eon(benchmark):
    compared(benchmark, "continuous", by_eon, 2)


@pytest.mark.parametrize("kind", [SIR, SIS, SEIR])
@pytest.mark.parametrize("time", TIMES)
def test_every_rule(benchmark, kind, time):
    """Nanoseconds of a run for each adoption, of which SIS has many a person."""
    rule = kind(time=time, transmission=TRANSMISSION, recovery=RECOVERY, start=START)
    rows = rule.run(graph(), seed=1, steps=STEPS).adoptions.size
    benchmark.pedantic(rule.run, args=(graph(),), kwargs={"seed": 1, "steps": STEPS}, rounds=5)
    benchmark.extra_info["ns per adoption"] = round(1e9 * benchmark.stats.stats.median / rows)


@pytest.mark.parametrize("time", TIMES)
def test_steps_one_by_one(benchmark, time):
    """As in scenarios, where levers may move at every step."""
    rule = sir(time)
    ground = rule.ground(graph(), 1, 0, 24.0)

    def work() -> None:
        arrays = rule.begin(ground)[0]
        for step in range(STEPS):
            rule.advance(ground, arrays, step, UNTOUCHED)

    benchmark.pedantic(work, rounds=5, warmup_rounds=1)


MAKE = """
import sys
from infodemic_sim.graphs import erdos_renyi
erdos_renyi(int(sys.argv[2]), mean_degree=int(sys.argv[3]), seed=1).save(sys.argv[1])
"""
RUN = """
import json, resource, sys, time
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.spread.sir import SIR
rule = SIR(time=sys.argv[2], transmission=0.05, recovery=0.1, start=tuple(range(10)))
rule.run(erdos_renyi(1000, mean_degree=10, seed=1), seed=1, steps=100)
graph = SocialGraph.open(sys.argv[1])
start, cpu = time.perf_counter(), time.process_time()
found = rule.run(graph, seed=1, steps=100)
told = {"s": time.perf_counter() - start, "CPU s": time.process_time() - cpu}
told["share"] = found.reached / graph.n
told["GB at the peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
print(json.dumps(told | {"million ties, either way": graph.indices.size / 1e6}))
"""


def in_process(code: str, *arguments: object) -> str:
    """What a process of its own prints; a child's peak of memory starts at that of who began it."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The folder of the largest graph, made in another process."""
    folder = tmp_path_factory.mktemp("large") / "graph"
    in_process(MAKE, folder, MANY, MEAN_DEGREE)
    return folder


@pytest.mark.large
@pytest.mark.parametrize("time", TIMES)
def test_ten_million_people(benchmark, large, time):
    """In a process of its own, which maps the saved graph; the memory is its peak, graph included."""
    told: list[str] = []

    def work() -> None:
        told.append(in_process(RUN, large, time))

    benchmark.pedantic(work, rounds=3)
    best = min((json.loads(text) for text in told), key=lambda row: row["s"])
    assert best["share"] > 0.9
    benchmark.extra_info.update({name: round(value, 3) for name, value in best.items()})
