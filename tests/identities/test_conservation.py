"""What must hold in every run, whatever the parameters: checked on random small scenarios."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.codebook import CODEBOOK
from infodemic_sim.kernels.layout import LASTING, SHORT
from infodemic_sim.observe import INTERVENTION
from infodemic_sim.simulation import Run
from infodemic_sim.world import World
from tests.identities.extremes import SCENARIOS
from tests.identities.small import GROUPS, SHARES, all_built_in, finished, graph, scenario, slots_read, topic

QUICK = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
SHARES_IN_0_1 = [
    measure.name for measure in CODEBOOK if measure.unit == "share" and measure.name != "discernment"
]


@QUICK
@given(SCENARIOS, st.integers(0, 2**40))
def test_numbers_stay_within_their_bounds(some, seed):
    table, world = finished(some, seed=seed)
    values = table[table.measure.isin(SHARES_IN_0_1)].value.dropna()
    assert values.between(0.0, 1.0).all()
    assert table[table.measure == "discernment"].value.dropna().between(-1.0, 1.0).all()
    assert np.isfinite(world.state.lines).all()
    assert (world.state.lines[:, :, 3:] >= 0.0).all()
    assert ((world.people.isolation >= 0.0) & (world.people.isolation <= 1.0)).all()
    check_bound(world, some.spread)


def check_bound(world: World, rule: ids.FeedSpread) -> None:
    """|b - b0| is at most B and one step, that of the strongest reply or conversation."""
    moved = np.abs(world.state.lines[:, :, LASTING] + world.state.lines[:, :, SHORT])
    step = max(rule.persuasion_claim, rule.persuasion_correction, rule.persuasion_experience)
    strongest = max(getattr(part, "strength", 1.0) for part in all_built_in())
    assert moved.max() <= (rule.bound + strongest * step) * (1 + 1e-12)


@QUICK
@given(SCENARIOS, st.integers(0, 2**40))
def test_compartments_hold_everybody(some, seed):
    """And nobody decides twice at once; all in exact integers."""
    _, world = finished(some, seed=seed)
    records = world.state.records
    assert np.array_equal(records["compartments"].sum(axis=1), records["persons"])
    assert (records["uptake"] + records["adverse_choices"] <= records["persons"][:, None]).all()
    assert (records["compartments"] >= 0).all()


@QUICK
@given(SCENARIOS, st.integers(0, 2**40))
def test_cascades_are_trees(some, seed):
    run = Run(some, seed=seed)
    known = [ties_of(run.world, p) for p in range(2)]
    for _ in range(some.steps):
        run.step()
        for p, ever in enumerate(known):
            ever |= ties_of(run.world, p)
    world = run.world
    messages = world.state.logs["messages"].all(None, "messages")
    log = world.state.logs["posts"].all(None, "posts")
    parent, child = log["parent"], np.flatnonzero(log["parent"] >= 0)
    above = parent[child]
    assert (above < child).all(), "parents stand before their children"
    assert (log["message"][above] == log["message"][child]).all(), "a cascade is of one message"
    roots = np.flatnonzero(parent < 0)
    assert sorted(log["message"][roots]) == list(range(messages.size)), "each message has one root"
    assert (log["person"][roots] == messages["author"][log["message"][roots]]).all()
    assert len({*zip(log["message"].tolist(), log["person"].tolist(), strict=True)}) == log.size, (
        "posted once"
    )
    published_before_reading = messages["origin"][log["message"][above]] == INTERVENTION
    waited = log["step"][child] - log["step"][above]
    assert (waited >= np.where(published_before_reading, 0, 1)).all(), "parents are older"
    assert_known(world, log, messages, child, above, known)


def ties_of(world: World, p: int) -> set[tuple[int, int]]:
    """Who follows whom now."""
    who, others = world.followees_of(np.arange(world.n), p)
    return {*zip(who.tolist(), others.tolist(), strict=True)}


def assert_known(world: World, log, messages, child, above, known) -> None:
    """Whoever passes something on has followed whom they have it from, or is in a space with them."""
    platform = messages["platform"][log["message"][child]]
    for p, ties in enumerate(known):
        here = platform == p
        found = {*zip(log["person"][child[here]].tolist(), log["person"][above[here]].tolist(), strict=True)}
        in_sight = ties if world.setting.platforms[p].ties else set()
        assert found <= in_sight | fellows(world, p)


def fellows(world: World, p: int) -> set[tuple[int, int]]:
    """Pairs of people who are in one space."""
    if world.members[p] is None:
        return set()
    member, spaces = world.spaces(p).of(np.arange(world.n))
    rooms = [member[spaces == space].tolist() for space in np.unique(spaces)]
    return {pair for room in rooms for pair in itertools.permutations(room, 2)}


@QUICK
@given(SCENARIOS, st.integers(0, 2**40))
def test_counters_agree_with_each_other(some, seed):
    table, world = finished(some, seed=seed)
    end = table[(table.day == table.day.max()) & (table.subgroup == "all")].drop(columns=["day", "subgroup"])
    value = end.set_index(["measure", "platform", "topic"]).value
    for name in (
        "exposures_false",
        "exposures_accurate",
        "posts_false",
        "reshares_false",
        "reshares_accurate",
    ):
        parts = [value[name, p, k] for p in ("a", "b") for k in ("one", "two")]
        assert value[name, "all", "all"] == sum(parts)
    messages = world.state.logs["messages"].all(None, "messages")
    log = world.state.logs["posts"].all(None, "posts")
    side = messages["side"][log["message"]]
    for name, sign in (("false", -1), ("accurate", 1)):
        assert value[f"reshares_{name}", "all", "all"] == ((log["parent"] >= 0) & (side == sign)).sum()
    rows = world.state.messages.slots[world.live_messages()]
    posts_of = np.bincount(log["message"], minlength=messages.size)
    assert (posts_of[rows["serial"]] == rows["shares"] + 1).all()


@QUICK
@given(SCENARIOS, st.integers(0, 2**40))
def test_exposures_are_posts_seen(some, seed):
    """Before anything is forgotten, what was counted is what people remember having read, each once."""
    run = Run(some, seed=seed)
    for _ in range(24):
        run.step()
    world = run.world
    side = world.state.messages.slots["side"]
    author, origin = (world.state.messages.slots[name] for name in ("author", "origin"))
    of_plan = int(world.state.counts["corrections_read"].sum())
    counted = sum(timelines.reads.sum(axis=1, dtype=np.int64) for timelines in world.state.timelines)
    for person in range(world.n):
        slots = slots_read(world, person)
        assert [(side[slots] > 0).sum(), (side[slots] < 0).sum()] == counted[person, :2].tolist()
        of_plan += int((origin[slots] == INTERVENTION).sum())
        assert slots.size == world.state.seen.count[person]
        assert person not in author[slots], "nobody reads what they wrote"
    assert counted[:, 2].sum() == of_plan, "posts of interventions, and corrections on posts"
    run.close()


@QUICK
@given(SCENARIOS, st.integers(0, 2**40))
def test_parts_of_a_partition_sum_to_all(some, seed):
    table, _ = finished(some, seed=seed)
    for name in ("exposures_false", "exposures_accurate"):
        rows = table[table.measure == name]
        whole = rows[rows.subgroup == "all"].value.sum()
        for partition in ("role", "literacy"):
            assert rows[rows.subgroup.str.startswith(f"{partition}=")].value.sum() == whole


def test_sizes_and_trees_tell_the_same_cascades():
    from infodemic_sim.measures.cascades import metrics

    plans = [scenario(cascades=kept, days=6.0, interventions=all_built_in()) for kept in ("sizes", "trees")]
    found = [metrics(plan, finished(plan)[1]) for plan in plans]
    shapes = [sorted(zip(m["side"], m["topic"], m["size"], m["depth"], strict=True)) for m in found]
    assert shapes[0] == shapes[1]
    assert max(size for _, _, size, _ in shapes[0]) > 5


CORNERS = [*itertools.product((0.05, 20.0), (0.0, 1.0), (1e-3, 1e9))]


@pytest.mark.parametrize(("bound", "lasting_share", "saturation"), CORNERS)
def test_beliefs_do_not_run_away_in_a_year(bound, lasting_share, saturation):
    """The loop belief → perceived veracity → belief, at the corners of the bounds and at its steepest."""
    half_life = 0.5 if saturation > 1.0 else 5000.0
    rule = ids.FeedSpread(
        congruence=5.0,
        repetition=5.0,
        bound=bound,
        saturation=saturation,
        lasting_share=lasting_share,
        short_half_life=half_life,
        lasting_half_life=5000.0 / half_life,
        reading_half_life=5000.0,
        persuasion_claim=20.0,
        persuasion_correction=20.0,
    )
    eager = scenario(
        graph(20),
        spread=rule,
        days=365.0,
        warm_up=0.0,
        hours_per_step=24.0,
        topics=[topic(conviction=5.0)],
        platforms=[ids.Platform(name="b", bystanders=1.0, chatter_per_day=0.0, **GROUPS)],
        people={**SHARES, "trust_peers": 0.99, "trust_providers": 0.99, "credulity": 4.0},
        interventions=all_built_in(),
        record="end",
        cascades="none",
    )
    run = Run(eager, seed=5)
    largest = 0.0
    while run.world.step < eager.steps:
        run.step()
        check_bound(run.world, rule)
        lines = run.world.state.lines
        largest = max(largest, float(np.abs(lines[:, :, LASTING] + lines[:, :, SHORT]).max()))
    assert largest > 0.9 * min(bound, 3.0), "the bound is put to the test"
