"""Tambuscio et al. 2015: how much fact-checking removes a hoax, however fast it spreads [Tambuscio2015]."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.hoax import HoaxAndFactCheck

PEOPLE, ROUNDS, SETTLING = 2000, 600, 100
CREDIBILITY, FORGET = 0.3, 0.1
THRESHOLD = 2.0 * CREDIBILITY * FORGET / (1.0 - CREDIBILITY)
PARTS = (0.3, 0.4, 0.5, 0.6, 0.7)
"""Chances to verify at which believers are counted, as shares of the threshold."""


def compute(size: Size) -> list[Estimate]:
    """The threshold at a slow and a fast hoax, and whether a hoax lives on either side of it."""
    graph = complete_graph(size.of(PEOPLE, 400))
    thresholds = [threshold(graph, spreading, size) for spreading in (0.2, 0.8)]
    sides = [Estimate(believers(graph, 0.5, part * THRESHOLD, size)[-1]) for part in (0.85, 1.15)]
    return [*thresholds, *sides]


def threshold(graph: SocialGraph, spreading: float, size: Size) -> Estimate:
    """The chance to verify at which no believer is left, by a line through what is left below it.

    Believers, as a share of those with an opinion, fall on a line in y = p_v/(p_v + p_f), the share of
    believers who leave by verifying.
    """
    verify = np.array(PARTS) * THRESHOLD
    left = [float(believers(graph, spreading, chance, size).mean()) for chance in verify]
    active = 1.0 - FORGET / (spreading + FORGET)
    leave = verify / (verify + FORGET)
    (slope, height), spread = np.polyfit(leave, np.array(left) / active, 1, cov=True)
    zero = -height / slope
    gradient = np.array([height / slope**2, -1.0 / slope])
    steepness = FORGET / (1.0 - zero) ** 2
    return Estimate(FORGET * zero / (1.0 - zero), steepness * math.sqrt(gradient @ spread @ gradient))


def believers(graph: SocialGraph, spreading: float, verify: float, size: Size) -> np.ndarray:
    """Shares of believers in each round after the first, unsettled ones."""
    rule = HoaxAndFactCheck(
        spreading=spreading, credibility=CREDIBILITY, forget=FORGET, verify=verify, order="exclusive",
        believers=graph.n // 2, checkers=graph.n // 10,
    )  # fmt: skip
    found = rule.run(graph, seed=size.seed, steps=ROUNDS)
    return found.curves["believer"][SETTLING:] / graph.n


ENTRY = Reproduction(
    name="tambuscio_2015",
    source="Tambuscio2015",
    title="How much fact-checking removes a hoax",
    setting=(
        f"Everybody sees everybody; {PEOPLE:,} people, α = {CREDIBILITY}, p_forget = {FORGET}, {ROUNDS:,} "
        "rounds. The threshold is where a line through the believers left at smaller p_verify reaches "
        "none."
    ),
    published=(
        Published("Threshold of p_verify at β = .2", THRESHOLD, "2α p_forget/(1 − α)", 0.003),
        Published("Threshold of p_verify at β = .8", THRESHOLD, "2α p_forget/(1 − α), whatever β", 0.003),
        Published("Believers at .85 of the threshold, β = .5", 0.02, "the hoax lives on", 0.0, "at least"),
        Published("Believers at 1.15 of the threshold, β = .5", 0.0, "the hoax is removed", 0.0, "at most"),
    ),
    compute=compute,
)
