"""Everybody knows everybody."""

import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import Complete, complete_graph


@pytest.mark.parametrize("n", [1, 2, 3, 57])
def test_everybody_knows_everybody(n):
    graph = complete_graph(n)
    assert graph.number_of_ties == n * (n - 1) // 2
    assert all(graph.followees(v).tolist() == [u for u in range(n) if u != v] for v in range(n))
    assert graph == SocialGraph(graph.indptr.copy(), graph.indices.copy(), directed=False)


def test_recipe():
    assert Complete(people=3).to_dict() == {"type": "complete", "people": 3}
    with pytest.raises(ParameterError, match="people"):
        Complete(people=30_001)
