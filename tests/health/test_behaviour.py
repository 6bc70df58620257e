"""What people do about what they believe."""

from __future__ import annotations

import math

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.simulation import Run

QUIET = {"platforms": [ids.Platform(sessions_per_day=0.0, chatter_per_day=0.0)], "cascades": "none"}


def scenario(n=300, people=None, **changes):
    graph = ids.erdos_renyi(n, mean_degree=8.0, seed=2)
    plain = {"days": 10.0, "warm_up": 2.0, "behaviour": ids.Behaviour(decisions=0.1)}
    return ids.Scenario(population=ids.Population(graph=graph, **(people or {})), **{**plain, **changes})


def finished(plan, **words):
    run = Run(plan, **{"seed": 1, **words})
    run.finish()
    return run


def test_intention_is_that_of_beliefs():
    run = finished(scenario(behaviour=ids.Behaviour(leaning=0.7)))
    intention = 1.0 / (1.0 + np.exp(-(run.world.belief(0) + 0.7)))
    assert run.result().final("intention") == pytest.approx(intention.mean(), abs=2.0**-32)
    without = finished(scenario(behaviour=ids.Behaviour())).result()
    assert without.final("intention") == pytest.approx(without.final("credence"), abs=2.0**-32)


def test_who_decides_does_so_by_intention_and_the_same_luck():
    """Beliefs that stand still: whoever has decided took it up if their one draw is below intention."""
    run = finished(scenario(**QUIET, behaviour=ids.Behaviour(decisions=0.3)))
    choice = run.world.state.health["choice"][0]
    luck = Draws(1, 0).uniform(Purpose.INCLINE, run.world.people.key, 0)
    agrees = luck < 1.0 / (1.0 + np.exp(-run.world.belief(0)))
    decided = choice != 0
    assert 250 < decided.sum() < 300
    assert np.array_equal(choice[decided] > 0, agrees[decided])


@pytest.mark.parametrize("hours", [1.0, 24.0])
def test_decisions_come_at_their_rate(hours):
    n, days, rate = 20_000, 4.0, 0.25
    plan = scenario(
        n, **QUIET, days=days, hours_per_step=hours, behaviour=ids.Behaviour(decisions=rate), record="end"
    )
    decided = np.count_nonzero(finished(plan).world.state.health["choice"]) / n
    expected = -math.expm1(-rate * days)
    assert abs(decided - expected) < 4.0 * math.sqrt(expected * (1.0 - expected) / n)


def test_nothing_is_decided_in_the_warm_up():
    run = Run(scenario(behaviour=ids.Behaviour(decisions=24.0)), seed=1)
    for _ in range(48):
        run.step()
    assert not run.world.state.health["choice"].any()
    assert run.world.hour == 0.0
    run.step()
    assert np.count_nonzero(run.world.state.health["choice"]) > 100


def test_second_thoughts_need_another_belief():
    """Who refused and thinks again decides alike unless the belief has moved."""
    again = ids.Behaviour(decisions=24.0, second_thoughts=24.0)
    still = finished(scenario(**QUIET, behaviour=again))
    once = finished(scenario(**QUIET, behaviour=again.but(second_thoughts=0.0)))
    assert np.array_equal(still.world.state.health["choice"], once.world.state.health["choice"])
    plan = scenario(**QUIET, behaviour=again)
    convinced = Run(plan, seed=1)
    for _ in range(plan.warm_up_steps + plan.steps - 24):
        convinced.step()
    convinced.world.state.lines[:, 0, 0] = 30.0
    convinced.finish()
    assert (convinced.world.state.health["choice"] > 0).all()


def test_protection_follows_with_a_lag():
    run = Run(scenario(**QUIET, behaviour=ids.Behaviour(lag=2.0)), seed=1)
    before = run.world.state.health["protection"][0].copy()
    run.world.state.lines[:, 0, 0] = -40.0
    for _ in range(48):
        run.step()
    assert np.allclose(run.world.state.health["protection"][0], before * math.exp(-1.0), rtol=1e-9)


def test_shares_and_counts_agree():
    plan = scenario(
        topics=[ids.Topic(name="one"), ids.Topic(name="two", accurate_share=0.3)], people={"bots": 0.2}
    )
    run = finished(plan)
    result, choice = run.result(), run.world.state.health["choice"]
    real = np.count_nonzero(run.world.people.role != 9)
    assert real < 280
    assert not choice[:, run.world.people.role == 9].any()
    for k, topic in enumerate(("one", "two")):
        assert result.final("adverse_choices", topic=topic) == np.count_nonzero(choice[k] < 0)
        assert result.final("uptake", topic=topic) == np.count_nonzero(choice[k] > 0) / real
    assert result.final("adverse_choices") == np.count_nonzero(choice < 0)
    assert result.final("adverse_choices", topic="two") > result.final("adverse_choices", topic="one")


def test_nobody_who_decides_takes_part_in_no_measure():
    result = finished(scenario(behaviour=ids.Behaviour(decisions=0.0))).result()
    assert result.final("uptake") == result.final("adverse_choices") == 0.0


def test_without_misinformation_no_false_post_appears():
    today = scenario(people={"super_spreaders": 0.02})
    clean = today.without_misinformation()
    one, other = (finished(plan).result() for plan in (today, clean))
    assert one.final("posts_false") > 50
    assert one.final("exposures_false") > 50
    assert (
        other.final("posts_false") == other.final("exposures_false") == other.final("reshares_false") == 0.0
    )
    assert other.final("posts_accurate") > 50
    assert other.final("adverse_choices") <= one.final("adverse_choices")


def test_without_misinformation_nothing_else_brings_it():
    """Neither accounts of experience, nor retelling, nor messages that arrive."""
    today = scenario(
        experiences=ids.Experiences(patients=2.0, takes_side=1.0),
        mutation=ids.Mutation(chance=0.5, turns_false=0.5),
        people={"sharing": 0.2, "patients": 0.3},
    )
    sides = []
    for plan in (today, today.without_misinformation()):
        rows = finished(plan).world.state.messages.slots
        sides.append(rows["side"][rows["live"] != 0])
    assert (sides[0] < 0).sum() > 50
    assert (sides[1] > 0).sum() > 50
    assert not (sides[1] < 0).any()


def test_half_of_the_false_posts_are_a_subset_of_all():
    """The same draws: what appears at one share appears at any larger share; first posts, day 0."""
    keys = []
    for share in (0.0, 0.4, 0.8, 1.0):
        plan = scenario(topics=[ids.Topic(false_posts=share, conviction=0.0)], warm_up=0.0, days=1.0, **QUIET)
        rows = finished(plan).world.state.messages.slots
        keys.append(set(rows["key"][(rows["live"] != 0) & (rows["side"] < 0)].tolist()))
    assert keys[0] == set()
    assert keys[0] < keys[1] < keys[2] < keys[3]


def test_a_rule_without_posts_has_no_false_ones():
    with pytest.raises(InfodemicError, match="leave out false_posts"):
        scenario(spread=ids.SIR(), behaviour=None).without_misinformation()
