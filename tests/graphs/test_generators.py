"""Generators against their statistics; tolerances are standard errors, seeds are fixed."""

import math

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.graphs import (
    GRAPH_SOURCES,
    ConfigurationModel,
    ErdosRenyi,
    GraphFile,
    PlantedCommunities,
    ScaleFree,
    SimsomGraph,
    SmallWorld,
    SocialGraph,
    WithCommunities,
    configuration_model,
    describe,
    erdos_renyi,
    graph_source,
    planted_communities,
    scale_free,
    simsom_graph,
    small_world,
)
from infodemic_sim.graphs.like import labelled

RECIPES = [
    ErdosRenyi(people=300, mean_degree=7, seed=5),
    ErdosRenyi(people=300, mean_degree=7, directed=True, seed=5),
    SmallWorld(people=300, mean_degree=6, rewiring=0.2, seed=5),
    ScaleFree(people=300, mean_degree=7, seed=5),
    ScaleFree(people=300, mean_degree=7, triads=0.7, seed=5),
    ConfigurationModel(degrees=[3, 2, 2, 1] * 50, seed=5),
    ConfigurationModel(degrees=[3, 2, 2, 1] * 50, followers=[0, 4, 2, 2] * 50, seed=5),
    PlantedCommunities(people=300, sizes=[100, 150, 50], mean_degree=8, homophily=0.75, seed=5),
    SimsomGraph(people=300, mean_degree=5, closure=0.5, seed=5),
]
GOLDEN = [
    "f26fe43bb5dc51c0544bcc56f26f7b3d",
    "b8173df932fcbfb847c4b1be084eec1e",
    "0dc30ddef06567cf8ed93a6d3e1da289",
    "ee2c8756b4c92cfc5643ffddf2cc14f8",
    "643a8399949a980dd128ee48a7281f19",
    "e8fbd23209bf8cd2f02df1881b159999",
    "0f582651455d1de667b7df2c381b2718",
    "ee5cb42ea5fbbaa15453a5ff76895c05",
    "8a28534e1c0d578c3432f0dbe687e8ed",
]


@pytest.mark.parametrize(("recipe", "digest"), list(zip(RECIPES, GOLDEN, strict=True)))
def test_equal_recipes_give_equal_graphs_everywhere(recipe, digest):
    assert recipe.build().digest() == digest


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_recipes_give_proper_graphs_and_depend_on_the_seed(recipe):
    graph = recipe.build()
    SocialGraph(graph.indptr, graph.indices, graph.weights, graph.directed, graph.attributes)
    assert graph == recipe.build()
    assert graph != recipe.but(seed=6).build()
    assert graph.report.source == recipe.type_name


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_recipes_are_written_and_read(recipe):
    written = recipe.to_dict()
    made = graph_source(written.pop("type"))(**written)
    assert made == recipe
    assert hash(made) == hash(recipe)


def test_every_source_has_a_name_of_its_own():
    assert len({source.type_name for source in GRAPH_SOURCES}) == len(GRAPH_SOURCES) == 10
    assert graph_source("scale_free") is ScaleFree
    with pytest.raises(UnknownNameError, match="Did you mean 'scale_free'"):
        graph_source("scalefree")


@pytest.mark.parametrize("seed", [0, 2**63 - 1])
def test_any_seed_will_do(seed):
    assert erdos_renyi(50, mean_degree=4, seed=seed).number_of_ties == 100


# Erdős–Rényi: exactly M ties; degrees of friendships are hypergeometric, near binomial.
@pytest.mark.parametrize("directed", [False, True])
def test_erdos_renyi(directed):
    n, mean = 20_000, 10
    graph = erdos_renyi(n, mean_degree=mean, directed=directed, seed=2)
    assert graph.number_of_ties == n * mean // (1 if directed else 2)
    degrees = graph.degrees()
    variance = mean * (1 - mean / (n - 1))
    standard_error = math.sqrt((2 * variance**2 + variance) / n)  # of a Poisson's sample variance
    assert abs(degrees.var() - variance) < 4 * standard_error
    expected = mean / (n - 1) if not directed else 2 * mean / (n - 1)
    assert abs(describe(graph).clustering - expected) < 5 * math.sqrt(expected / (n * mean**2 / 2))


@pytest.mark.parametrize(("n", "directed"), [(2, False), (7, False), (8, False), (6, True)])
def test_erdos_renyi_can_be_complete_and_draws_every_pair_alike(n, directed):
    full = erdos_renyi(n, mean_degree=n - 1, directed=directed, seed=1)
    pairs = n * (n - 1) // (1 if directed else 2)
    assert full.number_of_ties == pairs
    rounds = 2_000
    seen = np.zeros((n, n))
    for seed in range(rounds):
        one = erdos_renyi(n, mean_degree=1 / n if directed else 2 / n, directed=directed, seed=seed)
        assert one.number_of_ties == 1
        seen[np.flatnonzero(one.degrees())[0], one.indices[0]] += 1
    counts = seen[~np.eye(n, dtype=bool)] if directed else seen[np.triu_indices(n, 1)]
    chi_square = ((counts - rounds / pairs) ** 2 / (rounds / pairs)).sum()
    assert counts.sum() == rounds
    assert chi_square < (pairs - 1) + 5 * math.sqrt(2 * max(pairs - 1, 1))


# Watts–Strogatz: clustering 3 (k − 2) / 4 (k − 1) at 0, times (1 − p)³ when rewired, to order 1 / n.
@pytest.mark.parametrize("rewiring", [0.0, 0.1, 1.0])
def test_small_world(rewiring):
    n, degree = 10_000, 10
    graph = small_world(n, mean_degree=degree, rewiring=rewiring, seed=3)
    assert graph.number_of_ties == n * degree // 2
    assert graph.degrees().min() >= degree // 2
    lattice = 3 * (degree - 2) / (4 * (degree - 1))
    assert describe(graph).clustering == pytest.approx(lattice * (1 - rewiring) ** 3, abs=0.01)
    far = np.abs(np.repeat(np.arange(n), graph.degrees()) - graph.indices)
    moved = (np.minimum(far, n - far) > degree // 2).sum() / 2
    ties = n * degree / 2
    stay_or_land_near = ties * rewiring * (2 * degree + 1) / n
    spread = 4 * math.sqrt(ties * rewiring * (1 - rewiring) + stay_or_land_near)
    assert abs(moved - ties * rewiring) <= spread + stay_or_land_near


# Barabási–Albert: P(k) = 2 m (m + 1) / (k (k + 1) (k + 2)) in the limit.
def test_scale_free_degrees():
    n, m = 100_000, 4
    graph = scale_free(n, mean_degree=2 * m, seed=4)
    core = m + 1
    assert graph.number_of_ties == core * m // 2 + (n - core) * m
    degrees = graph.degrees()
    assert degrees.min() == m
    for degree in (m, m + 1, m + 2, 10):
        share = 2 * m * (m + 1) / (degree * (degree + 1) * (degree + 2))
        found = (degrees == degree).mean()
        assert abs(found - share) < 4 * math.sqrt(share * (1 - share) / n)
    assert degrees.max() > 20 * m


@pytest.mark.parametrize("mean_degree", [2, 5, 7.5])
def test_scale_free_mean_degree_may_be_any_number(mean_degree):
    n = 20_000
    graph = scale_free(n, mean_degree=mean_degree, seed=1)
    share = mean_degree / 2 % 1
    standard_error = 2 * math.sqrt(share * (1 - share) / n)
    core_effect = (mean_degree / 2 + 2) ** 2 / n
    assert abs(graph.degrees().mean() - mean_degree) < 4 * standard_error + core_effect


def test_triads_raise_clustering():
    found = [
        describe(scale_free(2_000, mean_degree=10, triads=triads, seed=1)).clustering
        for triads in (0, 0.5, 1)
    ]
    assert found[0] < 0.05
    assert found == sorted(found)
    assert found[2] > 0.3


def test_smallest_scale_free_graph():
    assert scale_free(4, mean_degree=2, triads=1.0, seed=1).number_of_ties == 3


# Configuration model: about (⟨k²⟩ / ⟨k⟩ − 1) / 2 self-loops, and half its square of repeats.
def test_configuration_model():
    degrees = np.array([1, 2, 3, 10] * 2_500)
    graph = configuration_model(degrees, seed=6)
    lost = degrees - graph.degrees()
    assert (lost >= 0).all()
    assert lost.sum() == 2 * (graph.report.duplicates + graph.report.self_loops)
    loops = ((degrees**2).mean() / degrees.mean() - 1) / 2
    assert abs(graph.report.self_loops - loops) < 4 * math.sqrt(loops)
    assert abs(graph.report.duplicates - loops**2) < 4 * math.sqrt(loops**2)


def test_configuration_model_of_follows():
    degrees, followers = [0, 1, 2, 3] * 200, [3, 2, 1, 0] * 200
    graph = configuration_model(degrees, followers=followers, seed=6)
    assert graph.directed
    assert (graph.degrees() <= degrees).all()
    assert (graph.followers().degrees() <= followers).all()
    assert graph.number_of_ties == sum(degrees) - graph.report.duplicates - graph.report.self_loops


@pytest.mark.parametrize("directed", [False, True])
def test_planted_communities(directed):
    n, mean, homophily = 3_000, 12, 0.8
    graph = planted_communities(
        n, communities=7, mean_degree=mean, homophily=homophily, directed=directed, seed=7
    )
    ties = n * mean // (1 if directed else 2)
    community = graph.attributes["community"].codes
    sources = np.repeat(np.arange(n), graph.degrees())
    inside = (community[sources] == community[graph.indices]).sum() // (1 if directed else 2)
    assert graph.number_of_ties == ties
    assert inside == round(homophily * ties)
    assert sorted(np.bincount(community)) == [428, 428, 428, 429, 429, 429, 429]
    spread = math.sqrt(mean / 429)
    for group in range(7):
        assert abs(graph.degrees()[community == group].mean() - mean) < 4 * spread


def test_dense_communities_cluster_like_friends_on_facebook():
    graph = planted_communities(4_000, communities=70, mean_degree=43.7, homophily=0.92, seed=1)
    assert 0.5 < describe(graph).clustering < 0.7


# SimSoM: newcomers follow exactly m; with closure 0 the followers of the i-th person are a sum of
# independent chances, m / j for each newcomer j > i.
def test_simsom_graph():
    n, follows = 20_000, 5
    graph = simsom_graph(n, mean_degree=follows, closure=0.0, seed=8)
    assert graph.degrees()[:follows].tolist() == [follows - 1] * follows
    assert (graph.degrees()[follows:] == follows).all()
    assert (
        graph.indices[graph.indptr[follows] :]
        < np.repeat(np.arange(n), graph.degrees())[graph.indptr[follows] :]
    ).all()
    followers = graph.followers().degrees()
    for person in (100, 1_000, 10_000):
        around = followers[person : person + 50]
        expected = follows * math.log(n / person)
        assert abs(around.mean() - expected) < 4 * math.sqrt(expected / 50) + 0.1


def test_closure_makes_friends_of_friends_friends():
    open_circle, closed = (simsom_graph(5_000, mean_degree=5, closure=p, seed=1) for p in (0.0, 0.9))
    assert describe(closed).clustering > 10 * describe(open_circle).clustering
    assert closed.followers().degrees().max() > open_circle.followers().degrees().max()


def test_simsom_with_one_friend_is_a_tree():
    graph = simsom_graph(100, mean_degree=1, seed=1)
    assert graph.number_of_ties == 99
    assert describe(graph).components == 1


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: scale_free(10, mean_degree=9, seed=1), "mean_degree must be from 2 to below people - 1 = 9"),
        (lambda: scale_free(10, mean_degree=1, seed=1), "mean_degree must be from 2"),
        (lambda: scale_free(10, mean_degree=4, triads=1.5, seed=1), "ScaleFree.triads should be less than"),
        (lambda: scale_free(0, mean_degree=4, seed=1), "ScaleFree.people"),
        (lambda: scale_free(10, mean_degree=4, seed=-1), "ScaleFree.seed"),
        (lambda: ScaleFree(people=10, mean_degree=4), "seed is required"),
        (lambda: erdos_renyi(10, mean_degree=10, seed=1), "at most people - 1 = 9"),
        (lambda: small_world(10, mean_degree=3, rewiring=0, seed=1), "must be even"),
        (lambda: small_world(10, mean_degree=10, rewiring=0, seed=1), "at most people - 1"),
        (lambda: configuration_model([1, 2], seed=1), "degrees must be from 0 to 1 people, but got 2"),
        (lambda: configuration_model([1, 1, 1], seed=1), "even number, but got 3"),
        (lambda: configuration_model([], seed=1), "at least one person"),
        (lambda: configuration_model([1, 1], followers=[1, 0], seed=1), "with the same sum"),
        (lambda: planted_communities(9, mean_degree=2, homophily=0.5, seed=1), "give either sizes"),
        (
            lambda: planted_communities(9, sizes=[4, 4], mean_degree=2, homophily=0.5, seed=1),
            "add up to people = 9",
        ),
        (
            lambda: planted_communities(9, sizes=[3, 3, 3], mean_degree=3, homophily=1.0, seed=1),
            "ask for 27 ties inside communities",
        ),
        (
            lambda: planted_communities(9, sizes=[9], mean_degree=3, homophily=0.5, seed=1),
            "ties between communities",
        ),
        (lambda: simsom_graph(3, mean_degree=3, seed=1), "below people = 3"),
    ],
)
def test_mistakes_are_told_in_one_sentence(make, message):
    with pytest.raises(ParameterError) as caught:
        make()
    assert message in str(caught.value)


def test_graph_file_is_a_source(write):
    ties = write("ties.txt", "10 20\n20 30\n10 30\n10 20\n")
    roles = write("roles.csv", "id,role,age\n10,a,1\n20,b,2\n30,a,3\n")
    recipe = GraphFile(path=str(ties), directed=True, direction="seen_by", attributes=str(roles))
    graph = recipe.build()
    assert graph.labels is None
    assert graph.directed
    assert graph.followees(2).tolist() == [0, 1]
    assert graph.attributes["role"].values() == ["a", "b", "a"]
    assert graph.attributes["age"].tolist() == [1, 2, 3]
    assert recipe.but(keep_labels=True).build().labels.tolist() == [10, 20, 30]
    written = recipe.to_dict()
    assert graph_source(written.pop("type"))(**written) == recipe


def test_names_are_kept_whatever_is_made_from_a_file(write):
    recipe = GraphFile(path=str(write("ties.txt", "ann bob\nbob cyd\ncyd dan\ndan eve\n")))
    inner = WithCommunities(graph=recipe, seed=1)
    for source in (recipe, inner, WithCommunities(graph=inner, column="again", seed=1)):
        assert source.build().labels is None
        assert labelled(source).build().labels.tolist() == ["ann", "bob", "cyd", "dan", "eve"]
    graph = recipe.build()
    assert labelled(graph) is graph
