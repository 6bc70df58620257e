"""Bass 1969: when sales of something new peak [Bass1969]."""

from __future__ import annotations

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size, mean_of
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.bass import Bass

PEOPLE, RUNS = 2000, 120
MEAN_DURABLE = Bass(p=0.03, q=0.38)
AIR_CONDITIONERS = Bass(p=0.010399, q=0.41861)
YEARS_AROUND = 4.0
"""Half the width of the parabola's window; as the curve is symmetric about its peak, it may be wide."""


def compute(size: Size) -> list[Estimate]:
    """Time of the peak, and the share who have adopted by then."""
    graph = complete_graph(size.of(PEOPLE, 200))
    batches = [times_of(MEAN_DURABLE, graph, size, batch) for batch in range(5)]
    peaks = [peak_of(times) for times in batches]
    shares = [
        float((times <= peak).sum()) / (graph.n * runs_of(size))
        for times, peak in zip(batches, peaks, strict=True)
    ]
    others = [peak_of(times_of(AIR_CONDITIONERS, graph, size, batch)) for batch in range(5)]
    return [mean_of(peaks), mean_of(shares), mean_of(others)]


def runs_of(size: Size) -> int:
    """Runs in a batch."""
    return size.of(RUNS, 10) // 5


def times_of(rule: Bass, graph: SocialGraph, size: Size, batch: int) -> np.ndarray:
    """Moments of all adoptions in a batch of runs; a day of the rule is a year."""
    runs = range(batch * runs_of(size), (batch + 1) * runs_of(size))
    found = [rule.run(graph, seed=size.seed, replicate=run).adoptions["time"] for run in runs]
    return np.concatenate(found).astype(float)


def peak_of(times: np.ndarray) -> float:
    """The top of a parabola through the rate of adoption, centred on itself."""
    counts, edges = np.histogram(times, bins=np.arange(0.0, 30.0, 0.25))
    middles = (edges[:-1] + edges[1:]) / 2.0
    wide = np.convolve(counts, np.ones(9), "same")
    peak = float(middles[wide.argmax()])
    for _ in range(20):
        near = np.abs(middles - peak) <= YEARS_AROUND
        bent, slope, _ = np.polyfit(middles[near], counts[near], 2)
        peak = float(-slope / (2.0 * bent))
    return peak


ENTRY = Reproduction(
    name="bass_1969",
    source="Bass1969",
    title="When adoption of something new peaks",
    setting=f"Everybody sees everybody; {PEOPLE:,} people, {RUNS} runs of each pair of coefficients.",
    published=(
        Published("Peak at p = .03, q = .38 (years)", 6.193, "T* = ln(q/p)/(p + q)", 0.02, "relative"),
        Published("Share who have adopted by then", 0.4605, "1/2 − p/(2q)", 0.02, "relative"),
        Published(
            "Peak of room air conditioners, p = .0104, q = .4186 (years)", 8.6,
            "predicted time of peak", 0.02, "relative",
        ),
    ),
    compute=compute,
)  # fmt: skip
