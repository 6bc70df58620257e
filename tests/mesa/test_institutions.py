"""Institutions act in the place of their key, from addresses, and equal the interventions they copy."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim import checkpoint
from infodemic_sim.errors import DuplicateKeyError, MissingLeverError, NotWritableError, ParameterError
from infodemic_sim.interventions.who import MostFollowed, Role
from infodemic_sim.mesa_model import Institution
from infodemic_sim.simulation import running
from tests.identities.small import all_built_in, built_in, differing, persons, scenario
from tests.mesa.institutions import (
    OF_LABELS,
    OF_PROVIDERS,
    BotFarm,
    Clinic,
    FactCheckingDesk,
    SteppedClinic,
    WithAgents,
    finished,
)

COPIES = {
    "clinic": (Clinic, "ProviderCorrection", OF_PROVIDERS, {}),
    "clinic by steps": (SteppedClinic, "ProviderCorrection", OF_PROVIDERS, {}),
    "hurried clinic": (
        Clinic,
        "ProviderCorrection",
        {**OF_PROVIDERS, "capacity": ids.Capacity(per_step=2, per_day=9)},
        {"uptake": 0.7, "delay": 0.125, "when": ids.Between(0.5, 2.5)},
    ),
    "desk": (FactCheckingDesk, "WarningLabel", OF_LABELS, {}),
    "desk for some": (FactCheckingDesk, "WarningLabel", OF_LABELS, {"uptake": 0.5, "who": Role("public")}),
}
KEYS = {"ProviderCorrection": "provider_correction", "WarningLabel": "warning_label"}


def modelled(plan: ids.Scenario, *agents: object, seed: int = 1) -> WithAgents:
    return WithAgents(plan, agents, rng=seed)


@pytest.mark.parametrize("others", [False, True], ids=["alone", "among others"])
@pytest.mark.parametrize("name", COPIES)
def test_an_institution_equals_the_intervention_it_copies(name, others):
    kind, intervention, grammar, changes = COPIES[name]
    rest = [part for part in all_built_in() if type(part).__name__ != intervention] if others else []
    whole = scenario(interventions=[*rest, built_in(intervention, **{**grammar, **changes})])
    model = modelled(scenario(interventions=rest), (kind, KEYS[intervention], {**grammar, **changes}))
    mine = finished(model)
    with running(whole, seed=1) as run:
        assert differing(mine.table, run.finish().table) == set()
        assert persons(model.world) == persons(run.world)
    assert mine.final("staff_minutes") > 0


def test_the_place_of_the_key_decides_not_the_order_of_making():
    one, other = (Clinic, "a", OF_PROVIDERS), (FactCheckingDesk, "b", OF_LABELS)
    plan = scenario(interventions=[built_in("PeerSupport")])
    first, second = finished(modelled(plan, one, other)), finished(modelled(plan, other, one))
    assert differing(first.table, second.table) == set()
    assert set(first.outside_agents) == {"a", "b"}


def test_draws_of_mesa_and_idle_agents_change_nothing():
    class Restless(WithAgents):
        def step(self):
            self.random.random(), self.rng.random()
            self.people.shuffle()
            super().step()

    plan = scenario()
    result = finished(Restless(plan, ((Institution, "idle", {}),), rng=4))
    own = result.table.subgroup == "intervention=idle"  # the table tells that it did nothing
    assert (result.table[own].value == 0.0).all()
    rest = result.table[~own].reset_index(drop=True)
    assert differing(rest, ids.simulate(plan, seed=4).table) == set()


def test_provenance_tells_of_outside_agents(tmp_path):
    plan = scenario(days=1.0)
    model = modelled(plan, (Clinic, None, OF_PROVIDERS))
    model.step()
    assert model.result().outside_agents == ("clinic",)
    assert not model.result().from_scenario_alone
    assert ids.simulate(plan, seed=1).from_scenario_alone
    with pytest.raises(NotWritableError, match="clinic"):
        checkpoint.save(model.simulation, tmp_path / "run.npz")
    with pytest.raises(NotWritableError, match="clinic"):
        next(iter(model.agents)).turn.to_dict()


def test_a_bot_farm_spreads_misinformation():
    plan = scenario(people={"sharing": 0.3})
    farm = (BotFarm, None, {"who": MostFollowed(share=0.1)})
    quiet, flooded = ids.simulate(plan, seed=2), finished(modelled(plan, farm, seed=2))
    where = {"topic": "two", "platform": "b"}
    assert flooded.final("posts_intervention", **where) == pytest.approx(3 * 7 * 0.9, abs=6)
    assert flooded.final("exposures_false", **where) > quiet.final("exposures_false", **where)


def test_support_and_demotion_have_their_effect():
    class Helpers(Institution):
        def act(self):
            self.support(self.model.people.select(lambda person: person.isolation > 0.2), 0.5)
            fresh = self.new_messages()
            self.demote(fresh.where(self.world.state.messages.slots["side"][fresh.slots] < 0), 0.0)

    plan = scenario()
    model = modelled(plan, (Helpers, None, {}))
    helped, left = finished(model), ids.simulate(plan, seed=1)
    assert helped.final("isolation") < left.final("isolation")
    assert helped.final("exposures_false") < left.final("exposures_false") / 2
    assert helped.final("support_contacts") > 0


def test_an_institution_that_leaves_stops_acting_and_its_costs_stay():
    model = modelled(scenario(), (Clinic, None, OF_PROVIDERS))
    while model.day < 1.5:
        model.step()
    spent = model.measure("staff_minutes")
    next(iter(model.agents)).remove()
    assert len(model.agents) == 0
    assert finished(model).final("staff_minutes") == spent > 0


def test_what_cannot_be_is_refused_in_a_sentence():
    model = modelled(scenario(days=1.0, interventions=[built_in("PeerSupport")]))
    with pytest.raises(ParameterError, match="two interventions called 'peer_support'"):
        Clinic(model, "peer_support")
    clinic = Clinic(model)
    with pytest.raises(ParameterError, match="never from model"):
        clinic.rng.random()
    with pytest.raises(ParameterError, match="never from model"):
        clinic.random.random()
    with pytest.raises(ParameterError, match="Did you mean 'correction'"):
        clinic.publish([0], side=1, kind="corection")
    with pytest.raises(ParameterError, match="side must be"):
        clinic.publish([0], side=2)
    with pytest.raises(ParameterError, match="people came across"):
        clinic.correct(clinic.new_messages())
    clinic.publish([0], side=1)
    clinic.publish([0], side=1, cause="another")
    with pytest.raises(DuplicateKeyError, match="cause="):
        clinic.publish([0], side=1)
    model.step()
    with pytest.raises(ParameterError, match="before the first step"):
        Clinic(model, "late")
    assert model.measure("posts_intervention") >= 2


def test_verbs_need_the_levers_of_the_spread_rule(monkeypatch):
    model = modelled(scenario(days=1.0))
    clinic = Clinic(model)
    monkeypatch.setattr(type(model.plan.spread), "levers", frozenset({"posts"}))
    with pytest.raises(MissingLeverError, match="clinic needs the lever 'corrections'"):
        clinic.watch(np.array([0]))


class Matchmaker(Institution):
    """Cuts the ties of one person, and lets them follow others instead."""

    def act(self) -> None:
        _, others = self.world.followees_of(np.array([3]))
        self.cut_ties(np.full(others.size, 3), others)
        strangers = np.setdiff1d(np.arange(self.world.n), [*others, 3])
        self.add_ties([3, 3], strangers[:2])


def test_institutions_change_ties():
    still = ids.ChangingTies(unfollowing=0.0, follows_per_day=0.0)
    model = modelled(scenario(days=1.0, warm_up=0.0, turnover=None, ties=still))
    before = {person.key for person in next(iter(model.people_at(np.array([3])))).followees}
    maker = Matchmaker(model)
    with pytest.raises(ParameterError, match="as many others as people, but got 1 for 2"):
        maker.cut_ties([0, 1], [2])
    model.step()
    after = {person.key for person in next(iter(model.people_at(np.array([3])))).followees}
    assert len(before) > 2
    assert len(after) == 2
    assert not before & after
    unable = Matchmaker(modelled(scenario(days=1.0, ties=None)))
    with pytest.raises(MissingLeverError, match="give the scenario 'ties'"):
        unable.cut_ties([0], [1])
