"""What all rules of opinions share: where opinions come from, what is told about them, order of people."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim import testing
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.graphs import Categories, SocialGraph, erdos_renyi
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.kernels import opinion as kernels
from infodemic_sim.observe import SHOWN
from infodemic_sim.spread.deffuant import Deffuant
from infodemic_sim.spread.degroot import DeGroot
from infodemic_sim.spread.friedkin_johnsen import FriedkinJohnsen
from infodemic_sim.spread.hegselmann_krause import HegselmannKrause
from infodemic_sim.spread.opinion_rule import GAP, MAJOR, OpinionRule
from infodemic_sim.spread.voter import Voter
from tests.spread.opinion_twins import friends, ground_of, moved_about, random_graph, walked

CONTINUOUS = [
    DeGroot(self_weight=0.3),
    FriedkinJohnsen(susceptibility=0.6),
    HegselmannKrause(confidence=0.3),
    Deffuant(confidence=0.4, convergence=0.3),
]
ALL = [*CONTINUOUS, Voter()]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
def test_what_every_rule_must_be(rule):
    testing.check_rule(rule)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
@given(seed=st.integers(0, 2**32), directed=st.booleans(), pushed=st.booleans())
@settings(max_examples=25, deadline=None)
def test_order_of_people_changes_nothing(rule, seed, directed, pushed):
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 30))
    ground = ground_of(random_graph(random, n, 3 * n, directed, True), seed, random.choice(10**6, n, False))
    other, new = moved_about(ground, random)
    factors = random.choice([0.0, 0.3, 1.0, 2.5], n)
    one, rows = walked(rule, ground, 4, factors if pushed else None)
    two, moved_rows = walked(rule, other, 4, factors[np.argsort(new)] if pushed else None)
    state = "status" if isinstance(rule, Voter) else "opinion"
    assert two[state][new].tobytes() == one[state].tobytes()
    assert new[rows["person"]].tolist() == moved_rows["person"].tolist()
    assert rows[["parent", "message", "time"]].tolist() == moved_rows[["parent", "message", "time"]].tolist()


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
def test_a_factor_of_1_changes_no_bit(rule):
    random = np.random.default_rng(5)
    for directed in (False, True):
        ground = ground_of(random_graph(random, 40, 200, directed, True))
        (one, rows), (two, others) = (walked(rule, ground, 6, factors) for factors in (None, np.ones(40)))
        assert all(one[name].tobytes() == two[name].tobytes() for name in one)
        assert rows.tobytes() == others.tobytes()


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
def test_who_passes_nothing_on_moves_nobody(rule):
    ground = ground_of(random_graph(np.random.default_rng(5), 40, 200, True))
    (first, _), (last, _) = (walked(rule, ground, steps, np.zeros(40)) for steps in (0, 6))
    state = "status" if isinstance(rule, Voter) else "opinion"
    stays = FriedkinJohnsen if isinstance(rule, FriedkinJohnsen) else ()
    close = (
        1e-15 if isinstance(rule, stays) else 0.0
    )  # susceptibility + (1 - susceptibility) is 1 but for rounding
    np.testing.assert_allclose(last[state], first[state], rtol=0, atol=close)


@pytest.mark.parametrize("rule", CONTINUOUS, ids=lambda rule: type(rule).__name__)
@given(seed=st.integers(0, 2**32), directed=st.booleans())
@settings(max_examples=25, deadline=None)
def test_opinions_stay_between_their_extremes(rule, seed, directed):
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 30))
    ground = ground_of(random_graph(random, n, 3 * n, directed, True), seed)
    start = tuple(random.choice([0.0, 1.0, random.random(), 1e-300], n).tolist())
    opinion = walked(rule.but(start=start), ground, 10, random.choice([0.0, 1.0, 3.0], n))[0]["opinion"]
    ulp = 2.0**-50
    assert min(start) - ulp <= opinion.min()
    assert opinion.max() <= max(start) + ulp
    assert 0.0 <= opinion.min() <= opinion.max() <= 1.0


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
@pytest.mark.parametrize("graph", [SocialGraph.from_ties([], [], 7, False), friends(1)], ids=["apart", "one"])
def test_where_nobody_sees_anybody_nothing_happens(rule, graph):
    result = rule.run(graph, seed=3, steps=20)
    assert result.steps <= 1
    for curve in result.curves.values():
        assert (curve == curve[0]).all()


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.endless], ids=lambda rule: type(rule).__name__)
def test_rules_that_may_never_end_need_a_length(rule):
    with pytest.raises(ParameterError, match="may go on for ever: give a number of steps"):
        rule.run(complete_graph(3), seed=1)


# --- opinions at the start ------------------------------------------------------------------------------


def test_opinions_are_drawn_uniformly():
    opinion = walked(DeGroot(), ground_of(SocialGraph.from_ties([], [], 10_000, False)), 0)[0]["opinion"]
    expected = (np.arange(10_000) + 0.5) / 10_000
    distance = np.abs(np.sort(opinion) - expected).max() + 0.5 / 10_000
    assert distance < 1.95 / math.sqrt(10_000)  # Kolmogorov and Smirnov, at .001


def test_opinions_may_be_given():
    graph = friends(3, (0, 1)).with_attributes(belief=np.array([0.0, 0.25, 1.0]))
    for start, expected in [((0.0, 0.5, 1.0), (0, 0.5, 1)), ("belief", (0, 0.25, 1)), (0.7, (0.7,) * 3)]:
        arrays, _ = DeGroot(start=start).begin(ground_of(graph))
        assert tuple(arrays["opinion"]) == expected
    assert not np.shares_memory(
        DeGroot(start="belief").begin(ground_of(graph))[0]["opinion"], graph.attributes["belief"]
    )


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (
            (0.5, 1.5, 0.0),
            "DeGroot.start should be numbers from 0 to 1, or the name of a column of the graph, but got 1.5",
        ),
        (-0.1, "DeGroot.start should be numbers from 0 to 1, .* but got -0.1"),
        (math.nan, "DeGroot.start should be numbers from 0 to 1, .* but got nan"),
        (True, "DeGroot.start should be numbers from 0 to 1, .* but got True"),
        ((0.5, None, 0.5), "DeGroot.start should be numbers from 0 to 1, .* but got None"),
        ((0.5, 0.5), "DeGroot.start has 2 numbers, but the network has 3 people"),
        ("beleif", "no column of numbers 'beleif'. Did you mean 'belief'"),
        ("town", "no column of numbers 'town'"),
        ("age", "column 'age' must hold numbers from 0 to 1, but has 31"),
        ("unknown", "column 'unknown' must hold numbers from 0 to 1, but has nan"),
    ],
)
def test_opinions_that_make_no_sense(start, sentence):
    graph = friends(3, (0, 1)).with_attributes(
        belief=np.array([0.0, 0.5, 1.0]),
        age=np.array([31.0, 0.5, 1.0]),
        unknown=np.array([0.0, math.nan, 1.0]),
        town=Categories(np.zeros(3, np.int32), ("a",)),
    )
    with pytest.raises((ParameterError, UnknownNameError), match=sentence):
        DeGroot(start=start).run(graph, seed=1, steps=1)


# --- what is told about opinions ------------------------------------------------------------------------


def test_beliefs_are_log_odds_within_bounds():
    opinions = np.array([0.0, 1e-300, 0.25, 0.5, 0.75, 1.0 - 2.0**-53, 1.0])
    beliefs = DeGroot().beliefs({"opinion": opinions})
    expected = [-40.0, -40.0, -math.log(3.0), 0.0, math.log(3.0), 53 * math.log(2.0), 40.0]
    np.testing.assert_allclose(beliefs, expected, rtol=1e-15)


def test_nobody_has_a_status():
    rule = HegselmannKrause()
    assert set(SHOWN) < rule.unmeasured
    assert rule.shown_statuses({"opinion": np.zeros(4)}).tolist() == [-1] * 4


def test_a_moment_is_described():
    rule = DeGroot()
    opinion = np.repeat([0.0, 0.5, 0.505, 0.9, 1.0], [5, 3, 1, 1, 90])
    told = rule.summary({"opinion": opinion})
    assert told["mean"] == pytest.approx(opinion.mean(), abs=1e-15)
    assert told["variance"] == pytest.approx(opinion.var(), abs=1e-15)
    assert told["polarisation"] == 4.0 * told["variance"]
    assert (told["clusters"], told["major_clusters"]) == (4.0, 1.0)
    assert rule.summary({"opinion": np.repeat([0.0, 1.0], 50)})["polarisation"] == pytest.approx(1.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
@settings(deadline=None)
def test_clusters_are_single_linkage(opinions):
    """Against sorting; opinions on a grid of half gaps, where rounding cannot matter, and anywhere."""
    for values in (np.round(np.array(opinions) / 0.5**8) * 0.5**8, np.array(opinions)):
        gap = 1.5 * 0.5**8
        gaps = np.diff(np.sort(values))
        if (np.abs(gaps - gap) > 1e-12).all():
            edges = np.flatnonzero(gaps > gap) + 1
            sizes = np.diff([0, *edges, values.size])
            assert kernels.cluster_sizes(values, gap).tolist() == sizes.tolist()


def test_a_major_cluster_holds_a_tenth():
    assert (GAP, MAJOR) == (0.01, 0.1)
    moments = kernels.summary(np.repeat([0.1, 0.5, 0.9], [10, 9, 81]), GAP, MAJOR)
    assert moments[kernels.CLUSTERS] == 3
    assert moments[kernels.MAJOR] == 2


@pytest.mark.parametrize("terms", [1, 2, 3, 4, 1000, 2**31 - 1])
def test_sums_fit_into_63_bits_and_use_them(terms):
    scale = kernels.scale_for(terms)
    assert 2**60 < terms * (scale + 1.0) < 2**63 / 1.5
    assert math.log2(scale) % 1.0 == 0.0


def test_runs_of_opinions_are_their_own_curves():
    result = Deffuant(confidence=0.5).run(erdos_renyi(300, mean_degree=299, seed=1), seed=2, steps=500)
    assert isinstance(result.rule, OpinionRule)
    assert result.steps < 500
    assert result.adoptions.size == 0
    assert result.curves["major_clusters"][-1] == 1.0
    assert np.ptp(result.curves["mean"]) < 1e-12
    assert (np.diff(result.curves["variance"]) <= 1e-15).all()
