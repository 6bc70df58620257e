"""Ties that change, turnover, mutation and reactance beside their slow twin: equal bits at every step."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.platforms import Groups
from tests.twin.copying import Twin
from tests.twin.test_feed_twin import everything, people, scenario, step_side_by_side, talkative, weighted
from tests.twin.test_spaces_twin import weighted_crowd

MOVING = ids.ChangingTies(unfollowing=0.8, follows_per_day=3.0)
LEAVING = ids.Turnover(present_at_start=0.7, joining_per_day=0.6, leaving_per_day=0.3)
RETELLING = ids.Mutation(chance=0.4, turns_false=0.3, turns_accurate=0.2)
REACTING = ids.FeedSpread(reactance=0.6, distrust=0.6)
RECOMMENDERS = {
    "friends of friends": ids.FriendOfFriend(),
    "similar": ids.SimilarBelief(looks=6),
    "popular": ids.Popular(looks=4),
    "mix": ids.Mix(),
}


def torn(**changes) -> ids.Scenario:
    """People who disagree, on a weighted network, with groups on the second platform."""
    platforms = [
        ids.Platform(name="one", ranking=ids.Interest(), sessions_per_day=9.0, posts_per_session=8),
        ids.Platform(name="two", membership=0.8, spaces=Groups(size=8.0, per_person=2.0), horizon=20.0),
    ]
    topics = [talkative("one"), talkative("two")]
    return scenario(weighted_crowd(), platforms=platforms, topics=topics, **changes)


@pytest.mark.parametrize("name", RECOMMENDERS)
@pytest.mark.parametrize("spare", [0, 4])
def test_ties(name, spare):
    ties = MOVING.but(recommender=RECOMMENDERS[name], spare_places=spare)
    twin = step_side_by_side(torn(ties=ties), seed=5, steps=60)
    counts = twin.world.state.counts
    assert counts["ties_cut"].min() > 10
    assert counts["ties_made"].min() > 10


def test_turnover():
    twin = step_side_by_side(torn(turnover=LEAVING), seed=5, steps=72)
    assert 5 < sum(person.present for person in twin.people.values()) < 65


def test_mutation():
    twin = step_side_by_side(torn(mutation=RETELLING), seed=5)
    counts = twin.world.state.counts
    assert counts["retold"].sum() > 100
    assert counts["turned_false"].sum() > 10


def test_reactance():
    plan = everything(strength=1.3)
    calm = step_side_by_side(scenario(people(60, 8), interventions=plan), seed=2, steps=60)
    reacting = step_side_by_side(
        scenario(people(60, 8), interventions=plan, spread=REACTING), seed=2, steps=60
    )

    def lowest(twin: Twin) -> float:
        return min(line.lasting + line.short for person in twin.people.values() for line in person.lines)

    assert lowest(reacting) < lowest(calm)


def test_all_together():
    ties = MOVING.but(recommender=ids.Mix(), spare_places=2)
    plan = everything(strength=1.3, delay=0.1)
    full = torn(ties=ties, turnover=LEAVING, mutation=RETELLING, spread=REACTING, interventions=plan)
    step_side_by_side(full, seed=5, steps=84)


def test_a_ranking_that_changes_keeps_the_ties():
    population = ids.Population(graph=weighted(70, 4), sharing=0.15, providers=0.1)
    platform = ids.Platform(ranking=ids.Engagement(), sessions_per_day=9.0)

    def swap(world) -> None:
        if world.day % 1.0 < 0.5:
            world.rank(0, ids.Interest(tie_weight=2.0, homophily=1.0))

    moving = scenario(population, platforms=[platform], interventions=[swap], ties=MOVING)
    step_side_by_side(moving, seed=7, steps=84)


@pytest.mark.parametrize("name", ["reactance", "distrust"])
def test_the_comparison_notices_the_rule(name):
    def changed(twin: Twin) -> None:
        setattr(twin.rule, name, getattr(twin.rule, name) * 0.8)

    reacting = scenario(people(70, 6), interventions=everything(), spread=REACTING)
    with pytest.raises(AssertionError):
        step_side_by_side(reacting, seed=11, changed=changed)


@pytest.mark.parametrize("name", ["chance", "inherited", "turns_false"])
def test_the_comparison_notices_mutation(name):
    def changed(twin: Twin) -> None:
        assert twin.mutation is not None
        setattr(twin.mutation, name, getattr(twin.mutation, name) * 0.8)

    with pytest.raises(AssertionError):
        step_side_by_side(torn(mutation=RETELLING), seed=5, changed=changed)


@pytest.mark.parametrize("name", ["unfollowing", "follows_per_day"])
def test_the_comparison_notices_ties(name):
    def changed(twin: Twin) -> None:
        assert twin.society is not None
        twin.society.ties = MOVING.but(**{name: 0.8 * getattr(MOVING, name)})

    with pytest.raises(AssertionError):
        step_side_by_side(torn(ties=MOVING), seed=5, changed=changed)


def test_new_ties_have_no_weight():
    twin = step_side_by_side(torn(ties=MOVING), seed=5, steps=60)
    ties = twin.world.state.ties[0]
    made = {(v, u) for v, u in twin.society.made[0]} if twin.society else set()
    keys = twin.world.people.key
    who = np.repeat(np.arange(twin.world.n), np.diff(ties.indptr))
    for place in np.flatnonzero(ties.followees < twin.world.n):
        pair = int(keys[who[place]]), int(keys[ties.followees[place]])
        assert (ties.weights[place] == 0.0) == (pair in made)
