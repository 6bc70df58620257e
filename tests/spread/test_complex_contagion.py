"""Complex contagion: one voice is the independent cascade, two need close circles."""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import erdos_renyi, small_world
from infodemic_sim.spread.complex_contagion import ComplexContagion
from infodemic_sim.spread.independent_cascade import IndependentCascade


def test_one_voice_is_the_independent_cascade():
    graph = erdos_renyi(300, mean_degree=6.0, seed=1)
    one, other = ComplexContagion(threshold=1, chance=0.25), IndependentCascade(chance=0.25)
    for replicate in range(10):
        runs = [rule.run(graph, seed=1, replicate=replicate).adoptions.tobytes() for rule in (one, other)]
        assert runs[0] == runs[1]
    assert (
        one.sizes(graph, seed=1, replicates=50).tolist() == other.sizes(graph, seed=1, replicates=50).tolist()
    )


def test_wide_bridges():
    """Two neighbours who start reach all on the ring, two a round; among strangers hardly anybody."""
    ring, strangers = (small_world(1_000, mean_degree=4, rewiring=r, seed=1) for r in (0.0, 1.0))
    rule = ComplexContagion(threshold=2, start=(0, 1))
    run = rule.run(ring, seed=1)
    assert run.reached == 1_000
    assert np.diff(run.curves["active"])[:400].tolist() == [2.0] * 400
    assert rule.run(strangers, seed=1).reached < 10


@pytest.mark.parametrize("words", [{"threshold": 0}, {"threshold": 1.5}, {"chance": 1.5}, {"chance": -0.1}])
def test_parameters_out_of_range(words):
    with pytest.raises(ParameterError, match="ComplexContagion"):
        ComplexContagion(**words)


def test_more_voices_than_there_are():
    graph = erdos_renyi(50, mean_degree=6.0, seed=1)
    rule = ComplexContagion(threshold=2**31 - 1, starters=10)
    assert rule.run(graph, seed=1).reached == 10
    assert rule.sizes(graph, seed=1, replicates=3).tolist() == [10] * 3
