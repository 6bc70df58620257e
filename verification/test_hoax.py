"""Hoax and fact-checking against mean-field theory: target A14."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph, configuration_model
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.hoax import HoaxAndFactCheck

PEOPLE = 10_000
NAMES = ("believer", "fact-checker", "susceptible")
EQUILIBRIA = {
    "synchronous": (0.27299, 0.56034, 0.16667),
    "exclusive": (0.23148, 0.60185, 0.16667),
    "sequential": (0.20690, 0.61129, 0.18182),
}
THRESHOLDS = {"synchronous": 0.09524, "exclusive": 0.08571, "sequential": 0.07895}
START = {"believers": 2500, "checkers": 5500}


@pytest.fixture(scope="module")
def crowd() -> SocialGraph:
    return complete_graph(PEOPLE)


def averages(order: str, graph: SocialGraph, rounds: int) -> list[float]:
    """Shares averaged over time, after 200 rounds."""
    curves = HoaxAndFactCheck(order=order, **START).run(graph, seed=1, steps=rounds).curves
    return [float(curves[name][200:].mean() / graph.n) for name in NAMES]


@pytest.mark.parametrize("order", EQUILIBRIA)
def test_equilibrium_well_mixed(order, crowd, target):
    found = averages(order, crowd, 1200)
    for name, expected, got in zip(NAMES, EQUILIBRIA[order], found, strict=True):
        target("A14", f"complete graph, {order}, share of {name}s", expected, got, 0.008)


@pytest.mark.parametrize("order", EQUILIBRIA)
def test_equilibrium_on_a_regular_network(order, target):
    found = averages(order, configuration_model(np.full(PEOPLE, 50), seed=1), 1200)
    for name, expected, got in zip(NAMES, EQUILIBRIA[order], found, strict=True):
        target("A14", f"random 50-regular, {order}, share of {name}s", expected, got, 0.03)


@cache
def fewer() -> SocialGraph:
    """Enough people for a sign."""
    return complete_graph(4000)


@pytest.mark.parametrize("spreading", [0.5, 0.9])
@pytest.mark.parametrize("order", THRESHOLDS)
def test_threshold(order, spreading, target):
    """Whatever beta is, verifying above the threshold removes the hoax, below it does not."""
    rule, graph = HoaxAndFactCheck(order=order, spreading=spreading, believers=200, checkers=3000), fewer()
    left = {
        factor: rule.but(verify=factor * THRESHOLDS[order])
        .run(graph, seed=1, steps=1000)
        .curves["believer"][-1]
        for factor in (0.85, 1.15)
    }
    setting = f"{order}, beta = {spreading}: believers stay at .85 p*, none at 1.15 p*"
    seen = f"{left[0.85]:.0f} and {left[1.15]:.0f} believers after 1,000 rounds"
    target.holds("A14", setting, left[0.85] > 0.01 * graph.n and left[1.15] == 0, seen)
