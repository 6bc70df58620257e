"""SIR, SIS and SEIR against EoN and NDlib: same graph, parameters and starters, two samples at level .001.

EoN's fast_SIR and fast_SIS are Markovian in continuous time; its basic_discrete_SIR lets everybody recover
after one round, which is our recovery 1. NDlib's rounds are ours: all of a round rests on the statuses at its
start, who recovers in a round has passed it on in it, and who takes it up stays at least until the next; its
first iteration tells the start, so that its k-th is our round k. For SIS and SEIR ``tp_rate`` 1 counts every
infectious neighbour. Their ties run from who passes it on to who takes it up: ours reversed.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable

import ndlib.models.epidemics as epidemics
import ndlib.models.ModelConfig as ModelConfig
import networkx as nx
import numpy as np
import pytest
from scipy import stats

from infodemic_sim.graphs import SocialGraph, erdos_renyi, to_networkx
from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.network_rule import UNTOUCHED
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports scipy by an old name
    import EoN

LEVEL = 0.001
PEOPLE = 300
START = (0, 1, 2, 3, 4)
RUNS_EON, RUNS_NDLIB, RUNS = 2_000, 300, 4_000
"""Runs of EoN, of NDlib, and ours."""
FRIENDS = erdos_renyi(PEOPLE, mean_degree=5.0, seed=1)
FOLLOWS = erdos_renyi(PEOPLE, mean_degree=5.0, directed=True, seed=1)
of_either = pytest.mark.parametrize("graph", [FRIENDS, FOLLOWS], ids=["friends", "follows"])


def passing_on(graph: SocialGraph) -> nx.Graph:
    """Ties from who passes it on to who takes it up."""
    network = to_networkx(graph)
    return network.reverse() if graph.directed else network


def at(curve: np.ndarray, step: int) -> float:
    """A curve at a step; it ends when nothing can happen any more."""
    return float(curve[min(step, curve.size - 1)])


def ours(rule: EpidemicRule, graph: SocialGraph, middle: int, steps: int) -> np.ndarray:
    """Infectious in the middle, and susceptible at the end: float64[2, RUNS]."""
    found = []
    for replicate in range(RUNS):
        curves = rule.run(graph, seed=1, replicate=replicate, steps=steps).curves
        found.append((at(curves["infectious"], middle), at(curves["susceptible"], steps)))
    return np.array(found).T


def step_by_step(rule: EpidemicRule, graph: SocialGraph, middle: int, steps: int) -> np.ndarray:
    """The same from single steps, as scenarios take them, with a quarter of the runs."""
    found = []
    for replicate in range(RUNS // 4):
        ground = rule.ground(graph, 2, replicate, 24.0)
        arrays, infectious = rule.begin(ground)[0], 0.0
        for step in range(steps):
            rule.advance(ground, arrays, step, UNTOUCHED)
            infectious = rule.summary(arrays)["infectious"] if step + 1 == middle else infectious
        found.append((infectious, rule.summary(arrays)["susceptible"]))
    return np.array(found).T


def assert_alike(rule: EpidemicRule, graph: SocialGraph, middle: int, steps: int, theirs: np.ndarray) -> None:
    """Neither the distributions nor the means of either number differ at the level."""
    for sample in (ours(rule, graph, middle, steps), step_by_step(rule, graph, middle, steps)):
        for one, other in zip(sample, theirs, strict=True):
            assert np.unique(one).size > 20
            assert stats.ks_2samp(one, other).pvalue > LEVEL
            assert stats.ttest_ind(one, other, equal_var=False).pvalue > LEVEL


def of_eon(simulate: Callable[..., object], middle: int, steps: int, **arguments: object) -> np.ndarray:
    """EoN's runs: infectious just after the middle, and susceptible at the end."""
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 (EoN draws from numpy's global generator)
    found = []
    for _ in range(RUNS_EON):
        times, susceptible, infectious = simulate(initial_infecteds=START, **arguments)[:3]
        last = np.searchsorted(times, [middle, steps], side="right") - 1
        found.append((infectious[last[0]], susceptible[last[1]]))
    return np.array(found, float).T


@of_either
def test_markovian_sir(graph):
    rule = SIR(time="continuous", transmission=0.15, recovery=0.4, start=START)
    theirs = of_eon(EoN.fast_SIR, 5, 60, G=passing_on(graph), tau=0.15, gamma=0.4, tmax=60)
    assert_alike(rule, graph, 5, 60, theirs)


@of_either
def test_markovian_sis(graph):
    rule = SIS(time="continuous", transmission=0.12, recovery=0.4, start=START)
    theirs = of_eon(EoN.fast_SIS, 6, 15, G=passing_on(graph), tau=0.12, gamma=0.4, tmax=15)
    assert_alike(rule, graph, 6, 15, theirs)


@of_either
def test_reed_frost(graph):
    rule = SIR(transmission=0.3, recovery=1.0, start=START)
    theirs = of_eon(EoN.basic_discrete_SIR, 4, 60, G=passing_on(graph), p=0.3)
    assert_alike(rule, graph, 4, 60, theirs)


def of_ndlib(model: type, graph: SocialGraph, middle: int, steps: int, **parameters: float) -> np.ndarray:
    """NDlib's runs; its statuses are 0 susceptible and 1 infected, whatever else there is."""
    random.seed(1)
    found = []
    running = model(passing_on(graph), seed=1)  # without, it seeds numpy's generator from the system's luck
    settings = ModelConfig.Configuration()
    for name, value in parameters.items():
        settings.add_model_parameter(name, value)
    settings.add_model_initial_configuration("Infected", list(START))
    running.set_initial_status(settings)
    for _ in range(RUNS_NDLIB):
        running.reset(list(START))
        counts = [
            iteration["node_count"] for iteration in running.iteration_bunch(steps + 1, node_status=False)
        ]
        found.append((counts[middle][1], counts[steps][0]))
    return np.array(found, float).T


@of_either
def test_sir_in_rounds(graph):
    rule = SIR(transmission=0.12, recovery=0.3, start=START)
    theirs = of_ndlib(epidemics.SIRModel, graph, 6, 40, beta=0.12, gamma=0.3)
    assert_alike(rule, graph, 6, 40, theirs)


@of_either
def test_sis_in_rounds(graph):
    rule = SIS(transmission=0.1, recovery=0.3, start=START)
    theirs = of_ndlib(epidemics.SISModel, graph, 6, 15, beta=0.1, **{"lambda": 0.3, "tp_rate": 1})
    assert_alike(rule, graph, 6, 15, theirs)


@of_either
def test_seir_in_rounds(graph):
    rule = SEIR(transmission=0.2, incubation=0.4, recovery=0.3, start=START)
    theirs = of_ndlib(epidemics.SEIRModel, graph, 8, 40, beta=0.2, alpha=0.4, gamma=0.3, tp_rate=1)
    assert_alike(rule, graph, 8, 40, theirs)
