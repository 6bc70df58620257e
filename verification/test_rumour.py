"""Rumours against their theory: targets A1 to A5, and another program on a network."""

from __future__ import annotations

import math
import random
import warnings
from collections import Counter
from functools import cache

import networkx as nx
import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

from infodemic_sim.graphs import SocialGraph, configuration_model, from_networkx
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.daley_kendall import DaleyKendall
from infodemic_sim.spread.maki_thompson import MakiThompson
from infodemic_sim.spread.nekovee import Nekovee
from infodemic_sim.spread.rumour import RumourRule

AT_ONCE = 24e6
"""Hours of a step in which everything happens: the rules are exact in continuous time."""
PEOPLE = 10_000
CLASSICAL = {"Maki-Thompson": MakiThompson(), "Daley-Kendall": DaleyKendall()}
RUNS = 3200


@pytest.fixture(scope="module")
def crowd() -> SocialGraph:
    return complete_graph(PEOPLE)


def ignorants(rule: RumourRule, graph: SocialGraph, runs: int) -> np.ndarray:
    """Share of people who never hear of it, run by run."""
    left = [
        rule.run(graph, seed=1, replicate=k, hours_per_step=AT_ONCE).curves["ignorant"][-1]
        for k in range(runs)
    ]
    return np.array(left) / graph.n


@cache
def classical(name: str) -> np.ndarray:
    """Many runs of a classical rumour."""
    return ignorants(CLASSICAL[name], complete_graph(PEOPLE), RUNS)


def theory(failures: int) -> float:
    """The root below 1 of theta = exp(-(k + 1)(1 - theta))."""
    return brentq(lambda theta: theta - math.exp(-(failures + 1) * (1 - theta)), 1e-9, 1 - 1 / (failures + 1))


@pytest.mark.parametrize("name", CLASSICAL)
def test_share_of_ignorants(name, target):
    shares = classical(name)[:200]
    took_off = shares[shares < 0.5]
    target("A1", f"{name}, n = 10,000, {took_off.size} of 200 runs", 0.2031879, took_off.mean(), 0.0012)


@pytest.mark.parametrize(("name", "expected"), [("Maki-Thompson", 0.2727), ("Daley-Kendall", 0.3107)])
def test_variance_of_the_share(name, expected, target):
    shares = classical(name)
    took_off = shares[shares < 0.5]
    setting = f"{name}, n Var, {took_off.size} of {RUNS} runs"
    target("A2", setting, expected, PEOPLE * took_off.var(ddof=1), 0.1 * expected)


def test_one_spreader_and_two_ignorants(target):
    graph, rule = complete_graph(3), MakiThompson()
    runs = (rule.run(graph, seed=3, replicate=k, hours_per_step=AT_ONCE) for k in range(10_000))
    counts = Counter(int(run.curves["ignorant"][-1]) for run in runs)
    p_value = stats.chisquare([counts[1], counts[0]], [2500, 7500]).pvalue
    seen = f"{counts[2]}, {counts[1]}, {counts[0]} of 10,000; p = {p_value:.3f}"
    target.holds(
        "A3", "2, 1, 0 ignorants left with chances 0, 1/4, 3/4", counts[2] == 0 and p_value > 0.001, seen
    )


@pytest.mark.parametrize("failures", [1, 2, 3, 5])
@pytest.mark.parametrize("name", CLASSICAL)
def test_failed_contacts(name, failures, crowd, target):
    shares = (
        classical(name) if failures == 1 else ignorants(CLASSICAL[name].but(failures=failures), crowd, 100)
    )
    took_off = shares[shares < 0.5]
    target("A4", f"{name}, k = {failures}", theory(failures), took_off.mean(), 0.001)


NEKOVEE = Nekovee(spread=0.1, stifle=0.1, forget=1.25, degree=50.0)


def heard(rule: RumourRule, graph: SocialGraph, runs: int) -> np.ndarray:
    """Share of people who hear of it in runs that take off."""
    shares = 1 - ignorants(rule, graph, runs)
    return shares[shares > 0.1]


def test_nekovee_well_mixed(crowd, target):
    shares = heard(NEKOVEE, crowd, 400)
    target("A5", f"complete graph, k = 50, {shares.size} runs above .1", 0.6420, shares.mean(), 0.0064)


def test_nekovee_on_a_regular_network(target):
    shares = np.concatenate(
        [
            heard(NEKOVEE.but(degree=None), configuration_model(np.full(PEOPLE, 50), seed=seed), 10)
            for seed in range(1, 21)
        ]
    )
    setting = f"random 50-regular, 20 networks, {shares.size} runs above .1"
    target("A5", setting, 0.6420, shares.mean(), 0.05 * 0.6420)


def test_nekovee_dies_out(crowd, target):
    shares = 1 - ignorants(NEKOVEE.but(forget=5.5), crowd, 200)
    seen = f"largest of 200 runs: {shares.max():.4f} of all"
    target.holds("A5", "extinct at delta = 5.5 > k lambda = 5", bool(shares.max() < 0.1), seen)


def test_nekovee_on_a_network_as_another_program_has_it():
    """EoN's Gillespie_simple_contagion with the same transitions: means within four standard errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        eon = pytest.importorskip("EoN")
    network = nx.gnm_random_graph(300, 1200, seed=1)
    alone, together = nx.DiGraph(), nx.DiGraph()
    alone.add_edge("spreader", "stifler", rate=0.5)
    together.add_edge(("spreader", "ignorant"), ("spreader", "spreader"), rate=0.3)
    for who in ("spreader", "stifler"):
        together.add_edge((who, "spreader"), (who, "stifler"), rate=0.1)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 (the other program's own generator)
    theirs = []
    for _ in range(300):
        statuses = dict.fromkeys(network, "ignorant") | dict.fromkeys(range(5), "spreader")
        series = eon.Gillespie_simple_contagion(
            network, alone, together, statuses, ["ignorant", "spreader", "stifler"], tmax=math.inf
        )
        theirs.append(series[1][-1] / 300)
    rule = Nekovee(spread=0.3, stifle=0.1, forget=0.5, start=tuple(range(5)))
    ours = ignorants(rule, from_networkx(network), 2000)
    error = math.sqrt(np.var(theirs) / 300 + np.var(ours) / 2000)
    assert abs(np.mean(theirs) - ours.mean()) < 4 * error
