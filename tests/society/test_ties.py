"""Ties that change: exact rates, conservation, the verbs, the measures, and all that looks at ties."""

from __future__ import annotations

import math

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import MissingLeverError, ParameterError
from infodemic_sim.interventions import Intervention
from infodemic_sim.simulation import Run
from infodemic_sim.spread.feed_tables import sight_of
from infodemic_sim.world import World
from tests.society.worlds import begun, pairs, scenario

STILL = ids.ChangingTies(unfollowing=0.0, follows_per_day=0.0)
BUSY = ids.ChangingTies(unfollowing=0.6, follows_per_day=2.0, spare_places=2, recommender=ids.Mix())


def credence(world: World) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-world.belief()))


def chances_of_parting(world: World, unfollowing: float) -> dict[tuple[int, int], float]:
    """Chance that each pair parts in the step just made, from what was read and believed."""
    kept: dict[tuple[int, int], float] = {}
    sides, beliefs, credences = world.state.messages.slots["side"], world.belief(), credence(world)
    for reader, slot, other in world.met[0].tolist():
        if sides[slot] * beliefs[reader] < 0.0:
            distance = abs(credences[reader] - credences[other])
            kept[reader, other] = kept.get((reader, other), 1.0) * (1.0 - unfollowing * distance)
    return {pair: 1.0 - chance for pair, chance in kept.items()}


@pytest.mark.parametrize("spaces", [None, ids.Groups(size=8.0, per_person=2.0)])
def test_background_is_that_of_the_ties_of_now(spaces):
    """It is counted anew for those alone whose ties have changed, and is that of a full count."""
    run = begun(scenario(300, ties=BUSY, platforms=[ids.Platform(spaces=spaces)]))
    (before,) = [feed.chatter.copy() for feed in run.runner.feeds]
    for _ in range(40):
        run.step()
    nobody = np.empty(0, np.int32)
    run.runner.changes.count_background(0, run.runner.feeds[0], nobody)
    now = sight_of(run.world, 0, run.world.on_platform(0)).chatter
    np.testing.assert_array_equal(run.runner.feeds[0].chatter, now)
    assert (before != now).mean() > 0.5
    assert not run.runner.changes.rewired[0]


def test_people_unfollow_at_the_declared_rate():
    """The number of ties cut is a sum of independent trials whose chances are known."""
    run = begun(scenario(400, ties=STILL.but(unfollowing=0.05)))
    cut, expected, variance = 0, 0.0, 0.0
    for _ in range(100):
        before = pairs(run.world)
        run.step()
        chances = chances_of_parting(run.world, 0.05)
        gone = before - pairs(run.world)
        assert gone <= chances.keys(), "only those part who disagreed"
        cut += len(gone)
        expected += sum(chances.values())
        variance += sum(chance * (1.0 - chance) for chance in chances.values())
    assert expected > 100
    assert abs(cut - expected) < 4.0 * math.sqrt(variance)
    assert run.world.state.counts["ties_cut"][0] == cut


def test_people_follow_at_the_declared_rate():
    """With room for all, each person follows somebody in a step with the probability 1 - exp(-r dt)."""
    ties = STILL.but(follows_per_day=1.0, spare_places=60, recommender=ids.SimilarBelief(looks=40))
    run = begun(scenario(400, ties=ties), 48)
    chance = -math.expm1(-1.0 / 24.0)
    trials = 400 * 48
    made = run.world.state.counts["ties_made"][0]
    assert abs(made - trials * chance) < 4.0 * math.sqrt(trials * chance * (1.0 - chance))


@pytest.mark.parametrize("directed", [True, False])
def test_ties_are_conserved(directed):
    graph = ids.erdos_renyi(120, mean_degree=6, seed=4, directed=directed)
    run = begun(scenario(graph=graph, ties=BUSY))
    first, most = pairs(run.world), graph.degrees() + 2
    for _ in range(72):
        run.step()
        who, others = run.world.followees_of(np.arange(120))
        now = pairs(run.world)
        assert len(now) == who.size, "nobody follows anybody twice"
        assert (who != others).all(), "nobody follows themselves"
        assert (np.bincount(who, minlength=120) <= most).all()
        ties = run.world.state.ties[0]
        assert (np.bincount(others, minlength=120) == ties.followers).all()
        assert sum((u, v) in now for v, u in now) == ties.returned[0]
    counts = run.world.state.counts
    assert len(now) == len(first) + counts["ties_made"][0] - counts["ties_cut"][0]
    assert len(now - first) > 20
    assert len(first - now) > 20
    assert len(first) == graph.indices.size, "the graph of the setting stays as it was"
    assert run.world.setting.graphs[0] is graph


def test_the_measures_are_shares_of_the_ties_of_now():
    topics = [ids.Topic(name=name, posting=ids.Posting(public=0.5), accurate_share=0.6) for name in "xy"]
    run = begun(scenario(120, ties=BUSY, topics=topics, days=2.0))
    table = run.finish().table
    end = table[table.day == 2.0].set_index(["measure", "topic", "subgroup"]).value
    now, leans = pairs(run.world), [run.world.belief(k) < 0.0 for k in range(2)]
    alike = [sum(lean[v] == lean[u] for v, u in now) / len(now) for lean in leans]
    assert end["same_side", "x", "all"] == pytest.approx(alike[0], rel=1e-12)
    assert end["same_side", "all", "all"] == pytest.approx(np.mean(alike), rel=1e-12)
    returned = sum((u, v) in now for v, u in now) / len(now)
    assert end["reciprocity", "all", "all"] == pytest.approx(returned, rel=1e-12)
    assert end["ties_cut", "all", "all"] > 20


def test_unfollowing_brings_the_like_minded_together():
    """Against ties that stay, with the same draws, more ties are within a side."""

    def within(ties: ids.ChangingTies) -> float:
        table = begun(scenario(300, ties=ties)).finish().table
        return float(table[(table.measure == "same_side") & (table.day == 10.0)].value.iloc[0])

    assert within(STILL.but(unfollowing=0.5)) > within(STILL) + 0.03


# --- the verbs -----------------------------------------------------------------------------------------


def test_ties_are_cut_and_made():
    run = begun(scenario(60, ties=STILL))
    world = run.world
    v, u = min(pairs(world))
    stranger = next(w for w in range(60) if w != v and (v, w) not in pairs(world))
    before = pairs(world)
    world.add_ties(np.array([v]), np.array([stranger]))
    assert pairs(world) == before, "there is no free place"
    world.cut_ties(np.array([v, v, v]), np.array([u, u, stranger]))
    assert pairs(world) == before - {(v, u)}
    world.add_ties(np.array([v, v]), np.array([v, stranger]))
    assert pairs(world) == before - {(v, u)} | {(v, stranger)}
    assert world.state.counts["ties_cut"][0] == world.state.counts["ties_made"][0] == 1


def test_of_too_many_ties_lots_decide_and_not_order():
    found = []
    for turned in (1, -1):
        run = begun(scenario(60, ties=STILL.but(spare_places=3)))
        before = pairs(run.world)
        others = np.array([u for u in range(60) if u and (0, u) not in before])[::turned]
        run.world.add_ties(np.zeros(others.size, int), others)
        found.append(pairs(run.world) - before)
        assert len(found[-1]) == 3
    assert found[0] == found[1]


def test_who_is_cut_off_reads_nothing_of_the_other():
    """Without ties there is nothing to read; a tie that is made brings the other's posts."""
    run = begun(scenario(60, ties=STILL))
    world = run.world
    who, others = world.followees_of(np.arange(60))
    world.cut_ties(who, others)
    for _ in range(30):
        run.step()
    assert world.state.timelines[0].reads.sum() == 0
    assert run.world.state.counts["posts"].sum() > 10
    world.add_ties(np.zeros(1, int), np.array([others[0]]))
    for _ in range(24 * 5):
        run.step()
    reads = world.state.timelines[0].reads.sum(axis=(1, 2))
    assert reads[0] > 0
    assert reads[1:].sum() == 0


def test_verbs_need_ties_that_change():
    run = begun(scenario(60))
    with pytest.raises(MissingLeverError, match="ties do not change here: give it 'ties'"):
        run.world.cut_ties(np.array([0]), np.array([1]))


class Isolating(Intervention):
    """Cut all ties of some people."""

    needs = frozenset({"ties"})

    def act(self, world, people, memory):
        who, others = world.followees_of(people)
        world.cut_ties(people[who], others)


def test_interventions_cut_ties():
    plan = [Isolating(who=ids.Chosen(keys=(3, 4)))]
    with pytest.raises(MissingLeverError, match="give the scenario 'ties'"):
        scenario(60, interventions=plan)
    run = begun(scenario(60, interventions=plan, ties=STILL), 1)
    assert {v for v, _ in pairs(run.world)} == set(range(60)) - {3, 4}


# --- all that looks at ties ----------------------------------------------------------------------------


def test_targets_name_those_whom_others_follow_now():
    run = begun(scenario(100, ties=STILL.but(spare_places=40)))
    world, many = run.world, np.arange(1, 41)
    world.add_ties(many, np.zeros(many.size, int))
    assert ids.MostFollowed(share=0.01).mask(world)[0]
    who, others = world.followees_of(np.arange(100))
    kept = others == 0
    world.cut_ties(who[~kept], others[~kept])
    assert np.flatnonzero(ids.FriendsOfRandom(share=1.0).mask(world)).tolist() == [0]
    assert ids.PeerSupport(isolated_above=0.0).pairs(world, np.arange(100))[1].max() == 0


def test_a_target_by_ties_is_asked_again():
    plan = [ids.Inoculation(who=ids.MostFollowed(share=0.02), when=ids.Always())]
    run = begun(scenario(100, interventions=plan, ties=STILL.but(spare_places=60)), 1)
    treated = run.world.state.memories["inoculation"]["reached"]
    newly = int(np.flatnonzero(~treated)[0])
    people = np.arange(60)
    run.world.add_ties(people, np.full(60, newly))
    run.step()
    assert treated[newly]


def test_background_comes_from_those_who_are_followed_now():
    run = begun(scenario(60, ties=STILL), 1)
    world = run.world
    who, others = world.followees_of(np.arange(60))
    some = who % 2 == 0
    world.cut_ties(who[some], others[some])
    run.step()
    chatter = run.runner.feeds[0].chatter
    here = world.state.timelines[0].sessions > 0
    per_followee = 1.0 * 48.0 / 24.0
    degrees = np.bincount(who[~some], minlength=60)
    assert here[::2].any()
    assert here[1::2].any()
    assert (chatter[here] == per_followee * degrees[here]).all()


# --- what is refused -----------------------------------------------------------------------------------


def test_a_mix_needs_a_share_for_each():
    with pytest.raises(ParameterError, match="needs as many shares as recommenders, but has 3 for 1"):
        ids.Mix(of=[ids.Popular()])
    with pytest.raises(ParameterError, match="add up to 1"):
        ids.Mix(shares=[0.5, 0.2, 0.2])


def test_a_rule_without_feeds_has_no_ties_that_change():
    with pytest.raises(ParameterError, match="leave out ties and turnover and mutation"):
        scenario(60, spread=ids.SIR(), ties=STILL, turnover=ids.Turnover(), mutation=ids.Mutation())


class Nearest(ids.Recommender):
    """Whoever has the next key."""

    def suggest(self, world, platform, people, lots):
        order = np.argsort(world.people.key)
        place = np.empty_like(order)
        place[order] = np.arange(order.size)
        return order[(place[people] + 1) % order.size]


def test_a_recommender_of_ones_own():
    run = Run(
        scenario(80, ties=STILL.but(follows_per_day=5.0, spare_places=1, recommender=Nearest())), seed=1
    )
    before = pairs(run.world)
    for _ in range(48):
        run.step()
    new = pairs(run.world) - before
    assert new
    assert all(u == (v + 1) % 80 for v, u in new)
