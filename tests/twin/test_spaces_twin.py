"""Groups, forums and forwarding beside their slow twin: equal bits at every step."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.graphs import categories
from infodemic_sim.platforms.forwarding import Forwarding
from infodemic_sim.platforms.spaces import Communities, Forum, Groups
from infodemic_sim.world import World
from tests.twin.copying import Twin
from tests.twin.test_feed_twin import (
    HEALTH_CARE,
    everything,
    meddle,
    meddle_more,
    people,
    scenario,
    step_side_by_side,
    talkative,
)

GROUPS = Groups(size=8.0, per_person=3.0, keeps=10, to_spaces=0.6, chatter_per_day=0.5)
FORUM = Forum(share=0.7, keeps=30, to_spaces=0.8, chatter_per_day=0.05)
MESSENGER = ids.Platform(
    name="messenger",
    ties=False,
    spaces=GROUPS.but(per_person=6.0, size=10.0),
    forwarding=Forwarding(wanted=2.5, limit=3, often=2, limit_often=1),
    ranking=ids.Chronological(),
    chatter_per_day=0.0,
    timeline_depth=3,
    posts_per_session=12,
)
PLATFORMS = {
    "groups": ids.Platform(spaces=GROUPS, posts_per_session=8),
    "weighted": ids.Platform(spaces=GROUPS, ranking=ids.Interest(), posts_per_session=8, timeline_depth=2),
    "forum": ids.Platform(spaces=FORUM, ties=False, ranking=ids.SimSoMRanking(), membership=0.8),
    "forum beside ties": ids.Platform(spaces=FORUM, chatter_per_day=1.0, horizon=20.0),
    "messenger": MESSENGER,
    "forwarding beside ties": MESSENGER.but(ties=True, chatter_per_day=0.4),
    "no limits": MESSENGER.but(forwarding=Forwarding(wanted=4.0, limit=None, limit_often=None)),
    "often forbidden": MESSENGER.but(forwarding=Forwarding(often=1, limit_often=0)),
    "nothing forwarded": MESSENGER.but(forwarding=Forwarding(limit=0)),
    "one place": ids.Platform(spaces=GROUPS.but(keeps=1), ties=False, timeline_depth=1),
}


def weighted_crowd() -> ids.Population:
    graph = ids.erdos_renyi(70, mean_degree=9, seed=4)
    random = np.random.default_rng(4)
    weights = random.exponential(size=graph.indices.size)
    sources = np.repeat(np.arange(70), graph.degrees())
    keys = random.choice(2**40, 70, replace=False).astype(float)
    made = ids.SocialGraph.from_ties(sources, graph.indices, 70, True, weights=weights)
    town = categories(random.choice(["x", "y", "z"], 70).tolist())
    return ids.Population(graph=made.with_attributes(key=keys, town=town), sharing=0.3, providers=0.15)


def in_spaces(twin: Twin) -> int:
    boards = [
        board for platform in twin.platforms if platform.spaces for board in platform.spaces.boards.values()
    ]
    return sum(board.received for board in boards)


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_kind_of_space(name):
    twin = step_side_by_side(scenario(weighted_crowd(), platforms=[PLATFORMS[name]]), seed=7)
    assert in_spaces(twin) > 50
    assert sum(len(person.seen) for person in twin.people.values()) > 100
    forwarded = sum(post.parent is not None for post in twin.posts)
    assert (forwarded > 50) == (name != "nothing forwarded")


def test_communities():
    spaces = Communities(column="town", roles=("public", "provider"), keeps=20)
    platform = ids.Platform(spaces=spaces, posts_per_session=9)
    assert in_spaces(step_side_by_side(scenario(weighted_crowd(), platforms=[platform]), seed=3)) > 100


def remove(world: World) -> None:
    """Take messages down from the spaces of some people, and let people forward less."""
    for p, platform in enumerate(world.setting.platforms):
        if platform.spaces is None:
            continue
        members = world.spaces(p)
        live = world.live_messages()
        slots = np.repeat(live[world.state.messages.slots["key"][live] % 3 == 0], 2)
        spaces = np.arange(slots.size) % members.keys.size
        standing = world.stand_in(slots, p, spaces)
        world.take_down(slots[standing][::2], p, spaces[standing][::2])
        world.forwarding.limit(p, 1 + world.step % 3)
        world.forwarding.limit(p, world.step % 2, often=True)


def test_with_interventions():
    platforms = [
        PLATFORMS["groups"].but(name="one", sessions_per_day=9.0, bystanders=0.7),
        MESSENGER.but(name="two", membership=0.7),
        PLATFORMS["forum"].but(name="three", horizon=30.0),
    ]
    plan = [*everything(strength=1.3, visibility=2.0, delay=0.1), meddle, meddle_more, remove]
    full = scenario(
        people(80, 6),
        topics=[talkative("one"), talkative("two")],
        platforms=platforms,
        interventions=plan,
        **HEALTH_CARE,
    )
    twin = step_side_by_side(full, seed=11, steps=96)
    assert in_spaces(twin) > 300
    assert twin.world.state.counts["taken_down"][0] > 50
    assert sum(twin.read_in_spaces.values()) > 100


@pytest.mark.parametrize("name", ["share", "chatter_per_fellow", "wanted", "often", "limit"])
def test_the_comparison_notices(name):
    def changed(twin: Twin) -> None:
        spaces = twin.platforms[0].spaces
        setattr(
            spaces,
            name,
            2 * getattr(spaces, name) if name in ("often", "limit") else 0.7 * getattr(spaces, name),
        )

    platform = MESSENGER.but(ties=True, posts_per_session=6)
    with pytest.raises(AssertionError):
        step_side_by_side(scenario(weighted_crowd(), platforms=[platform]), seed=11, changed=changed)
