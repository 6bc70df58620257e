"""Who people are: shares, medians, columns of the graph; and nobody's traits hang on anybody else."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.population.base import LITERACY, ROLES, SHARE_OF_LITERACY
from infodemic_sim.population.start import starting_beliefs
from infodemic_sim.population.traits import draw_people
from infodemic_sim.randomness import Draws

N = 20_000
TRUSTS = ("peers", "providers", "fact_checkers", "platforms", "institutions")


def nobody_knows_anybody(n: int, **columns: np.ndarray | Categories) -> ids.SocialGraph:
    none = np.empty(0, np.int64)
    return ids.SocialGraph.from_ties(none, none, n, directed=True, attributes=columns)


GRAPH = nobody_knows_anybody(N)


def people_of(graph: ids.SocialGraph = GRAPH, seed: int = 4, **changes: float):
    return draw_people(ids.Population(graph=graph, **changes), graph, Draws(seed, 0))


def standard_error(share: float) -> float:
    return np.sqrt(share * (1.0 - share) / N)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shares_of_roles(seed):
    shares = {
        "patients": 0.1,
        "caregivers": 0.05,
        "providers": 0.2,
        "peer_supporters": 0.03,
        "moderators": 0.01,
        "fact_checkers": 0.02,
        "influencers": 0.04,
        "super_spreaders": 0.003,
        "bots": 0.3,
    }
    expected = [1.0 - sum(shares.values()), *shares.values()]
    found = np.bincount(people_of(seed=seed, **shares).role, minlength=len(ROLES)) / N
    for share, got in zip(expected, found, strict=True):
        assert abs(got - share) <= 4 * standard_error(share)


def test_roles_that_fill_everything():
    nobody = dict.fromkeys(("providers", "peer_supporters", "fact_checkers", "super_spreaders"), 0.0)
    roles = people_of(patients=0.5, caregivers=0.5, **nobody).role
    assert set(roles.tolist()) == {ROLES.index("patient"), ROLES.index("caregiver")}


def test_nobody_has_a_role_of_share_zero():
    assert not (people_of().role == ROLES.index("bot")).any()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shares_of_literacy(seed):
    found = np.bincount(people_of(seed=seed).literacy, minlength=len(LITERACY)) / N
    for share, got in zip(SHARE_OF_LITERACY, found, strict=True):
        assert abs(got - share) <= 4 * standard_error(share)
    assert sum(SHARE_OF_LITERACY) == pytest.approx(1.0)


def test_median_trusts():
    """Half lie below the declared median, whatever the spread; trusts do not hang together."""
    trust = people_of().trust
    for column, name in enumerate(TRUSTS):
        median = getattr(ids.Population(graph=GRAPH), f"trust_{name}")
        assert abs((trust[:, column] < median).mean() - 0.5) <= 4 * standard_error(0.5)
    correlations = np.corrcoef(trust.T)[np.triu_indices(5, 1)]
    assert (np.abs(correlations) < 4 / np.sqrt(N)).all()


def test_trust_without_spread_is_the_median():
    assert people_of(trust_providers=0.9, trust_spread=0.0).trust[:, 1] == pytest.approx(0.9)


def test_means_and_spreads():
    """Log-normal activity and sharing have the declared means; discernment rises with literacy."""
    people = people_of()
    for values, mean, spread in ((people.activity, 1.0, 0.5), (people.sharing, 0.016, 1.0)):
        error = mean * np.sqrt(np.expm1(spread**2) / N)
        assert abs(values.mean() - mean) <= 4 * error
        assert np.log(values).std() == pytest.approx(spread, abs=4 * spread / np.sqrt(2 * N))
    assert people.credulity.mean() == pytest.approx(-0.2, abs=4 * 0.5 / np.sqrt(N))
    for level in range(len(LITERACY)):
        mine = people.discernment[people.literacy == level]
        assert mine.mean() == pytest.approx(0.6 + 0.25 * (level - 2), abs=4 * 0.5 / np.sqrt(mine.size))
    assert abs((people.isolation < 0.3).mean() - 0.5) <= 4 * standard_error(0.5)
    assert (people.inattention == 1.0 - 0.4).all()
    assert (people.isolation == people.own_isolation).all()
    assert people.isolation is not people.own_isolation


def test_traits_are_those_of_the_person():
    """With fewer people, in another order, the others keep every trait, bit for bit."""
    some = np.random.default_rng(1).permutation(N)[:700]
    everyone = people_of(nobody_knows_anybody(N, key=np.arange(N) * 1.0))
    few = people_of(nobody_knows_anybody(some.size, key=some * 1.0))
    for trait in dataclasses.fields(few):
        assert np.array_equal(getattr(few, trait.name), getattr(everyone, trait.name)[some]), trait.name


def test_traits_of_replicates_differ():
    graph = ids.Population(graph=GRAPH)
    one, other = (draw_people(graph, GRAPH, Draws(4, replicate)) for replicate in (0, 1))
    assert (one.sharing != other.sharing).mean() > 0.999


# --- columns of the graph -------------------------------------------------------------------------------


def test_roles_from_a_column():
    codes = np.array([0, 1, -1, 1], np.int32)
    graph = nobody_knows_anybody(4, job=Categories(codes, ("provider", "patient")))
    people = people_of(graph, role_column="job")
    assert [ROLES[role] for role in people.role] == ["provider", "patient", "public", "patient"]


def _graph(**columns):
    return nobody_knows_anybody(4, age=np.arange(4.0), **columns)


JOBS = Categories(np.array([0, 1, 0, 1], np.int32), ("provder", "patient"))


@pytest.mark.parametrize(
    ("columns", "changes", "told", "kind"),
    [
        ({"job": JOBS}, {"role_column": "jop"}, "Did you mean 'job'", UnknownNameError),
        ({"job": JOBS}, {"role_column": "job"}, "Did you mean 'provider'", UnknownNameError),
        (
            {"job": JOBS},
            {"role_column": "age"},
            r"no categories 'age'\. Known: job\.$",
            UnknownNameError,
        ),
        ({}, {"bots": 0.9, "patients": 0.2}, "add up to 1.1", ParameterError),
        ({"key": np.array([1.0, 1.0, 2.0, 3.0])}, {}, "graph.key", ParameterError),
        ({"key": np.array([-1.0, 1.0, 2.0, 3.0])}, {}, "graph.key", ParameterError),
        ({"key": np.array([0.5, 1.0, 2.0, 3.0])}, {}, "graph.key", ParameterError),
        ({"key": np.array([np.nan, 1.0, 2.0, 3.0])}, {}, "graph.key", ParameterError),
        ({"key": np.array([1e20, 1.0, 2.0, 3.0])}, {}, "graph.key", ParameterError),
        ({"key": Categories(np.zeros(4, np.int32), ("a",))}, {}, "graph.key", ParameterError),
    ],
)
def test_mistakes_are_told(columns, changes, told, kind):
    with pytest.raises(kind, match=told):
        people_of(_graph(**columns), **changes)


@pytest.mark.parametrize(
    "bad", [{"patients": -0.1}, {"trust_peers": 1.0}, {"isolation": 0.0}, {"sharing": -1}]
)
def test_bounds(bad):
    with pytest.raises(ParameterError, match=f"Population.{next(iter(bad))}"):
        ids.Population(graph=GRAPH, **bad)


# --- beliefs at the start -------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "spread"), [(0.86, 1.0), (0.86, 3.0), (0.5, 1.0), (0.05, 0.2)])
def test_the_accurate_share_leans_to_the_accurate_position(share, spread):
    topic = ids.Topic(accurate_share=share, spread=spread)
    belief = starting_beliefs(topic, 0, GRAPH, people_of(), Draws(4, 0))
    assert abs((belief > 0).mean() - share) <= 4 * standard_error(share)
    location = spread * np.log(share / (1 - share))
    for point in (-1.0, 0.0, 1.0, 2.0):
        below = 1.0 / (1.0 + np.exp(-(point - location) / spread))
        assert abs((belief < point).mean() - below) <= 4 * standard_error(below) + 1e-12


def test_the_default_is_the_published_share():
    assert ids.Topic().accurate_share == 0.86


def test_beliefs_on_topics_are_drawn_apart():
    beliefs = [starting_beliefs(ids.Topic(), k, GRAPH, people_of(), Draws(4, 0)) for k in (0, 1)]
    assert abs(np.corrcoef(beliefs)[0, 1]) < 4 / np.sqrt(N)


def test_beliefs_from_a_column():
    column = np.array([-2.0, 0.0, 1.5, 7.0])
    graph = nobody_knows_anybody(4, doubt=column)
    topic = ids.Topic(belief_column="doubt")
    assert starting_beliefs(topic, 0, graph, people_of(graph), Draws(4, 0)).tolist() == column.tolist()
    run = ids.Run(ids.Scenario(population=ids.Population(graph=graph), topics=[topic], days=1.0), seed=1)
    assert run.world.belief().tolist() == column.tolist()


@pytest.mark.parametrize(
    ("name", "told", "kind"),
    [
        ("doubts", "Did you mean 'doubt'", UnknownNameError),
        ("town", "no numbers 'town'. Known: doubt, gap.$", UnknownNameError),
        ("gap", "row 2", ParameterError),
    ],
)
def test_mistakes_in_belief_columns_are_told(name, told, kind):
    graph = nobody_knows_anybody(
        4,
        doubt=np.zeros(4),
        gap=np.array([0.0, 1.0, np.nan, 1.0]),
        town=Categories(np.zeros(4, np.int32), ("a",)),
    )
    with pytest.raises(kind, match=told):
        starting_beliefs(ids.Topic(belief_column=name), 0, graph, people_of(graph), Draws(4, 0))
