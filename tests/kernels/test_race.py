"""The race for places in a feed: sampling without replacement in proportion to score, background included."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats

import infodemic_sim as ids
from infodemic_sim.kernels.draws import absorb_all, uniform
from infodemic_sim.platforms.ranking import chatter_law
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.simulation import Run
from infodemic_sim.world import World

READERS = 20_000
LEAST = 1e-4
"""Smallest p-value that passes; seeds are fixed, so a test that passes once passes always."""
SILENT = ids.Posting(**dict.fromkeys(ids.Posting.model_fields, 0.0))


def star(authors: int) -> ids.SocialGraph:
    """Everybody else follows the first few people."""
    sources = np.repeat(np.arange(authors, authors + READERS), authors)
    targets = np.tile(np.arange(authors), READERS)
    return ids.SocialGraph.from_ties(sources, targets, authors + READERS, True)


def readings(weights: list[float], platform: ids.Platform, seed: int = 3) -> np.ndarray:
    """Who reads which of some messages that differ in visibility, in one visit: bool[visitors, messages]."""

    def publish(world: World) -> None:
        for k, weight in enumerate(weights):
            author, side = np.array([k]), np.ones(1, np.int8)
            keys = world.message_keys(author, 0, k, 0, np.zeros(1))
            world.publish(
                author,
                platform=0,
                topic=k,
                sides=side,
                kind="claim",
                keys=keys,
                appeal=np.ones(1),
                visibility=weight,
            )

    run = Run(
        ids.Scenario(
            population=ids.Population(graph=star(len(weights)), sharing=0.0, activity_spread=0.0),
            topics=[ids.Topic(name=str(k), posting=SILENT) for k in range(len(weights))],
            platforms=[platform],
            interventions=[publish],
            warm_up=0.0,
            cascades="none",
        ),
        seed=seed,
    )
    run.step()
    timelines = run.world.state.timelines[0]
    visitors = np.flatnonzero(timelines.sessions == 1)
    visitors = visitors[visitors >= len(weights)]
    return timelines.reads[visitors][:, :, 0] > 0


def chance_of_sets(weights: np.ndarray, places: int) -> dict[tuple[int, ...], float]:
    """Chance of each set of ``places`` items drawn without replacement in proportion to weight."""
    found: dict[tuple[int, ...], float] = {}
    for order in itertools.permutations(range(weights.size), places):
        chance, left = 1.0, weights.sum()
        for item in order:
            chance *= weights[item] / left
            left -= weights[item]
        found[tuple(sorted(order))] = found.get(tuple(sorted(order)), 0.0) + chance
    return found


@pytest.mark.parametrize("places", [1, 2, 3])
@pytest.mark.parametrize("sharpness", [1.0, 0.5, 2.0])
def test_the_race_draws_without_replacement(places, sharpness):
    weights = [3.0, 1.0, 0.5, 2.0, 1.5]
    platform = ids.Platform(
        ranking=ids.Engagement(sharpness=sharpness),
        chatter_per_day=0.0,
        posts_per_session=places,
        sessions_per_day=12.0,
    )
    read = readings(weights, platform)
    assert (read.sum(axis=1) == places).all()
    chances = chance_of_sets(np.array(weights) ** sharpness, places)
    sets, expected = [*chances], np.array([*chances.values()]) * len(read)
    codes = read @ (1 << np.arange(len(weights)))
    found = np.array([(codes == sum(1 << item for item in one)).sum() for one in sets])
    assert found.sum() == len(read)
    assert stats.chisquare(found, expected).pvalue > LEAST


def test_strict_rankings_show_the_top():
    platform = ids.Platform(
        ranking=ids.Chronological(), chatter_per_day=0.0, posts_per_session=2, sessions_per_day=12.0
    )
    read = readings([3.0, 1.0, 0.5, 2.0, 1.5], platform)
    assert read[:, [0, 3]].all()
    assert not read[:, [1, 2, 4]].any()


RANKINGS = [
    ids.Engagement(),
    ids.Engagement(half_life=6.0, sharpness=1.7),
    ids.Interest(half_life=30.0, homophily=0.0),
    ids.SimSoMRanking(),
    ids.Chronological(),
]


@pytest.mark.parametrize("ranking", RANKINGS, ids=repr)
def test_background_posts_take_places_as_if_they_were_stored(ranking):
    """Against brute force: each background post is given an age and races like any other."""
    weights, places, expected = [1.0, 0.3], 3, 2 * 2.0
    platform = ids.Platform(
        ranking=ranking, chatter_per_day=1.0, horizon=48.0, posts_per_session=places, sessions_per_day=12.0
    )
    read = readings(weights, platform)
    codes = read @ np.array([1, 2])
    random = np.random.default_rng(8)
    theirs = np.array([brute_force(random, ranking, weights, places, expected) for _ in range(20_000)])
    cells = np.array([np.bincount(codes, minlength=4), np.bincount(theirs, minlength=4)])
    assert stats.chi2_contingency(cells[:, cells.sum(axis=0) > 0]).pvalue > LEAST


def brute_force(
    random: np.random.Generator, ranking: ids.Ranking, weights: list[float], places: int, expected: float
) -> int:
    """Which of the stored posts are among the first places, as a bit set."""
    ages = random.uniform(0.0, 48.0, random.poisson(expected))
    power = 1.0 if ranking.sharpness is None else ranking.sharpness
    scores = np.array([*(w**power for w in weights), *(ranking.recency(age) ** power for age in ages)])
    luck = np.ones(scores.size) if ranking.sharpness is None else random.exponential(size=scores.size)
    first = np.argsort(luck / scores, kind="stable")[:places]
    return sum(1 << int(k) for k in first if k < len(weights))


@pytest.mark.parametrize("ranking", RANKINGS, ids=repr)
def test_the_law_of_background_posts(ranking):
    """Share of them ahead of a time: a mean over ages, never falling, from nothing to all."""
    law = chatter_law(ranking, 48.0)
    assert (np.diff(law) >= 0.0).all()
    assert law[0] < 1e-5
    assert law[-1] == pytest.approx(1.0, abs=1e-9)
    random = np.random.default_rng(4)
    ages = random.uniform(0.0, 48.0, 40_000)
    power = 1.0 if ranking.sharpness is None else ranking.sharpness
    rates = np.array([ranking.recency(age) for age in ages]) ** power
    luck = np.ones(ages.size) if ranking.sharpness is None else random.exponential(size=ages.size)
    for k in range(300, law.size, 37):
        share = float(np.mean(luck / rates < 2.0 ** (k / 16 - 24)))
        assert abs(share - law[k]) < 4.0 * math.sqrt(0.25 / ages.size) + 1 / 512


def test_every_background_post_arrives():
    """Also where a ranking lets posts fall so fast that the oldest score next to nothing."""
    for ranking in (ids.Engagement(half_life=4 / 3), ids.Engagement(half_life=2.0, sharpness=1.7)):
        assert chatter_law(ranking, 48.0)[-1] == pytest.approx(1.0, abs=1e-6)


def test_each_visit_is_a_new_race():
    """The same reader at two steps, or two platforms, draws anew."""
    run = Draws(1, 0)
    bases = np.array([run.base(Purpose.RACE, step, p) for step in range(200) for p in range(3)])
    reader, message = (np.full(bases.size, word, np.uint64) for word in (7, 9))
    places = absorb_all(absorb_all(bases, reader), message)
    lucks = [uniform(place) for place in places]
    assert len(set(lucks)) == len(lucks)
    assert stats.kstest(lucks, "uniform").pvalue > LEAST
