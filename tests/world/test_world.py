"""What a world lets plug-ins see and do, and how it keeps its house."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.errors import DuplicateKeyError, ParameterError, UnknownNameError
from infodemic_sim.kernels.layout import POSTED, SLOT, TRUST
from infodemic_sim.observe import INTERVENTION, OWN
from infodemic_sim.population.base import ROLES
from infodemic_sim.simulation import Run
from infodemic_sim.world import World
from infodemic_sim.world.log import POST_ROW, Log
from infodemic_sim.world.state import FIRST_SLOTS, Messages, flatten, restore

N = 200
GRAPH = ids.scale_free(N, mean_degree=10, seed=2)
SCENARIO = ids.Scenario(
    population=ids.Population(graph=GRAPH, providers=0.2, fact_checkers=0.1),
    topics=[ids.Topic(name="one"), ids.Topic(name="two")],
    platforms=[ids.Platform(name="a"), ids.Platform(name="b")],
    days=2.0,
    warm_up=1.0,
    cascades="trees",
)


@pytest.fixture
def world() -> World:
    return Run(SCENARIO, seed=1).world


def publish(world: World, authors: list[int], side: int = -1, **words: object) -> np.ndarray:
    who = np.array(authors)
    keys = world.message_keys(who, 0, 0, 0, np.zeros(who.size))
    sides = np.full(who.size, side, np.int8)
    plain = {"platform": 0, "topic": 0, "kind": "claim", "keys": keys, "appeal": np.ones(who.size)}
    return world.publish(who, sides=sides, **{**plain, **words})


# --- looking --------------------------------------------------------------------------------------------


def test_the_clock_starts_at_day_0(world):
    assert (world.step, world.hour, world.day) == (0, -24.0, -1.0)
    world.state.step = 24 + 36
    assert (world.hour, world.day) == (36.0, 1.5)


def test_names(world):
    assert [world.topic_index(name) for name in (None, "one", "two")] == [0, 0, 1]
    assert [world.platform_index(name) for name in (None, "a", "b")] == [0, 0, 1]
    with pytest.raises(UnknownNameError, match=r"'on' is not a topic of this scenario\. Did you mean 'one'"):
        world.topic_index("on")
    with pytest.raises(UnknownNameError, match=r"'c' is not a platform of this scenario\. Known: a, b"):
        world.platform_index("c")
    with pytest.raises(UnknownNameError, match="Did you mean 'literacy'"):
        world.partition("litercy")


def test_belief_is_the_sum_of_its_parts(world):
    world.state.lines[:, 1, :3] = [1.0, 0.5, -0.25]
    assert (world.belief(1) == 1.25).all()


# --- verbs ----------------------------------------------------------------------------------------------


def test_a_message_stands_on_its_authors_timeline(world):
    slots = publish(world, [7, 3, 9])
    rows = world.state.messages.slots[slots]
    assert (np.diff(rows["key"].astype(float)) > 0).all(), "in order of key"
    line = world.state.timelines[0].line
    for slot, author in zip(slots, rows["author"], strict=True):
        assert line[author, 0, SLOT] == slot
        assert line[author, 0, POSTED] == world.step
    assert set(rows["author"].tolist()) == {3, 7, 9}
    assert world.state.counts["posts"][0, 0, 0, INTERVENTION] == 3
    assert world.live_messages().tolist() == slots.tolist()
    assert world.live_messages(topic=1).size == world.live_messages(side=1).size == 0


def test_hidden_messages_are_counted_but_stand_nowhere(world):
    publish(world, [5], visibility=0.0)
    assert (world.state.timelines[0].line[:, :, POSTED] < 0).all()
    assert world.state.counts["posts"].sum() == 1


def test_two_messages_of_one_key_are_refused(world):
    with pytest.raises(DuplicateKeyError):
        publish(world, [5, 5])


def test_sources_follow_roles(world):
    expected = {"provider": "provider", "fact_checker": "fact_checker", "moderator": "platform"}
    for person, source in enumerate(world.sources(np.arange(N)).tolist()):
        assert TRUST[source] == expected.get(ROLES[world.people.role[person]], "peer")


def test_the_first_correction_of_a_message_stays(world):
    """Of several in one step, that of the lowest person key counts as the first."""
    slots = publish(world, [1, 2])
    provider = int(np.flatnonzero(world.people.role == ROLES.index("provider"))[-1])
    public = int(np.flatnonzero(world.people.role == ROLES.index("public"))[0])
    assert public < provider
    world.correct(slots[[0, 0]], np.array([provider, public]), 0.5)
    world.correct(slots[[0, 1]], np.array([provider, provider]), 2.0)
    rows = world.state.messages.slots[slots]
    assert [TRUST[source] for source in rows["correction"]] == ["peer", "provider"]
    assert rows["correction_strength"].tolist() == [0.5, 2.0]
    assert world.state.counts["corrections_made"].tolist() == [4, 0]


def test_eight_kinds_of_label_and_no_more(world):
    assert [world.new_label(1.0, 2) for _ in range(8)] == list(range(8))
    with pytest.raises(ParameterError, match="8 labelling interventions"):
        world.new_label(1.0, 2)
    slots = publish(world, [1])
    world.label(slots, 7)
    world.label(slots, 0)
    assert world.state.messages.slots["labels"][slots].tolist() == [129]


def test_support_of_one_person_twice(world):
    before = world.people.isolation.copy()
    world.support(np.array([4, 4, 5]), 0.5)
    assert world.people.isolation[[4, 5, 6]] == pytest.approx(before[[4, 5, 6]] * [0.25, 0.5, 1.0])
    assert world.state.counts["support_contacts"][0] == 3


@pytest.mark.parametrize("factor", [0.0, 1.0, 50.0])
def test_demoted_messages_are_read_less_and_hidden_ones_by_nobody(factor):
    def demote(world):
        if world.state.fresh.size:
            world.demote(world.state.fresh, factor)

    some = SCENARIO.but(warm_up=0.0, topics=[ids.Topic(posting=ids.Posting(public=1.0))])
    read = {}
    for name, plan in {"demoted": [demote], "as they are": []}.items():
        result = ids.simulate(some.but(interventions=plan), seed=1)
        read[name] = result.final("exposures_accurate") + result.final("exposures_false")
    if factor == 1.0:
        assert read["demoted"] == read["as they are"]
    elif factor == 0.0:
        assert read["demoted"] == 0.0
    else:
        assert read["demoted"] > read["as they are"]


def test_messages_that_have_gone_are_not_answered(world):
    slots = publish(world, [1, 2])
    keys = world.state.messages.slots["key"][slots]
    objects = np.stack([keys, slots.astype(np.uint64)], axis=1)
    assert world.standing(objects).tolist() == [True, True]
    world.state.messages.slots["live"][slots[0]] = 0
    world.state.messages.slots["key"][slots[1]] = 5
    assert world.standing(objects).tolist() == [False, False]


# --- housekeeping ---------------------------------------------------------------------------------------


def test_messages_are_forgotten_when_no_feed_can_show_them():
    """With a horizon of six hours, nothing older than a day and its horizon keeps its slot."""
    brief = ids.Platform(name="a", horizon=6.0)
    run = Run(SCENARIO.but(platforms=[brief], days=4.0), seed=1)
    for _ in range(96):
        run.step()
        rows = run.world.state.messages.slots
        live = rows["live"] != 0
        assert not live.any() or (run.world.step - rows["last"][live]).max() <= 6 + 24
        assert run.world.state.messages.free.size + live.sum() == rows.size
        assert not live[run.world.state.messages.free].any()
    assert run.world.state.messages.published[0] > 3 * live.sum()


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.lists(st.integers(0, 3 * FIRST_SLOTS), min_size=1, max_size=5))
def test_slots_are_handed_out_once(counts):
    messages = Messages()
    taken = np.concatenate([messages.take(count) for count in counts])
    assert np.unique(taken).size == taken.size == sum(counts)
    assert messages.slots.size == messages.weight.size == messages.free.size + taken.size


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.lists(st.integers(0, 1500), max_size=5))
def test_a_log_holds_what_was_written(counts):
    log, written = Log.empty(POST_ROW), []
    for count in counts:
        rows = np.zeros(count, POST_ROW)
        rows["step"] = np.arange(count) + len(written)
        log.append(rows)
        written += rows["step"].tolist()
    assert log.all(None, "posts")["step"].tolist() == written
    assert len(log) == len(written)


def test_blocks_of_a_log_follow_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr("infodemic_sim.world.log.BLOCK", 100)
    log, written = Log.empty(POST_ROW), []
    for step in range(10):
        rows = np.zeros(37, POST_ROW)
        rows["step"] = step
        log.append(rows)
        log.spill(tmp_path, "posts")
        written += [step] * 37
    assert len(list(tmp_path.glob("posts-*.npy"))) == 3
    assert log.all(tmp_path, "posts")["step"].tolist() == written
    assert len(log) == 370


def test_state_flattens_and_comes_back(world):
    publish(world, [1, 2, 3], origin=OWN)
    world.state.memories = {"a part": {"until": np.arange(3.0)}}
    flat = flatten(world.state)
    assert all(isinstance(array, np.ndarray) for array in flat.values())
    again = flatten(restore(world.state, flat))
    assert flat.keys() == again.keys()
    assert all(np.array_equal(flat[name], again[name]) for name in flat)


def test_a_copy_is_independent(world):
    other = world.state.copy()
    publish(world, [1])
    world.state.lines[:] = 7.0
    assert other.messages.published[0] == 0
    assert not (other.lines == 7.0).any()
    assert all(timelines.line.ctypes.data % 64 == 0 for timelines in other.timelines)


# --- levers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "factor", [-1.0, float("nan"), float("inf"), np.array([0.5, -0.1]), np.array([1.0, np.nan])]
)
@pytest.mark.parametrize("platform", [None, 1])
def test_what_is_no_factor_moves_no_lever(world, factor, platform):
    lever = world.levers.sharing
    with pytest.raises(
        ParameterError, match="multiplied by a factor: finite numbers ≥ 0 are needed, but got"
    ):
        lever.scale(np.array([1, 3]), factor, platform)
    if np.any(np.isnan(factor)) or np.any(np.isinf(factor)):
        with pytest.raises(ParameterError, match="moved by an amount: finite numbers are needed, but got"):
            lever.add(np.array([1, 3]), factor)
    assert lever.at_baseline


def test_a_lever_that_is_not_there_is_told_with_the_nearest(world):
    with pytest.raises(AttributeError, match=r"there is no lever 'sesions'. Did you mean 'sessions'\?"):
        world.levers.sesions.scale(slice(None), 0.5)
    assert copy.deepcopy(world.levers).sessions.at_baseline


def test_levers_return_to_their_baselines_and_keep_their_bounds(world):
    levers = world.levers
    for lever in (levers.sharing, levers.posting, levers.sessions, levers.reach, levers.accuracy_weight):
        lever.scale(np.array([1, 3]), 3.0)
        assert (lever.value != lever.baseline)[[1, 3]].all()
    levers.accuracy_weight.add(np.ones(N, bool), -2.0)
    levers.clip()
    assert levers.accuracy_weight.value.min() == 0.0
    levers.reset()
    for lever in (levers.sharing, levers.posting, levers.sessions, levers.reach, levers.accuracy_weight):
        assert (lever.value == lever.baseline).all()
    levers.inoculation.add(np.array([0]), 1.0)
    levers.label_sight.show(np.array([2]), 3)
    assert levers.label_sight.value[2] == 8
    levers.reset()
    assert not levers.inoculation.value.any()
    assert not levers.label_sight.value.any()


DOUBTING = ids.Topic(posting=ids.Posting(public=3.0, patient=3.0), accurate_share=0.5)


@pytest.mark.parametrize(
    ("lever", "measure"), [("posting", "posts_false"), ("sessions", "exposures_accurate")]
)
@pytest.mark.parametrize("factor", [0.0, 0.5, 2.0])
def test_what_a_lever_scales_follows(lever, measure, factor):
    def pull(world):
        getattr(world.levers, lever).scale(np.arange(world.n), factor)

    some = SCENARIO.but(topics=[DOUBTING], platforms=[ids.Platform()], cascades="none")
    before = ids.simulate(some, seed=1).final(measure)
    after = ids.simulate(some.but(interventions=[pull]), seed=1).final(measure)
    assert before > 150
    assert after == 0.0 if factor == 0.0 else after / before == pytest.approx(factor, rel=0.35)


def test_reach_decides_whose_posts_are_read():
    def silence(world):
        world.levers.reach.scale(np.arange(world.n), 0.0)

    result = ids.simulate(SCENARIO.but(interventions=[silence], warm_up=0.0), seed=1)
    assert result.final("posts_accurate") > 0.0
    assert result.final("exposures_accurate") == 0.0
