"""A fork keeps the past to the bit, and goes on as if the plan had been waiting for its day all along."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim import checkpoint
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.simulation import Run
from infodemic_sim.testing.small_runs import differing, measured
from tests.identities.small import all_built_in, built_in, measures, persons, scenario

NAMES = [part.__name__ for part in BUILT_IN]
LATER = {
    "on the day": ids.Between(1.0, 3.0),
    "half a day later": ids.Between(1.5, 3.0),
    "in turns": ids.Every(days=0.5, start=1.0),
    "growing": ids.Ramp(start=1.0, full=2.0),
}
DAY = 1.0


def after(some: ids.Scenario, day: float = DAY, **words: int) -> Run:
    """A run that has come to the start of a day."""
    run = Run(some, **{"seed": 1, **words})
    for _ in range(some.warm_up_steps + round(day * 24.0 / some.hours_per_step)):
        run.step()
    return run


def ended(run: Run):
    """Every measure at the end, and everybody."""
    while run.since_day_0 < run.scenario.steps:
        run.step()
    return measured(run), persons(run.world)


@pytest.fixture(scope="module")
def today():
    return after(scenario())


CASES = [(name, "on the day") for name in NAMES] + [
    (name, when)
    for name in ("SocialListening", "TargetedCorrection", "Inoculation")
    for when in ("half a day later", "in turns", "growing")
]


@pytest.mark.parametrize(("name", "when"), CASES)
def test_what_begins_later_is_as_if_it_had_been_planned_from_the_start(name, when, today):
    """What is not yet active changes no bit, so it may as well not have been there."""
    plan = scenario(interventions=[built_in(name, when=LATER[when])])
    found, world = measures(plan)
    forked = today.fork(plan)
    assert differing(found, ended(forked)[0]) == []
    assert persons(world) == persons(forked.world)
    remembered, planned = forked.world.state.memories, world.state.memories
    for key, memory in planned.items():
        apart = {name for name, array in memory.items() if array.tobytes() != remembered[key][name].tobytes()}
        assert apart <= {"day"}  # on which its capacity was last renewed


def test_all_at_once_and_one_with_a_past(today):
    """Forked from a plan that has begun: what is the same in both goes on as it was."""
    early = built_in("ProviderCorrection")
    late = [part.but(when=LATER["on the day"]) for part in all_built_in() if part.key != early.key]
    plan = scenario(interventions=[early, *late])
    forked = after(scenario(interventions=[early])).fork(plan)
    found, world = measures(plan)
    assert differing(found, ended(forked)[0]) == []
    assert persons(world) == persons(forked.world)


@pytest.mark.parametrize(("day", "threads"), [(-0.5, 1), (0.0, 2), (0.25, 2), (1.0, 1), (3.0, 1)])
def test_forked_into_itself_it_is_undisturbed(day, threads):
    plan = scenario(interventions=all_built_in())
    whole = after(plan, 3.0)
    forked = after(plan, day).fork(plan, threads=threads)
    assert differing(measured(whole), ended(forked)[0]) == []
    assert persons(whole.world) == persons(forked.world)
    assert forked.result().forked_on == ()


def test_forked_at_day_0_it_is_the_plan_alone():
    plan = scenario(interventions=all_built_in())
    begun = after(scenario(interventions=[built_in("WarningLabel")]), 0.0)
    begun.result()  # which has taken the measures of day 0 already
    found, world = measures(plan)
    forked = begun.fork(plan)
    assert differing(found, ended(forked)[0]) == []
    assert persons(world) == persons(forked.world)
    assert forked.result().from_scenario_alone


def test_the_past_is_kept_and_nothing_reaches_back():
    """Records until the day of the fork are those of the run that was forked, which itself goes on alone."""
    first = scenario(interventions=[built_in("ProviderCorrection"), built_in("WarningLabel")])
    run = after(first, 2.0)
    forked = run.fork(scenario(interventions=[built_in("AccuracyPrompt")]))
    there, whole = ended(forked)[0], measures(first)[0]
    for name in set(whole) & set(there) - {"acts", "people_treated", "staff_minutes", "money"}:
        if not name.startswith("cascade"):  # those are told of the end alone
            assert there[name][:3].tobytes() == whole[name][:3].tobytes(), name
    assert differing(whole, ended(run)[0]) == []


def test_what_ends_does_no_more_and_keeps_its_account():
    correction = built_in("ProviderCorrection", delay=0.5)
    run = after(scenario(interventions=[correction]), 2.0)
    memory = run.world.state.memories[correction.key]
    acts, waiting = int(memory["acts"][0]), memory["due"].size
    assert acts > 0
    assert waiting > 0
    forked = run.fork(scenario())
    table = ended(forked) and forked.result().table
    last = table[(table["day"] == 3.0) & (table["platform"] == "all") & (table["topic"] == "all")]
    told = last.set_index(["measure", "subgroup"])["value"]
    name = f"intervention={correction.key} (until day 2)"
    assert told["acts", name] == told["acts", "all"] == acts
    assert told["staff_minutes", name] == acts * correction.cost.minutes
    assert set(forked.world.state.memories[f"{correction.key} (until day 2)"]) == {
        "acts",
        "in_force",
        "concerned",
        "reached",
    }


def test_what_is_changed_ends_and_starts_afresh():
    """Its capacity is counted anew; what it did before keeps the cost that it had then."""
    before = built_in("ProviderCorrection", capacity=ids.Capacity(total=5), cost=ids.Cost(minutes=2.0))
    then = before.but(cost=ids.Cost(minutes=3.0))
    forked = after(scenario(interventions=[before]), 2.0).fork(scenario(interventions=[then]))
    found = ended(forked)[0]
    assert found["acts"][-1].ravel()[0] == 10
    assert found["staff_minutes"][-1].ravel()[0] == 5 * 2.0 + 5 * 3.0


def test_forked_twice_at_one_moment_only_the_second_plan_counts():
    """What the first one brought in never began, so it leaves no account."""
    plans = [
        scenario(interventions=[built_in("ProviderCorrection", cost=ids.Cost(minutes=m))]) for m in (1, 2, 3)
    ]
    run = after(plans[0], 2.0)
    once, twice = run.fork(plans[2]), run.fork(plans[1]).fork(plans[2])
    assert list(twice.world.state.ended) == ["provider_correction (until day 2)"]
    assert twice.fork(scenario()).world.state.ended.keys() == twice.world.state.ended.keys()
    assert differing(ended(once)[0], ended(twice)[0]) == []
    assert once.result().table.equals(twice.result().table)


def test_a_fork_of_a_fork_is_saved_and_continued(tmp_path):
    """Accounts that were closed are in the file, too."""
    parts = [built_in("ProviderCorrection"), built_in("WarningLabel"), built_in("AccuracyPrompt")]
    plans = [scenario(interventions=[part]) for part in parts]
    run = after(plans[0]).fork(plans[1])
    for _ in range(24):
        run.step()
    run = run.fork(plans[2])
    for _ in range(5):
        run.step()
    checkpoint.save(run, tmp_path / "run.npz")
    again = checkpoint.resume(plans[2], tmp_path / "run.npz")
    assert differing(ended(run)[0], ended(again)[0]) == []
    assert run.result().table.equals(again.result().table)
    assert again.result().forked_on == (1.0, 2.0)
    assert not again.result().from_scenario_alone
    assert list(again.world.state.ended) == [
        "provider_correction (until day 1)",
        "warning_label (until day 2)",
    ]
