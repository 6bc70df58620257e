"""The threshold rule of Watts: shares are exact, and cascades are global where theory says so."""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.spread.watts_threshold import WattsThreshold


@pytest.mark.parametrize(
    ("fraction", "contacts", "needed"),
    [
        (0.2, 5, 1),
        (0.2, 6, 2),
        (0.18, 5, 1),
        (0.18, 6, 2),
        (0.3, 10, 3),
        (0.6, 5, 3),
        (0.7, 10, 7),
        (1.0, 7, 7),
    ],
)
def test_a_share_is_exact(fraction, contacts, needed):
    graph = SocialGraph.from_ties([contacts] * contacts, range(contacts), contacts + 1, True)
    for active in range(1, contacts + 1):
        rule = WattsThreshold(fraction=fraction, start=tuple(range(active)))
        assert rule.run(graph, seed=1).reached == active + (active >= needed)


@pytest.mark.parametrize(("mean_degree", "spreads"), [(0.8, False), (3.0, True), (7.0, False)])
def test_global_cascades(mean_degree, spreads):
    graph = erdos_renyi(5_000, mean_degree=mean_degree, seed=1)
    sizes = WattsThreshold(fraction=0.18).sizes(graph, seed=1, replicates=500)
    assert (sizes.max() > 0.1 * graph.n) == spreads


def test_the_end_does_not_depend_on_the_order_of_updates():
    graph = erdos_renyi(400, mean_degree=4.0, seed=2)
    run = WattsThreshold(fraction=0.3, starters=40).run(graph, seed=1)
    active = set(run.adoptions["person"][:40].tolist())
    order = np.random.default_rng(1)
    while True:
        ready = [
            v
            for v in set(range(400)) - active
            if len(row := graph.followees(v)) and len(active & set(row.tolist())) / len(row) >= 0.3
        ]
        if not ready:
            break
        active.add(ready[order.integers(len(ready))])
    assert active == set(run.adoptions["person"].tolist())
    assert len(active) > 60


@pytest.mark.parametrize("fraction", [0.0, 1.5, float("nan")])
def test_fractions_out_of_range(fraction):
    with pytest.raises(ParameterError, match=r"WattsThreshold\.fraction"):
        WattsThreshold(fraction=fraction)
