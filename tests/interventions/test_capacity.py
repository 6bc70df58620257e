"""Capacity lets through what it may, nothing more and nothing less; delayed acts come once, in time."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.interventions.capacity import admit, in_acts, ledger, rank_within
from tests.interventions.lively import N, scenario, stepping

OFTEN = settings(max_examples=60, deadline=None, derandomize=True, database=None)
LIMIT = st.one_of(st.none(), st.integers(0, 12))
IN_ACTS = ("per_step", "per_day", "per_week", "per_actor_per_day", "per_actor_per_week", "total")
CAPACITIES = st.builds(ids.Capacity, **dict.fromkeys(IN_ACTS, LIMIT))
ACTORS = 6


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[int, list[tuple[float, int]]]]:
    """Steps, each with its day and the acts wanted, as (luck, actor)."""
    days = sorted(draw(st.lists(st.sampled_from([0, 1, 2, 6, 7, 8, 15]), min_size=1, max_size=6)))
    lucks = st.lists(st.floats(0, 1, exclude_min=True), unique=True, max_size=15)
    actor = st.integers(0, ACTORS - 1)
    return [(day, [(luck, draw(actor)) for luck in draw(lucks)]) for day in days]


def one_by_one(capacity: ids.Capacity, story: list) -> list[set[float]]:
    """What a clerk lets through who takes the acts of a step in order of luck."""
    let_through, total, today = [], 0, Counter()
    for step, (day, wanted) in enumerate(story):
        done: set[float] = set()
        for luck, actor in sorted(wanted):
            room = [
                (capacity.per_step, len(done)),
                (capacity.per_day, today[day]),
                (capacity.per_week, today["week", day // 7]),
                (capacity.total, total),
                (capacity.per_actor_per_day, today[day, actor]),
                (capacity.per_actor_per_week, today["week", day // 7, actor]),
            ]
            if all(limit is None or spent < limit for limit, spent in room):
                done.add(luck)
                total += 1
                today.update([day, (day, actor), ("week", day // 7), ("week", day // 7, actor)])
        let_through.append(done)
        assert step < len(story)
    return let_through


def admitted(capacity: ids.Capacity, story: list, nobody: bool = False) -> list[set[float]]:
    used, found = ledger(ACTORS), []
    for day, wanted in story:
        luck = np.array([luck for luck, _ in wanted])
        actors = None if nobody else np.array([actor for _, actor in wanted], np.int64)
        chosen = admit(capacity, used, day, actors, luck)
        assert (np.diff(chosen) > 0).all(), "ascending, each once"
        found.append(set(luck[chosen].tolist()))
    return found


@OFTEN
@given(CAPACITIES, stories())
def test_as_a_clerk_would(capacity, story):
    assert admitted(capacity, story) == one_by_one(capacity, story)


@OFTEN
@given(CAPACITIES, stories())
def test_no_limit_is_exceeded(capacity, story):
    found = admitted(capacity, story)
    by_day, by_actor, by_week = Counter(), Counter(), Counter()
    for (day, wanted), done in zip(story, found, strict=True):
        by_day[day] += len(done)
        by_actor.update((day, actor) for luck, actor in wanted if luck in done)
        by_week.update((day // 7, actor) for luck, actor in wanted if luck in done)
        assert capacity.per_step is None or len(done) <= capacity.per_step
    assert capacity.total is None or sum(by_day.values()) <= capacity.total
    assert capacity.per_day is None or max(by_day.values()) <= capacity.per_day
    limit = capacity.per_actor_per_day
    assert limit is None or max(by_actor.values(), default=0) <= limit
    limit = capacity.per_actor_per_week
    assert limit is None or max(by_week.values(), default=0) <= limit


@OFTEN
@given(CAPACITIES, stories(), st.randoms(use_true_random=False))
def test_the_order_in_which_acts_stand_does_not_matter(capacity, story, random):
    shuffled = [(day, random.sample(wanted, len(wanted))) for day, wanted in story]
    assert admitted(capacity, shuffled) == admitted(capacity, story)


@OFTEN
@given(CAPACITIES, stories())
def test_acts_of_nobody_in_particular(capacity, story):
    without = capacity.but(per_actor_per_day=None, per_actor_per_week=None)
    assert admitted(capacity, story, nobody=True) == one_by_one(without, story)


def test_each_day_has_its_own_capacity():
    capacity, used = ids.Capacity(per_day=3, per_actor_per_day=2), ledger(2)
    luck, actors = np.linspace(0.1, 0.9, 8), np.array([0, 0, 0, 0, 1, 1, 1, 1])
    chosen = [admit(capacity, used, day, actors, luck).tolist() for day in (0, 0, 1, 4)]
    assert chosen == [[0, 1, 4], [], [0, 1, 4], [0, 1, 4]]


def test_each_week_has_its_own_capacity():
    capacity, used = ids.Capacity(per_week=5, per_actor_per_week=3), ledger(2)
    luck, actors = np.linspace(0.1, 0.9, 8), np.array([0, 0, 0, 0, 1, 1, 1, 1])
    chosen = [admit(capacity, used, day, actors, luck).size for day in (0, 3, 6, 7, 13, 14)]
    assert chosen == [5, 0, 0, 5, 0, 5]


@pytest.mark.parametrize(
    ("capacity", "minutes", "acts"),
    [
        ({"hours_per_actor_per_week": 2.0}, 5.0, {"per_actor_per_week": 24}),
        ({"hours_per_actor_per_day": 1.0}, 7.0, {"per_actor_per_day": 8}),
        ({"hours_per_week": 0.7}, 6.0, {"per_week": 7}),
        ({"hours_per_day": 0.1}, 0.1, {"per_day": 60}),
        ({"hours_per_day": 2.0, "per_day": 20}, 5.0, {"per_day": 20}),
        ({"hours_per_day": 1.0, "per_day": 20}, 5.0, {"per_day": 12}),
        ({"hours_per_day": 0.0, "per_actor_per_day": 3}, 5.0, {"per_day": 0, "per_actor_per_day": 3}),
    ],
)
def test_hours_of_work_are_the_acts_that_fit_into_them(capacity, minutes, acts):
    assert in_acts(ids.Capacity(**capacity), ids.Cost(minutes=minutes)) == ids.Capacity(**acts)


@OFTEN
@given(st.lists(st.integers(0, 5)))
def test_rank_within_counts_equals_before(groups):
    expected = [groups[:k].count(group) for k, group in enumerate(groups)]
    assert rank_within(np.array(groups, np.int64)).tolist() == expected


class Noted(ids.Intervention):
    """Writes down at which hour each person is treated."""

    def start(self, world):
        return {"times": np.zeros(world.n, np.int64), "hour": np.full(world.n, -1.0)}

    def act(self, world, people, memory):
        memory["times"][people] += 1
        memory["hour"][people] = world.hour


@pytest.mark.parametrize(
    ("hours", "delay", "expected"),
    [
        (1.0, 0.0, 3.0),
        (1.0, 1.0, 27.0),
        (0.5, 0.25, 9.0),
        (2.0, 0.5, 16.0),
        (1.0, 0.03, 4.0),  # at the first step that is late enough
        (1 / 6, 0.5, 15.0),
        (0.1, 0.75, 21.0),
    ],
)
def test_delayed_acts_come_once_and_in_time(hours, delay, expected):
    """Decided at the first step from hour 3 on; treated, and charged, ``delay`` days later."""
    part = Noted(when=ids.Once(day=0.125), delay=delay, uptake=0.5, cost=ids.Cost(minutes=2.0, money=0.5))
    silent = ids.Platform(sessions_per_day=0.0)
    plan = scenario(part, hours_per_step=hours, days=1.5, record="hourly", platforms=[silent])
    with stepping(plan) as run:
        result = run.finish()
        memory = run.world.state.memories[part.key]
    treated = memory["times"] > 0
    assert 0.3 * N < treated.sum() < 0.7 * N
    assert set(memory["times"].tolist()) == {0, 1}
    decided = 4.0 if hours == 2.0 else 3.0
    assert memory["hour"][treated] == pytest.approx(expected)
    assert decided + 24 * delay <= expected + 1e-6 < decided + 24 * delay + hours + 1e-5
    minutes = result.series("staff_minutes")
    assert minutes[minutes.index < (expected + 0.5 * hours) / 24].eq(0.0).all(), "nothing is paid before"
    assert minutes.iloc[-1] == 2.0 * treated.sum()
    assert result.final("money") == 0.5 * treated.sum()
    assert result.final("people_treated") == treated.sum()
    assert memory["due"].size == memory["actor"].size == memory["object"].shape[0] == 0


def test_a_total_counts_decisions_that_still_wait():
    part = Noted(delay=1.0, capacity=ids.Capacity(total=50, per_step=20))
    with stepping(scenario(part, days=1.5)) as run:
        for _ in range(24):
            run.step()
        memory = run.world.state.memories[part.key]
        assert memory["due"].size == 50
        assert memory["times"].sum() == 0
        run.finish()
        assert memory["times"].sum() == memory["acts"][0] == 50


def test_what_is_still_waiting_at_the_end_is_not_charged():
    part = Noted(delay=3.0, cost=ids.Cost(minutes=1.0))
    with stepping(scenario(part)) as run:
        assert run.finish().final("staff_minutes") == 0.0


def test_capacity_per_person_renews_at_midnight():
    part = Noted(capacity=ids.Capacity(per_actor_per_day=2))
    with stepping(scenario(part)) as run:
        run.finish()
        assert (run.world.state.memories[part.key]["times"] == 4).all()
