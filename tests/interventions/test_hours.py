"""Working hours: when they are, what waits for them, and that a full caseload is a full caseload."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.interventions.hours import WEEK, WorkingHours
from infodemic_sim.testing.small_runs import differing
from tests.identities.small import built_in, measures
from tests.identities.small import scenario as small
from tests.interventions.lively import PEOPLE, N, scenario, stepping, within

AT_ALL_TIMES = WorkingHours(start=0.0, stop=24.0, weekdays=WEEK)
QUIET = ids.Platform(sessions_per_day=0.0)


def open_hours(hours: WorkingHours, step: float, days: int = 7) -> list[float]:
    """Hours since day 0 at which steps are within working hours."""
    moments = np.arange(round(days * 24 / step)) * step
    return [round(float(hour), 6) for hour in moments if hours.open(hour / 24.0)]


@pytest.mark.parametrize("step", [1 / 6, 0.5, 1.0, 2.0])
def test_hours_of_a_week(step):
    found = open_hours(WorkingHours(), step, days=9)
    expected = [
        round(hour, 6)
        for hour in np.arange(round(9 * 24 / step)) * step
        if hour // 24 not in (5, 6) and 9.0 <= round(hour % 24, 6) < 17.0
    ]
    assert found == expected
    assert WorkingHours().share(step) == pytest.approx(sum(hour < 168 for hour in expected) * step / 168)


def test_day_0_may_be_any_weekday():
    weekend = WorkingHours(start=22.0, stop=24.0, weekdays=("saturday", "sunday"), day_0="friday")
    assert open_hours(weekend, 1.0) == [46.0, 47.0, 70.0, 71.0]
    assert open_hours(weekend.but(day_0="sunday"), 1.0) == [22.0, 23.0, 166.0, 167.0]
    assert open_hours(AT_ALL_TIMES, 1.0) == [float(hour) for hour in range(168)]


@pytest.mark.parametrize("kind", [part.__name__ for part in BUILT_IN])
def test_hours_around_the_clock_change_no_bit(kind):
    """Whatever waits for work never waits here: the same people act at the same times."""
    plan, always = built_in(kind, uptake=1.0), built_in(kind, uptake=1.0, hours=AT_ALL_TIMES)
    one, other = (measures(small(interventions=(part,), days=2.0))[0] for part in (plan, always))
    assert not differing(one, other)


def made(run) -> int:
    return int(run.world.state.counts["corrections_made"].sum())


@pytest.mark.parametrize(("delay", "first"), [(0.0, 9), (0.05, 11)])
def test_answers_go_out_in_working_hours_alone(delay, first):
    """What was read at night is answered in the morning, and nothing twice."""
    hours = WorkingHours(start=9.0, stop=12.0, day_0="friday")
    part = ids.ProviderCorrection(hours=hours, delay=delay, capacity=ids.Capacity())
    at_once = part.but(hours=None)
    long = ids.Platform(horizon=240.0)
    done = []
    with stepping(scenario(part, days=4.0, platforms=[long])) as run:
        for _ in range(96):
            before = made(run)
            run.step()
            done.append(made(run) - before)
        keys = run.world.state.messages.slots["key"]
        waiting = run.world.state.memories[part.key]["came_up_about"][:, 0]
    answered = np.flatnonzero(done)
    assert {int(hour % 24) for hour in answered} <= {9, 10, 11}
    assert answered.min() == first
    assert {int(hour // 24) for hour in answered} == {0, 3}, "Friday, then Monday"
    assert np.argmax(done) == 72 + first, "a weekend's posts wait on Monday morning"
    assert np.isin(waiting, keys).all()
    with stepping(scenario(at_once, days=4.0, platforms=[long])) as run:
        run.finish()
        assert made(run) > sum(done) > 20


def test_a_message_that_is_gone_by_morning_is_not_answered():
    hours = WorkingHours(start=9.0, stop=10.0, weekdays=("sunday",))
    part = ids.ProviderCorrection(hours=hours, capacity=ids.Capacity(per_day=100_000))
    with stepping(scenario(part, days=7.0, platforms=[ids.Platform(horizon=12.0)])) as run:
        for hour in range(155):
            run.step()
            assert hour < 153 or made(run) > 0
            assert made(run) == 0 or hour == 153 or hour == 154
        memory = run.world.state.memories[part.key]
    assert memory["acts"][0] == memory["admitted"][0], "what is dead takes no room"


def test_two_hours_a_week_each_are_twenty_four_answers():
    part = ids.ProviderCorrection(
        hours=WorkingHours(),
        capacity=ids.Capacity(hours_per_actor_per_week=0.5, hours_per_actor_per_day=0.25),
        cost=ids.Cost(minutes=5.0),
    )
    per_day, per_week = np.zeros((14, N), int), np.zeros((2, N), int)
    with stepping(scenario(part, days=14.0)) as run:
        before = np.zeros(N, int)
        for hour in range(336):
            run.step()
            now = run.world.state.memories[part.key]["this_week_of"].astype(int)
            new = now if hour == 168 else now - before
            per_day[hour // 24] += new
            per_week[hour // 168] += new
            before = now
        minutes = run.result().final("staff_minutes")
    assert per_day.max() == 3
    assert per_week.max() == 6
    assert minutes <= 5.0 * per_week.sum()
    assert (per_week.max(axis=0) == 6).sum() > 5, "some have a full caseload"


def test_a_reminder_that_falls_into_the_night_comes_in_the_morning_once():
    part = ids.AccuracyPrompt(hours=WorkingHours(start=8.0, stop=18.0), lasting=1.0)
    acts = []
    with stepping(scenario(part, platforms=[QUIET], days=8.0)) as run:
        for _ in range(192):
            run.step()
            acts.append(int(run.world.state.memories[part.key]["acts"][0]))
    done = np.diff([0, *acts])
    assert np.flatnonzero(done).tolist() == [8, 32, 56, 80, 104, 176]
    assert set(done[done > 0].tolist()) == {N}, "a weekend's three reminders are one"


def test_training_on_a_holiday_waits_for_work():
    part = ids.Inoculation(when=ids.Once(day=0.0), hours=WorkingHours(day_0="saturday"))
    with stepping(scenario(part, platforms=[QUIET], days=3.0)) as run:
        for hour in range(58):
            run.step()
            assert run.world.levers.inoculation.value.any() == (hour >= 57)
    assert within(int(run.world.state.memories[part.key]["acts"][0]), N, 0.5)


@pytest.mark.parametrize(
    "part",
    [
        ids.EducationCampaign(per_day=0.5, hours=WorkingHours()),
        ids.Counselling(who=ids.Role("provider"), per_day=0.5, hours=WorkingHours()),
    ],
)
def test_a_week_holds_as_many_acts_as_without_hours_but_in_working_time(part):
    """40 steps of 168, in each with the chance 1 - exp(-0.5 / 24 / (40 / 168))."""
    with stepping(scenario(part, platforms=[QUIET], days=14.0)) as run:
        acts = []
        for _ in range(336):
            run.step()
            acts.append(int(run.world.state.memories[part.key]["acts"][0]))
        staff = int((run.world.people.role == 3).sum())
    done = np.diff([0, *acts])
    assert set(np.flatnonzero(done)) <= {int(h) for h in open_hours(WorkingHours(), 1.0, days=14)}
    assert within(acts[-1], 80 * staff, -np.expm1(-0.5 / 24.0 / (40.0 / 168.0)))


def test_conversations_that_fall_due_together_are_all_held_and_paid_for_once_each():
    part = ids.Counselling(who=ids.Everyone(), per_day=4.0, delay=0.4, hours=WorkingHours())
    with stepping(scenario(part, platforms=[QUIET])) as run:
        run.to_end()
        acts, told = run.world.state.memories[part.key]["acts"][0], run.world.state.counts["told"][0]
    assert told == acts > 2 * N, "several with one person in the morning"


def test_contacts_of_a_pair_that_fall_due_together_have_an_account_each():
    open_ended = {"effect": 0.0, "isolated_above": 0.1, "capacity": ids.Capacity(), "published": 1.0}
    part = ids.PeerSupport(delay=0.4, hours=WorkingHours(), **open_ended)
    with stepping(scenario(part, platforms=[QUIET])) as run:
        for _ in range(24):
            run.step()
        waiting = run.world.state.memories[part.key]
        pairs = np.column_stack([waiting["actor"], waiting["object"][:, 1]])
        run.to_end()
        counts = run.world.state.counts
    assert len(np.unique(pairs, axis=0)) < len(pairs), "some pairs wait more than once"
    assert counts["posts"][0, :, :, 2].sum() == counts["support_contacts"][0] >= len(pairs)


def test_a_rule_of_a_platform_holds_in_working_hours():
    part = ids.RankingChange(ranking=ids.Chronological(), hours=WorkingHours(start=6.0, stop=9.0))
    with stepping(scenario(part)) as run:
        strict = []
        for _ in range(30):
            run.step()
            strict.append(not run.runner.feeds[0].random)
    assert np.flatnonzero(strict).tolist() == [6, 7, 8]


def test_the_breaker_holds_at_night_and_reviews_by_day():
    part = ids.CircuitBreaker(
        reshares=2, delay=0.1, recall=0.0, false_alarm=0.0, hours=WorkingHours(start=20.0, stop=21.0)
    )
    with stepping(scenario(part)) as run:
        held = []
        for _ in range(48):
            run.step()
            rows = run.world.state.messages.slots
            held.append(int(rows["held"][rows["live"] != 0].sum()))
    fell = [hour for hour in range(1, 48) if held[hour] < held[hour - 1]]
    assert fell == [20, 44]
    assert max(held[:20]) > 0


def test_found_accounts_are_removed_by_staff_at_work():
    people = PEOPLE.but(bots=0.5)
    part = ids.BotRemoval(recall=0.9, false_alarm=0.0, hours=WorkingHours())
    removed = []
    with stepping(scenario(part, population=people, platforms=[QUIET], days=7.0)) as run:
        for _ in range(168):
            run.step()
            removed.append(int(run.world.state.memories[part.key]["removed"].sum()))
    grew = np.flatnonzero(np.diff([0, *removed]))
    assert {int(h) for h in grew} <= {int(h) for h in open_hours(WorkingHours(), 1.0)}
    assert removed[-1] > 50


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: WorkingHours(start=17.0, stop=9.0), r"stop \(h\) must be after start 17"),
        (lambda: WorkingHours(start=9.0, stop=9.0), "staff without hours do nothing"),
        (lambda: WorkingHours(weekdays=()), "weekdays must name a day"),
        (lambda: WorkingHours(weekdays=("moday",)), "weekdays"),
        (lambda: WorkingHours(stop=25.0), "stop"),
        (
            lambda: ids.ProviderCorrection(capacity=ids.Capacity(hours_per_actor_per_day=0.05)),
            r"hours_per_actor_per_day \(h\) of 0.05 is less than the 5 min of one act",
        ),
        (
            lambda: ids.ProviderCorrection(
                capacity=ids.Capacity(hours_per_week=2.0), cost=ids.Cost(money=1.0)
            ),
            "capacity.hours_per_week needs the time that one act takes: give cost.minutes",
        ),
        (
            lambda: ids.Counselling(capacity=ids.Capacity(hours_per_actor_per_week=2.0)),
            "needs acts that are told apart by staff: give hours_per_week",
        ),
        (
            lambda: ids.WarningLabel(capacity=ids.Capacity(hours_per_actor_per_week=2.0)),
            "has no meaning for messages: give hours_per_week",
        ),
        (
            lambda: ids.PrivacyReview(capacity=ids.Capacity(per_actor_per_week=2)),
            "has no meaning for reviews: give per_week",
        ),
    ],
)
def test_mistakes_are_told(make, told):
    with pytest.raises(ParameterError, match=told):
        make()
