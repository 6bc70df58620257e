"""The voter rule: plain Python, who copied whom, chances to win, and the time it takes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.kernels.contacts import Ties
from infodemic_sim.kernels.draws import uniform
from infodemic_sim.kernels.opinion_meeting import somebody_seen, somebody_weighted
from infodemic_sim.spread.voter import INFORMED, MISINFORMED, Voter
from tests.spread import opinion_twins as twins
from tests.spread.opinion_twins import friends, ground_of, random_graph, walked


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("pushed", [False, True])
@pytest.mark.parametrize("keyed", [False, True])
def test_against_plain_python(directed, pushed, keyed):
    random = np.random.default_rng(8)
    keys = random.permutation(40) * 3 if keyed else None
    ground = ground_of(random_graph(random, 40, 120, directed), keys=keys)
    factors = random.choice([0.0, 0.4, 1.0, 3.0], 40) if pushed else None
    start = walked(Voter(), ground, 0)[0]["status"].tolist()
    arrays, rows = walked(Voter(), ground, 8, factors)
    status, copies = twins.voter(ground, start, 8, np.ones(40) if factors is None else factors)
    assert arrays["status"].tolist() == status
    changes = rows[40:]
    sources = rows["person"][changes["parent"]]
    assert list(zip(changes["person"], sources, changes["message"], strict=True)) == [
        copy[:3] for copy in copies
    ]
    np.testing.assert_allclose(changes["time"], [copy[3] for copy in copies], rtol=1e-6)


def test_everybody_has_their_opinion_from_somebody_who_had_it():
    result = Voter(share=0.4).run(complete_graph(50), seed=3, steps=10_000)
    rows = result.adoptions
    assert (rows["parent"][:50] == -1).all()
    assert (rows["message"][:50] == INFORMED).sum() == 20
    parents = rows["parent"][50:]
    assert (parents >= 0).all()
    assert (rows["message"][parents] == rows["message"][50:]).all()
    assert (rows["person"][parents] != rows["person"][50:]).all()
    last = dict(zip(rows["person"], rows["message"], strict=True))
    assert [last[person] for person in range(50)] == result.arrays["status"].tolist()
    assert (np.diff(rows["time"]) >= 0).all()
    assert result.steps - 1 < rows["time"][-1] <= result.steps


def test_beliefs_and_statuses():
    rule = Voter(start=(0,))
    arrays, _ = rule.begin(ground_of(friends(3, (0, 1))))
    assert arrays["status"].tolist() == [INFORMED, MISINFORMED, MISINFORMED]
    assert rule.beliefs(arrays).tolist() == [40.0, -40.0, -40.0]
    assert (rule.side(INFORMED), rule.side(MISINFORMED)) == (1, -1)
    assert rule.summary(arrays) == {"misinformed": 2.0, "informed": 1.0}


@pytest.mark.parametrize(("share", "steps"), [(0.0, 0), (1.0, 0)])
def test_where_all_agree_nothing_happens(share, steps):
    result = Voter(share=share).run(complete_graph(20), seed=1, steps=100)
    assert result.steps == steps
    assert result.curves["informed"].tolist() == [20.0 * share]


def test_components_may_end_apart():
    result = Voter(start=(0, 1)).run(friends(5, (0, 1), (2, 3)), seed=1, steps=100)
    assert result.steps == 0
    assert result.curves["informed"].tolist() == [2.0]


def test_the_hub_of_a_star_wins_half_of_the_time():
    """The chance to win is the share of entries in lists of friends: the hub stands in half of them."""
    star, runs = friends(8, *((0, leaf) for leaf in range(1, 8))), 1_000
    wins = sum(
        Voter(start=(0,)).run(star, seed=seed, steps=10_000).curves["informed"][-1] == 8
        for seed in range(runs)
    )
    assert abs(wins / runs - 0.5) < 4.0 * math.sqrt(0.25 / runs)


def test_whom_nobody_moves_wins():
    """A person who sees nobody keeps their opinion, and all others see them."""
    graph = SocialGraph.from_ties(
        *np.array([(v, u) for v in range(1, 10) for u in (0, v % 9 + 1)]).T, 10, True
    )
    for seed in range(5):
        result = Voter(start=(0,)).run(graph, seed=seed, steps=10_000)
        assert result.curves["informed"][-1] == 10


@pytest.mark.parametrize("degree", [1, 2, 3, 7, 1000])
def test_factors_of_1_choose_the_same_person(degree):
    ties = Ties(np.array([0, degree]), np.arange(degree, dtype=np.int32))
    addresses = np.random.default_rng(degree).integers(0, 2**64, 300, np.uint64)
    for address in [np.uint64(0), np.uint64(2**64 - 1), *addresses]:
        plain = somebody_seen(address, ties, 0)
        assert plain == min(int(uniform(address) * degree), degree - 1)
        assert somebody_weighted(address, ties, np.ones(degree), 0) == plain


def test_factors_are_chances_to_be_copied():
    ties = Ties(np.array([0, 4]), np.arange(4, dtype=np.int32))
    addresses = np.random.default_rng(2).integers(0, 2**64, 40_000, np.uint64)
    for factors, expected in [
        ([0.5, 0.0, 1.0, 0.5], [0.125, 0.0, 0.25, 0.125]),
        ([3.0, 1.0, 1.0, 3.0], [0.375, 0.125, 0.125, 0.375]),
    ]:
        found = [somebody_weighted(address, ties, np.array(factors), 0) for address in addresses]
        shares = np.bincount(np.array(found) + 1, minlength=5)[1:] / addresses.size
        error = np.sqrt(np.array(expected) * (1.0 - np.array(expected)) / addresses.size)
        assert (np.abs(shares - expected) <= 4.0 * error).all()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"share": 1.5}, "Voter.share"),
        ({"start": (3,)}, "Voter.start: nobody in this network of 3 has the key 3"),
    ],
)
def test_numbers_out_of_range(words, sentence):
    with pytest.raises(ParameterError, match=sentence):
        Voter(**words).run(friends(3, (0, 1)), seed=1, steps=1)
