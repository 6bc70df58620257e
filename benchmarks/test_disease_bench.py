"""Time of one step of the disease and of behaviour, per contact of somebody infectious and per person."""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.graphs import erdos_renyi
from infodemic_sim.kernels.contagion import Coupling, Course, infect
from infodemic_sim.kernels.deciding import decide, intentions
from infodemic_sim.kernels.slow import approach

SIZES = [100_000, pytest.param(1_000_000, marks=pytest.mark.large)]
DEGREE = 20.0
FAR = 1e9


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("people", SIZES)
def test_contacts(benchmark, people, named):
    """A tenth is infectious, one hour a step; at most 5 ns for one contact."""
    graph = erdos_renyi(people, mean_degree=DEGREE, seed=1)
    keys = (
        7 * np.random.default_rng(1).permutation(people).astype(np.uint64)
        if named
        else np.empty(0, np.uint64)
    )
    ill = np.arange(0, people, 10, dtype=np.int32)
    course = Course(*(np.full(people, np.inf) for _ in range(3)))
    course.infected[ill], course.infectious[ill], course.recovered[ill] = -1.0, 0.0, FAR
    random = np.random.default_rng(2)
    coupling = Coupling(random.integers(-1, 2, people).astype(np.int8), random.random(people), 0.6, 0.3)

    def step():
        course.infected[np.isfinite(course.infected) & (course.infected > 0.0)] = np.inf
        return (
            ill,
            keys,
            graph.indptr,
            graph.indices,
            course,
            coupling,
            0.05,
            1.0,
            1.0 + 1 / 24,
            np.uint64(9),
        ), {}

    caught = benchmark.pedantic(infect, setup=step, rounds=20, warmup_rounds=1)
    contacts = int(np.diff(graph.indptr)[ill].sum())
    assert 0 < caught.size < contacts / 100
    benchmark.extra_info["ns per contact"] = 1e9 * benchmark.stats.stats.median / contacts


@pytest.mark.parametrize("people", SIZES)
def test_behaviour(benchmark, people):
    """Intention, decisions and protection of everybody on one topic."""
    lines = np.random.default_rng(1).normal(size=(people, 1, 5))
    keys, real = np.arange(people, dtype=np.uint64), np.ones(people, bool)
    choice, protection, intention = np.zeros(people, np.int8), np.zeros(people), np.empty(people)

    def step():
        intentions(lines, 0, 0.0, real, intention)
        decide(intention, keys, real, 0.001, 0.001, np.uint64(1), np.uint64(2), choice)
        approach(protection, intention, 0.01)

    benchmark.pedantic(step, rounds=20, warmup_rounds=1)
    benchmark.extra_info["ns per person"] = 1e9 * benchmark.stats.stats.median / people
