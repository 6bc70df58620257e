"""Platforms: how rankings weigh age and reshares, who is on a platform, and whom one sees there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.platforms.ranking import (
    BUILT_IN,
    MOST_SHARES,
    chatter_law,
    chatter_times,
    popularity_table,
    race_times,
    recency_table,
)
from infodemic_sim.simulation import Run

N = 300
GRAPH = ids.scale_free(N, mean_degree=10, seed=2)
PEOPLE = ids.Population(graph=GRAPH)
TALK = ids.Topic(name="vaccines", posting=ids.Posting(public=1.0))
FEW = settings(max_examples=40, deadline=None, derandomize=True, database=None)
RANKINGS = [kind() for kind in BUILT_IN]


# --- rankings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("half_life", [0.5, 8.0, 100.0])
@pytest.mark.parametrize("hours", [0.5, 1.0, 2.0])
def test_pull_halves_with_each_half_life(half_life, hours):
    table = recency_table(ids.Ranking(half_life=half_life), 48.0, hours)
    assert table.size == 48 / hours + 1
    assert table == pytest.approx(2.0 ** (-np.arange(table.size) * hours / half_life), rel=1e-12)


def test_wu_and_huberman_halve_at_3_95_units():
    for unit in (0.25, 1.0, 6.0):
        ranking = ids.SimSoMRanking(unit_of_age=unit)
        assert ranking.recency(0.0) == 1.0
        half = (math.log(2.0) / 0.4) ** 2.5
        assert half == pytest.approx(3.95, abs=0.01)
        assert ranking.recency(half * unit) == pytest.approx(0.5, rel=1e-12)
    table = recency_table(ids.SimSoMRanking(), 24.0, 1.0)
    assert table[4] < 0.5 < table[3]


@pytest.mark.parametrize("sharpness", [0.5, 2.0])
def test_sharpness_is_a_power(sharpness):
    plain = recency_table(ids.Engagement(sharpness=1.0), 48.0, 1.0)
    assert recency_table(ids.Engagement(sharpness=sharpness), 48.0, 1.0) == pytest.approx(plain**sharpness)
    strict = recency_table(ids.Engagement(sharpness=None), 48.0, 1.0)
    assert (strict == plain).all(), "strict rankings sort by the score itself"


def test_popularity():
    shares = np.arange(MOST_SHARES)
    assert popularity_table(ids.Engagement()) == pytest.approx(1.0 + 0.5 * np.log1p(shares))
    assert popularity_table(ids.SimSoMRanking()) == pytest.approx(1.0 + shares)
    for indifferent in (ids.Ranking(), ids.Chronological()):
        assert (popularity_table(indifferent) == 1.0).all()


@pytest.mark.parametrize("ranking", RANKINGS, ids=lambda ranking: type(ranking).__name__)
@pytest.mark.parametrize("horizon", [1.0, 48.0, 240.0])
def test_every_background_post_arrives_once(ranking, horizon):
    law = chatter_law(ranking, horizon)
    assert (np.diff(law) >= 0.0).all()
    assert law[0] < 0.01
    assert law[-1] == pytest.approx(1.0, abs=1e-9)
    assert (law <= 1.0).all()
    times = chatter_times(ranking, horizon)
    assert times.size == 1025
    assert (np.diff(times) >= 0.0).all()


@FEW
@given(st.floats(0.01, 1e4), st.floats(0.1, 5.0), st.floats(0.5, 500.0))
def test_the_law_goes_to_one_whatever_the_ranking(half_life, sharpness, horizon):
    ranking = ids.Ranking(half_life=half_life, sharpness=sharpness)
    law = chatter_law(ranking, horizon)
    assert (np.diff(law) >= 0.0).all()
    if 2.0 ** (-horizon / half_life * sharpness) > 1e-250:
        assert law[-1] == pytest.approx(1.0, abs=1e-6)


def test_the_law_is_a_mean_over_ages():
    """For a pull of exp(-a / h) over a horizon H, the share by time t is the mean of 1 - exp(-t s(a))."""
    ranking, horizon = ids.Ranking(half_life=6.0), 24.0
    law, times = chatter_law(ranking, horizon), race_times(2.0**-4)
    ages = np.linspace(0.0, horizon, 200_001)
    for place in (300, 384, 420, 450):
        exact = np.trapezoid(-np.expm1(-(2.0 ** (-ages / 6.0)) * times[place]), ages) / horizon
        assert law[place] == pytest.approx(exact, rel=1e-4)


def test_a_ranking_of_your_own():
    class Flat(ids.Ranking):
        def recency(self, age):
            return 1.0

        def popularity(self, shares):
            return 2.0

    assert (recency_table(Flat(), 10.0, 1.0) == 1.0).all()
    assert (popularity_table(Flat()) == 2.0).all()
    some = ids.Scenario(population=PEOPLE, platforms=[ids.Platform(ranking=Flat())], days=1.0, warm_up=0.0)
    assert len(ids.simulate(some, seed=1).table) > 0


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: ids.Platform(ranking="engagment"), "Did you mean 'engagement'"),
        (lambda: ids.Platform(ranking={"type": "interest", "homophilly": 1.0}), "Did you mean 'homophily'"),
        (lambda: ids.Platform(membership=1.5), "Platform.membership"),
        (lambda: ids.Platform(horizon=0.0), "Platform.horizon"),
        (lambda: ids.Platform(timeline_depth=65), "Platform.timeline_depth"),
        (lambda: ids.Platform(posts_per_session=0), "Platform.posts_per_session"),
        (lambda: ids.Ranking(sharpness=0.0), "Ranking.sharpness"),
        (lambda: ids.Ranking(half_life=0.0), "Ranking.half_life"),
    ],
)
def test_mistakes_are_told(make, told):
    with pytest.raises(ParameterError, match=told):
        make()


# --- who is there, and whom one sees --------------------------------------------------------------------


def run_of(*platforms: ids.Platform, **changes) -> Run:
    plain = {"population": PEOPLE, "topics": [TALK], "days": 2.0, "warm_up": 0.0, "cascades": "trees"}
    run = Run(ids.Scenario(**{**plain, **changes}, platforms=platforms), seed=1)
    run.finish()
    return run


def active(run: Run, platform: int) -> tuple[set[int], set[int]]:
    """Who has posted, and who has read, on a platform."""
    messages = run.world.state.logs["messages"].all(None, "messages")
    posts = run.world.state.logs["posts"].all(None, "posts")
    there = messages["platform"][posts["message"]] == platform
    read = run.world.state.timelines[platform].reads.sum(axis=(1, 2)) > 0
    return set(posts["person"][there].tolist()), set(np.flatnonzero(read).tolist())


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_only_members_post_and_read(share):
    busy = ids.Platform(name="b", membership=share, sessions_per_day=40.0, chatter_per_day=0.0)
    run = run_of(ids.Platform(name="a"), busy, days=4.0)
    posted, read = active(run, 1)
    joined = len(posted | read)
    assert joined <= share * N + 4 * math.sqrt(N * share * (1 - share))
    assert joined >= 0.7 * share * N
    posted_a, read_a = active(run, 0)
    assert posted_a | read_a >= posted | read


def test_ties_of_one_platform_are_not_those_of_another():
    """Where nobody sees anybody, nobody reads; elsewhere each reader has a followee who posted."""
    none = np.empty(0, np.int64)
    lonely = ids.SocialGraph.from_ties(none, none, N, directed=True)
    other = ids.small_world(N, mean_degree=4, rewiring=0.1, seed=3)
    run = run_of(
        ids.Platform(name="a"), ids.Platform(name="b", graph=other), ids.Platform(name="c", graph=lonely)
    )
    assert active(run, 2)[0]
    assert not active(run, 2)[1]
    for place, graph in ((0, GRAPH), (1, other)):
        posted, read = active(run, place)
        assert read
        for person in read:
            assert posted & set(graph.followees(person).tolist())


def test_a_platform_knows_its_own_widest_reader():
    """The second platform's graph has readers of far higher degree than the population's."""
    star = ids.SocialGraph.from_ties(np.zeros(N - 1, int), np.arange(1, N), N, directed=True)
    narrow = ids.SocialGraph.from_ties(np.arange(N - 1), np.arange(1, N), N, directed=True)
    run = run_of(
        ids.Platform(name="a"), ids.Platform(name="b", graph=star), population=PEOPLE.but(graph=narrow)
    )
    assert active(run, 1)[1] == {0}


@pytest.mark.parametrize("n", [N - 1, N + 1])
def test_all_platforms_hold_the_same_people(n):
    smaller = ids.scale_free(n, mean_degree=6, seed=1)
    some = ids.Scenario(population=PEOPLE, platforms=[ids.Platform(), ids.Platform(name="b", graph=smaller)])
    with pytest.raises(ParameterError, match=f"'b': its graph has {n} people, but the population's has {N}"):
        Run(some, seed=1)


def test_two_platforms_of_one_name_are_refused():
    with pytest.raises(ParameterError, match="two platforms called 'network'"):
        ids.Scenario(population=PEOPLE, platforms=[ids.Platform(), ids.Platform()])


def test_people_share_their_posts_out_among_platforms():
    """Being on two platforms does not double what a person posts."""
    once, twice = (
        run_of(*(ids.Platform(name=name, sessions_per_day=0.0) for name in names), days=5.0)
        for names in (["a"], ["a", "b"])
    )
    sizes = [run.world.state.logs["messages"].all(None, "messages") for run in (once, twice)]
    assert abs(sizes[0].size - sizes[1].size) <= 4 * math.sqrt(sizes[0].size + sizes[1].size)
    assert abs((sizes[1]["platform"] == 0).sum() - sizes[1].size / 2) <= 4 * math.sqrt(sizes[1].size / 4)


@pytest.mark.parametrize("depth", [1, 2, 8])
def test_timelines_hold_their_newest_posts(depth):
    busy = TALK.but(posting=ids.Posting(public=10.0))
    run = run_of(ids.Platform(timeline_depth=depth, sessions_per_day=0.0), topics=[busy], days=1.0)
    posts = run.world.state.logs["posts"].all(None, "posts")
    line = run.world.state.timelines[0].line
    for person in range(0, N, 10):
        newest = posts["step"][posts["person"] == person][-depth:]
        steps = line[person, :, 1]
        assert sorted(steps[steps >= 0].tolist()) == newest.tolist()
