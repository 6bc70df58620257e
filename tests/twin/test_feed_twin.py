"""The feed rule and its slow twin, side by side: equal bits at every step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.kernels.layout import KINDS, LONG_AGO, POSTED, SLOT, TRUST
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.simulation import Run
from infodemic_sim.world import World
from tests.identities.extremes import SCENARIOS
from tests.twin.copying import Twin, hand_over, hand_over_posts, twin_of
from tests.twin.feed_twin import INTERVENTION, OWN, RESHARE, Spaces

STEPS = 84
ORIGINS = (OWN, RESHARE, INTERVENTION)


def bits(values) -> list[str]:
    return [float(value).hex() for value in values]


def assert_same(world: World, twin: Twin) -> None:
    """Every part of the state that the rule moves, exactly."""
    keys = list(twin.people)
    check_people(world, twin, keys)
    check_messages(world, twin, keys)
    for p in range(len(twin.platforms)):
        check_timelines(world, twin, p, keys)
    check_posts(world, twin, keys)
    check_counts(world, twin)


def check_society(world: World, twin: Twin) -> None:
    """Who follows whom, and who is there, after a step."""
    keys = list(twin.people)
    assert [person.present for person in twin.people.values()] == world.state.present.tolist()
    for p, platform in enumerate(twin.platforms):
        who, others = world.followees_of(np.arange(world.n), p)
        theirs = {(keys[v], keys[u]) for v, u in zip(who.tolist(), others.tolist(), strict=True)}
        assert len(theirs) == who.size, "nobody follows anybody twice"
        if world.setting.platforms[p].ties:
            ours = {(key, other) for key, row in platform.followees.items() for other, _ in row}
            assert ours == theirs, f"ties on platform {p}"


def check_people(world: World, twin: Twin, keys: list[int]) -> None:
    state = world.state
    rows = state.messages.slots
    seen = state.seen
    for i, key in enumerate(keys):
        person = twin.people[key]
        for k, line in enumerate(person.lines):
            ours = (line.start, line.lasting, line.short, line.readings[+1], line.readings[-1])
            assert bits(ours) == bits(state.lines[i, k]), f"belief of {key} on topic {k}"
        assert person.isolation == world.people.isolation[i]
        assert bits(person.trust.values()) == bits(world.people.trust[i])
        table = seen.pool[seen.start[i] : seen.start[i] + (1 << int(seen.bits[i]))]
        read = rows["key"][table[table != 0] - 1].tolist()
        assert sorted(read) == sorted(person.seen), f"messages read by {key}"
        for p, timelines in enumerate(state.timelines):
            assert timelines.sessions[i] == twin.sessions[p, key]
            for k in range(len(person.lines)):
                ours = [person.reads.get((p, k, side), 0) for side in (+1, -1, 0)]
                assert ours == timelines.reads[i, k].tolist()
    for ours, theirs in ((twin.watched, state.watched), (twin.heard, world.heard)):
        read = [
            (keys[person], int(rows["key"][slot]), platform) for person, slot, platform in theirs.tolist()
        ]
        assert sorted(read) == sorted(ours)


def check_messages(world: World, twin: Twin, keys: list[int]) -> None:
    rows = world.state.messages.slots
    live = rows[rows["live"] != 0]
    assert set(live["key"].tolist()) == set(twin.messages)
    for row in live:
        message = twin.messages[int(row["key"])]
        ours = {
            "author": keys.index(message.author),
            "kind": KINDS.index(message.kind),
            "source": TRUST.index(message.source),
            "origin": ORIGINS.index(message.origin),
            "correction": -1 if message.correction is None else TRUST.index(message.correction),
        }
        same = (
            "born",
            "topic",
            "side",
            "shares",
            "depth",
            "last",
            "platform",
            "labels",
            "appeal",
            "strength",
        )
        ours |= {name: getattr(message, name) for name in same}
        assert ours == {name: row[name].item() for name in ours}
    assert set(rows["key"][world.state.fresh].tolist()) == set(twin.fresh)


def check_timelines(world: World, twin: Twin, p: int, keys: list[int]) -> None:
    state, platform = world.state, twin.platforms[p]
    timelines = state.timelines[p]
    rows = state.messages.slots
    for i, key in enumerate(keys):
        depth = timelines.line.shape[1]
        oldest_first = [(int(timelines.head[i]) + k) % depth for k in range(depth)]
        theirs = []
        for place in oldest_first:
            slot, step = timelines.line[i, place, SLOT], int(timelines.line[i, place, POSTED])
            if step == LONG_AGO or twin.step - 1 - step > platform.horizon_steps:
                continue  # nothing stands there, or what no feed can show
            theirs.append((int(rows["key"][slot]), step, int(timelines.depths[i, place])))
        ours = [
            (post.message.key, post.step, post.depth)
            for post in platform.timelines.get(key, [])
            if twin.step - 1 - post.step <= platform.horizon_steps
        ]
        assert ours == theirs, f"timeline of {key} on platform {p}"
    if platform.spaces is not None:
        check_boards(world, twin, p, platform.spaces)


def check_boards(world: World, twin: Twin, p: int, spaces: Spaces) -> None:
    """What stands in each space, and on which of its timelines."""
    timelines, messages = world.state.timelines[p], world.state.messages.slots
    members, horizon = world.spaces(p), twin.platforms[p].horizon_steps
    for space, name in enumerate(members.keys.tolist()):
        theirs = []
        for number in range(members.rows):
            row = len(twin.people) + space * members.rows + number
            for place, (slot, step) in enumerate(timelines.line[row, :, [SLOT, POSTED]].T.tolist()):
                if step != LONG_AGO and twin.step - 1 - step <= horizon:
                    entry = (absorb(name, number), int(messages["key"][slot]), step)
                    theirs.append((*entry, int(timelines.depths[row, place])))
        ours = [
            (timeline, post.message.key, post.step, post.depth)
            for timeline, _, post in spaces.boards[name].posts
            if post is not None and twin.step - 1 - post.step <= horizon
        ]
        assert sorted(ours) == sorted(theirs), f"space {space} on platform {p}"
        assert timelines.turn[space] == spaces.boards[name].received


def check_posts(world: World, twin: Twin, keys: list[int]) -> None:
    messages = world.state.logs["messages"].all(None, "messages")
    posts = world.state.logs["posts"].all(None, "posts")
    name = [(int(messages["key"][m]), keys[i], int(s)) for m, _, i, s in posts.tolist()]
    theirs = {name[k]: name[parent] if parent >= 0 else None for k, parent in enumerate(posts["parent"])}
    assert len(theirs) == len(posts), "no person posts a message twice"
    assert all(parent < k for k, parent in enumerate(posts["parent"]))
    ours = {
        (post.message.key, post.person, post.step): post.parent
        and (post.parent.message.key, post.parent.person, post.parent.step)
        for post in twin.posts
    }
    assert ours == theirs


def check_counts(world: World, twin: Twin) -> None:
    counts = world.state.counts
    theirs = {
        (p, k, side - 1, ORIGINS[origin]): int(counts["posts"][p, k, side, origin])
        for p, k, side, origin in np.argwhere(counts["posts"]).tolist()
    }
    assert theirs == twin.counts
    assert counts["corrections_read"].tolist() == twin.corrections_read
    in_spaces = {
        (p, k, 1 - 2 * column): int(counts["read_in_spaces"][p, k, column])
        for p, k, column in np.argwhere(counts["read_in_spaces"]).tolist()
    }
    assert in_spaces == twin.read_in_spaces


def step_side_by_side(
    scenario: ids.Scenario,
    seed: int,
    replicate: int = 0,
    steps: int = STEPS,
    changed: Callable[[Twin], None] | None = None,
) -> Twin:
    """Both move on together, compared after each step; the twin at the end."""
    run = Run(scenario, seed=seed, replicate=replicate)
    twin = twin_of(run)
    if changed is not None:
        changed(twin)
    advance = run.runner.advance

    def both() -> None:
        if run.world.step == scenario.warm_up_steps:
            twin.start_counting()
        if scenario.interventions or scenario.mechanisms:
            hand_over(run.world, twin)
        advance()
        twin.advance()
        assert_same(run.world, twin)

    run.runner.advance = both
    for _ in range(steps):
        run.step()
        hand_over_posts(run.world, twin)
        if twin.society is not None:
            twin.society.advance()
            check_society(run.world, twin)
    return twin


def people(n: int, seed: int, **changes) -> ids.Population:
    graph = ids.erdos_renyi(n, mean_degree=9, seed=seed, **changes.pop("graph", {}))
    shares = {"providers": 0.15, "peer_supporters": 0.1, "fact_checkers": 0.05, "super_spreaders": 0.04}
    return ids.Population(graph=graph, sharing=0.15, **{**shares, **changes})


def talkative(name: str = "vaccine safety", **changes) -> ids.Topic:
    return ids.Topic(name=name, posting=ids.Posting(public=0.4, patient=0.5), accurate_share=0.6, **changes)


def weighted(n: int, seed: int) -> ids.SocialGraph:
    graph = ids.erdos_renyi(n, mean_degree=9, seed=seed)
    random = np.random.default_rng(seed)
    sources = np.repeat(np.arange(n), graph.degrees())
    weights = random.exponential(size=graph.indices.size)
    return ids.SocialGraph.from_ties(sources, graph.indices, n, True, weights=weights)


def scenario(population: ids.Population, **changes) -> ids.Scenario:
    plain = {"topics": [talkative()], "days": 5.0, "warm_up": 1.0, "cascades": "trees"}
    return ids.Scenario(population=population, **{**plain, **changes})


RANKINGS = {
    "engagement": ids.Engagement(),
    "sharp engagement": ids.Engagement(sharpness=2.5, half_life=3.0),
    "interest": ids.Interest(),
    "sharp interest": ids.Interest(sharpness=0.5, homophily=2.0),
    "chronological": ids.Chronological(),
    "strict interest": ids.Interest(sharpness=None),
    "SimSoM": ids.SimSoMRanking(),
    "sharp SimSoM": ids.SimSoMRanking(sharpness=1.5),
}


@pytest.mark.parametrize("name", RANKINGS)
def test_each_ranking(name):
    graph = weighted(70, 4)
    population = ids.Population(graph=graph, sharing=0.15, providers=0.1, super_spreaders=0.05)
    platform = ids.Platform(
        ranking=RANKINGS[name], sessions_per_day=8.0, posts_per_session=6, horizon=30.0, timeline_depth=3
    )
    twin = step_side_by_side(scenario(population, platforms=[platform]), seed=7)
    assert sum(len(person.seen) for person in twin.people.values()) > 500
    assert sum(post.parent is not None for post in twin.posts) > 100


def test_two_topics_two_platforms_and_half_hour_steps():
    second = ids.erdos_renyi(80, mean_degree=5, seed=12)
    platforms = [
        ids.Platform(name="one", ranking=ids.Interest(), membership=0.8, horizon=24.0, posts_per_session=7),
        ids.Platform(
            name="two",
            graph=second,
            ranking=ids.Chronological(),
            membership=0.6,
            sessions_per_day=14.0,
            posts_per_session=4,
            timeline_depth=2,
            chatter_per_day=2.5,
            reshare_rate=1.7,
        ),
    ]
    topics = [talkative("one"), talkative("two", conviction=2.0, appeal_of_false=1.5)]
    population = people(80, 5, graph={"directed": True})
    both = scenario(population, topics=topics, platforms=platforms, hours_per_step=0.5)
    twin = step_side_by_side(both, seed=9, replicate=3, steps=120)
    assert {message.platform for message in twin.messages.values()} == {0, 1}


def test_no_chatter_and_many_places():
    platform = ids.Platform(chatter_per_day=0.0, posts_per_session=500, sessions_per_day=12.0, horizon=12.0)
    step_side_by_side(scenario(people(60, 8), platforms=[platform]), seed=2)


def test_identities_need_not_be_positions():
    random = np.random.default_rng(3)
    keys = random.choice(2**40, 60, replace=False).astype(float)
    population = people(60, 8)
    population = population.but(graph=population.graph.with_attributes(key=keys))
    step_side_by_side(scenario(population), seed=2)


def meddle(world: World) -> None:
    """Scale what no built-in intervention scales, and demote messages."""
    few = np.arange(0, world.n, 3)
    world.levers.sessions.scale(few, 1.8)
    world.levers.posting.scale(few, 0.3)
    world.levers.reach.scale(few, 2.5)
    world.levers.sharing.scale(few + 1, 1.4)
    world.demote(world.live_messages(side=-1)[::4], 0.7)


def meddle_more(world: World) -> None:
    """Hold and release messages, tell people things in person, move traits, and change the ranking."""
    few = np.arange(1, world.n, 4)
    world.levers.discernment.add(few, 0.7)
    world.levers.credulity.add(few + 1, -0.4)
    rows = world.state.messages.slots
    live = world.live_messages()
    world.release(live[rows["held"][live] > 0][::2])
    world.hold(live[rows["key"][live] % 5 == 0])
    world.correct(live[::7], np.arange(live[::7].size) % world.n, first_voice=0.3)
    world.tell(few, 0, source="institution", strength=0.5)
    world.tell(few[::2], 0, side=-1, kind="claim", source="peer")
    if world.day % 1.0 < 0.5:
        world.rank(0, ids.AccuracyWeighted(accuracy_weight=2.0, judged_rightly=0.7))


HEALTH_CARE = {
    "privacy": ids.Privacy(correction=0.3, experience=0.5, story=0.5, feedback=0.5, trust_lost=0.3),
    "service": ids.Service(encounters_per_day=1.0, feedback=0.5),
    "experiences": ids.Experiences(patients=1.0, caregivers=1.0, providers=0.5, takes_side=0.6, reply=0.5),
    "wellbeing": ids.Wellbeing(),
}


def everything(**changes) -> list[ids.Intervention]:
    return [
        ids.AccuracyPrompt(who=ids.Share(share=0.7), uptake=0.8, lasting=30.0),
        ids.Inoculation(when=ids.Every(days=1.0)),
        ids.PeerSupport(published=0.5, isolated_above=0.2),
        ids.ProviderCorrection(published=0.5, **changes),
        ids.WarningLabel(delay=0.1, recall=0.6, false_alarm=0.1),
        ids.WarningLabel(name="second", issuer="platform", delay=0.0, who=ids.Share(share=0.5)),
    ]


def test_crowded_feeds_and_long_timelines():
    """Few places among many posts: nearly all candidates are dropped before they have run."""
    platform = ids.Platform(
        chatter_per_day=15.0, posts_per_session=2, timeline_depth=16, sessions_per_day=15.0
    )
    graph = ids.erdos_renyi(80, mean_degree=30, seed=5)
    crowd = ids.Population(graph=graph, sharing=0.5, super_spreaders=0.1)
    step_side_by_side(scenario(crowd, platforms=[platform]), seed=2, steps=72)


@settings(
    max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(SCENARIOS, st.integers(0, 2**40))
def test_extreme_parameters(some, seed):
    step_side_by_side(some, seed=seed, steps=30)


def test_nobody_visits():
    never = ids.Platform(sessions_per_day=0.0)
    step_side_by_side(scenario(people(20, 4), platforms=[never]), seed=2, steps=3)


def test_hidden_replies():
    plan = [ids.ProviderCorrection(published=1.0, visibility=0.0, strength=0.0)]
    step_side_by_side(scenario(people(60, 8), interventions=plan), seed=2)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("rule", "repetition"),
        ("rule", "isolation"),
        ("rule", "keep_readings"),
        ("platform", "bystanders"),
        ("platform", "chatter_per_followee"),
        ("platform", "homophily"),
        ("platform", "reshare_rate"),
        ("topic", "conviction"),
    ],
)
def test_the_comparison_notices(part, name):
    """A twin that differs in one constant is told apart."""

    def changed(twin: Twin) -> None:
        owner = {"rule": twin.rule, "platform": twin.platforms[0], "topic": twin.topics[0]}[part]
        setattr(owner, name, getattr(owner, name) * 0.8)

    platform = ids.Platform(ranking=ids.Interest(), sessions_per_day=12.0, posts_per_session=5)
    lively = scenario(people(70, 6), platforms=[platform], interventions=everything())
    with pytest.raises(AssertionError):
        step_side_by_side(lively, seed=11, changed=changed)


@pytest.mark.parametrize(
    "ranking",
    [ids.Engagement(), ids.Interest(), ids.Chronological(), ids.SimSoMRanking(), ids.AccuracyWeighted()],
)
def test_with_interventions(ranking):
    platforms = [
        ids.Platform(name="one", ranking=ranking, sessions_per_day=9.0, posts_per_session=8, bystanders=0.7),
        ids.Platform(name="two", membership=0.7, posts_per_session=5, horizon=20.0),
    ]
    topics = [talkative("one"), talkative("two")]
    plan = [*everything(strength=1.3, visibility=2.0, delay=0.1), meddle, meddle_more]
    full = scenario(people(80, 6), topics=topics, platforms=platforms, interventions=plan, **HEALTH_CARE)
    twin = step_side_by_side(full, seed=11, steps=96)
    origins = {message.origin for message in twin.messages.values()}
    assert origins == {OWN, INTERVENTION}
    assert sum(twin.corrections_read) > 20
    assert any(message.labels for message in twin.messages.values())
    assert twin.watched or twin.last_reads
    assert twin.world.state.counts["support_replies"][0] > 20
