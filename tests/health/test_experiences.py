"""Shared experience: how often people post, reply and take a side, and what that does to isolation."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import UnknownNameError
from infodemic_sim.graphs import categories
from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.observe import OWN
from infodemic_sim.population.base import ROLES
from infodemic_sim.testing.small_runs import differing, measured
from tests.interventions.lively import GRAPH, N, scenario, stepping, within

EXPERIENCE = KINDS.index("experience")
CROWD = ids.Population(graph=GRAPH, patients=0.4, caregivers=0.2, providers=0.1, peer_supporters=0.1)
STAYS = ids.FeedSpread(isolation_half_life=1e12)
QUIET = ids.Topic(name="vaccines", posting=ids.Posting(**dict.fromkeys(ids.Posting.model_fields, 0.0)))


def ended(*plan, people=CROWD, **changes):
    plain = {"population": people, "platforms": [ids.Platform(horizon=240.0)], "days": 4.0}
    with stepping(scenario(*plan, **{**plain, **changes})) as run:
        for _ in range(run.scenario.steps):
            run.step()
        return run


def accounts(run):
    rows = run.world.state.messages.slots
    return rows[(rows["live"] != 0) & (rows["kind"] == EXPERIENCE)]


def in_role(run, *names) -> np.ndarray:
    return np.isin(run.world.people.role, [ROLES.index(name) for name in names])


def test_each_role_posts_at_its_rate():
    """Counts of four days are Poisson: within four standard errors."""
    rates = {"patients": 0.8, "caregivers": 0.3, "providers": 0.5}
    run = ended(experiences=ids.Experiences(**rates))
    rows = accounts(run)
    assert (rows["origin"] == OWN).all()
    assert run.world.state.counts["experiences"][0] == rows.size
    for role, rate in zip(("patient", "caregiver", "provider"), rates.values(), strict=True):
        people = in_role(run, role)
        expected = people.sum() * rate * 4.0
        assert abs(people[rows["author"]].sum() - expected) < 4.0 * np.sqrt(expected)
    assert in_role(run, "patient", "caregiver", "provider")[rows["author"]].all()


@pytest.mark.parametrize("share", [0.0, 0.35, 1.0])
def test_a_share_takes_the_side_of_its_author(share):
    part = ids.Experiences(patients=1.0, takes_side=share)
    convinces_nobody = ids.FeedSpread(persuasion_experience=0.0)
    run = ended(topics=[QUIET.but(conviction=1000.0)], experiences=part, spread=convinces_nobody)
    rows = accounts(run)
    assert within(int((rows["side"] != 0).sum()), rows.size, share)
    belief = run.world.belief()[rows["author"]]
    sure = (rows["side"] != 0) & (np.abs(belief) > 0.05)
    assert (rows["side"] == np.sign(belief))[sure].all()
    assert sure.sum() >= 0.8 * share * rows.size


def test_readers_with_the_same_condition_reply_and_nobody_else():
    """Replies are a binomial share of the readings that are handed over, by people of one condition."""
    conditions = categories(np.array(["heart", "lung", ""])[np.arange(N) % 3].tolist())
    people = CROWD.but(graph=GRAPH.with_attributes(illness=conditions))
    part = ids.Experiences(patients=1.0, condition="illness", reply=0.3, effect=0.1, comfort=0.0)
    with stepping(
        scenario(population=people, topics=[QUIET], experiences=part, spread=STAYS, days=4.0)
    ) as run:
        shared, world = 0, run.world
        codes = np.where(in_role(run, "patient", "caregiver", "peer_supporter"), conditions.codes, -1)
        before = world.people.isolation.copy()
        for _ in range(run.scenario.steps):
            run.step()
            readers, slots, _ = world.heard.T
            authors = world.state.messages.slots["author"][slots]
            assert (world.state.messages.slots["kind"][slots] == EXPERIENCE).all()
            assert (codes[readers] >= 0).all()
            shared += int((codes[readers] == codes[authors]).sum())
    replies = int(world.state.counts["support_replies"][0])
    assert shared > 300
    assert within(replies, shared, 0.3)
    fell = np.log(world.people.isolation / before) / np.log(1.0 - 0.1)
    assert fell == pytest.approx(np.rint(fell), abs=1e-9)
    assert round(fell.sum()) == replies
    assert (fell[codes < 0] == 0.0).all()


def test_reading_comforts_the_reader():
    part = ids.Experiences(patients=1.0, reply=0.0, comfort=0.05)
    with stepping(scenario(population=CROWD, experiences=part, spread=STAYS, days=3.0)) as run:
        before, heard = run.world.people.isolation.copy(), np.zeros(N)
        for _ in range(run.scenario.steps):
            run.step()
            authors = run.world.state.messages.slots["author"][run.world.heard[:, 1]]
            alike = in_role(run, "patient", "caregiver", "peer_supporter")[authors]
            heard += np.bincount(run.world.heard[alike, 0], minlength=N)
    assert heard.sum() > 200
    assert run.world.people.isolation == pytest.approx(before * 0.95**heard, rel=1e-9)


def test_without_posts_or_effect_it_is_absent():
    """No rate: every measure as without it. No effect: nothing but posts and replies, which take places."""
    without = measured(ended())
    silent = ids.Experiences(patients=0.0, caregivers=0.0)
    assert differing(without, measured(ended(experiences=silent))) == []
    with_posts = ids.Experiences(patients=1.0, takes_side=0.0, reply=1.0, effect=0.0, comfort=0.0)
    found = measured(ended(experiences=with_posts))
    assert without["isolation"].tobytes() == found["isolation"].tobytes()
    assert found["support_replies"].max() > 100


def test_suspended_people_tell_nothing():
    class Silence(ids.Intervention):
        """Nobody posts."""

        def act(self, world, people, memory):
            world.levers.posting.scale(people, 0.0)

    run = ended(Silence(), experiences=ids.Experiences(patients=1.0))
    assert run.world.state.counts["experiences"][0] == 0


def test_support_raises_wellbeing_of_patients():
    """Replies and reading, alone, lower isolation and raise well-being of those who share an illness."""
    part = ids.Experiences(patients=0.5, takes_side=0.0, reply=0.3, effect=0.1)
    runs = [ended(experiences=part.but(**change), wellbeing=ids.Wellbeing(half_life=2.0), topics=[QUIET])
            for change in ({}, {"effect": 0.0, "comfort": 0.0})]  # fmt: skip
    patients = in_role(runs[0], "patient")
    isolation = [run.world.people.isolation[patients].mean() for run in runs]
    wellbeing = [run.world.state.health["wellbeing"][patients].mean() for run in runs]
    assert isolation[0] < isolation[1]
    assert wellbeing[0] > wellbeing[1]
    others = in_role(runs[0], "public")
    assert (runs[0].world.people.isolation[others] == runs[1].world.people.isolation[others]).all()


@pytest.mark.parametrize(
    ("change", "told"), [({"platform": "x"}, "experiences.platform"), ({"topic": "y"}, "experiences.topic")]
)
def test_unknown_names_are_refused(change, told):
    with pytest.raises(UnknownNameError, match=told):
        scenario(experiences=ids.Experiences(**change))


def test_an_unknown_condition_is_refused():
    with pytest.raises(UnknownNameError, match="'illness' is not a partition of people"):
        ids.Run(scenario(experiences=ids.Experiences(condition="illness")), seed=1)
