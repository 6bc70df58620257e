"""Rules that need nothing but a network, in scenarios: what they share, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim import testing
from infodemic_sim.errors import MissingLeverError, ParameterError
from infodemic_sim.spread.network_rule import NetworkRule
from infodemic_sim.testing.small_runs import small_graph, world_with
from tests.spread.gossip import Gossip

CHECKS = testing.RULE_CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_a_rule_of_somebody_else(check):
    check(Gossip(telling=0.05))


def test_measures_follow_the_statuses():
    scenario = world_with(Gossip(telling=0.05, starters=3))
    result = ids.simulate(scenario.but(cascades="trees"), seed=4)
    assert result.series("spreading").iloc[0] == pytest.approx(3 / 70)
    spreading = result.final("spreading")
    assert 3 / 70 < spreading <= 1.0
    assert result.final("unaware") == pytest.approx(1.0 - spreading)
    assert result.final("misinformed") == spreading == result.final("reach_false")
    assert result.final("credence") == pytest.approx(0.5 * (1.0 - spreading))
    assert result.final("reshares_false") == 70 * spreading - 3
    assert result.final("cascade_size_false") == pytest.approx(70 * spreading / 3)
    assert "discernment" not in set(result.table.measure)


def test_accurate_information_informs():
    result = ids.simulate(world_with(Gossip(accurate=True)), seed=4)
    assert result.final("misinformed") == 0.0 == result.final("reach_false")
    assert result.final("credence") == 1.0 == result.final("reach_accurate")


def test_there_is_nothing_to_warm_up():
    scenario = world_with(Gossip(telling=0.05))
    late = scenario.but(warm_up=1.5)
    columns = ["day", "measure", "subgroup"]
    one, other = (ids.simulate(plan, seed=1).table.sort_values(columns) for plan in (scenario, late))
    shown = one.measure.isin(["spreading", "misinformed", "reshares_false"])
    same = other.measure.isin(one[shown].measure)
    np.testing.assert_array_equal(one[shown].value, other[same].value)


def test_a_scenario_and_a_bare_network_agree():
    graph = ids.erdos_renyi(200, mean_degree=4.0, seed=1)
    rule = Gossip(telling=0.1)
    alone = rule.run(graph, seed=9, steps=24)
    population = ids.Population(graph=graph)
    scenario = ids.Scenario(population=population, spread=rule, days=1.0, warm_up=0.0, record="hourly")
    shares = ids.simulate(scenario, seed=9).series("spreading").to_numpy()
    steps = alone.curves["gossip"]
    assert np.array_equal(shares[: steps.size], steps / 200)
    assert np.all(shares[steps.size :] == shares[-1])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"topics": [ids.Topic(name="a"), ids.Topic(name="b")]}, "room for one topic and one platform"),
        ({"primary": "discernment"}, "primary discernment means nothing under Gossip"),
    ],
)
def test_what_does_not_suit_a_rule_is_refused(changes, sentence):
    with pytest.raises(ParameterError, match=sentence):
        world_with(Gossip()).but(**changes)


@pytest.mark.parametrize("intervention", [ids.WarningLabel(), ids.ProviderCorrection(), ids.Inoculation()])
def test_levers_that_a_rule_lacks_are_refused(intervention):
    with pytest.raises(MissingLeverError, match="which the spread rule Gossip does not offer"):
        world_with(Gossip()).but(interventions=[intervention])


def lobby(world):
    """Moves a lever that no declaration names."""
    world.levers.reach.scale(np.arange(world.n), 0.5)


def advertise(world):
    """Publishes where there are no feeds."""
    world.publish_some(
        np.arange(2), np.arange(2, dtype=np.uint64), 1.0, platform=0, topic=0, kind="claim", side=1
    )


@pytest.mark.parametrize(("deed", "word"), [(lobby, "'reach'"), (advertise, "no feeds")])
def test_functions_are_told_what_a_rule_lacks(deed, word):
    with pytest.raises(MissingLeverError, match=word):
        ids.simulate(world_with(Gossip()).but(interventions=[deed]), seed=1)


def test_believers_can_be_targeted():
    scenario = world_with(Gossip(telling=0.3)).but(
        interventions=[Silence(who=ids.Believers(), when=ids.Always())]
    )
    assert ids.simulate(scenario, seed=1).final("spreading") == pytest.approx(1 / 70)


class Silence(ids.Intervention):
    """Whoever it concerns passes nothing on."""

    needs = frozenset({"sharing"})

    def act(self, world, people, memory):
        world.levers.sharing.scale(people, 0.0)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Gossip(starters=71), "starters is 71, but the network has 70 people"),
        (Gossip(start=(70,)), "nobody in this network of 70 has the key 70"),
        (Gossip(start=(-1,)), "nobody in this network of 70 has the key -1"),
    ],
)
def test_starters_have_to_be_there(rule, sentence):
    graph = ids.SocialGraph(small_graph().indptr.copy(), small_graph().indices.copy(), directed=False)
    with pytest.raises(ParameterError, match=sentence):
        rule.run(graph, seed=1, steps=1)


def test_a_rule_that_never_ends_needs_a_length():
    with pytest.raises(ParameterError, match="may go on for ever: give a number of steps"):
        Gossip().run(small_graph(), seed=1)
    assert issubclass(Gossip, NetworkRule)


@pytest.mark.parametrize(
    "words", [{"seed": -1}, {"seed": 1, "steps": -1}, {"seed": 1, "hours_per_step": 0.0}]
)
def test_arguments_of_a_run_out_of_range(words):
    with pytest.raises(ParameterError):
        Gossip().run(small_graph(), **{"steps": 2, **words})


class Deaf(Gossip):
    """Offers a lever without using it."""

    levers = frozenset({"sharing", "verification"})


class Positional(Gossip):
    """Treats rows, not people."""

    def people_who_start(self, ground):
        return np.arange(2, dtype=np.int32)


class Unlinked(Gossip):
    """Names children before their parents."""

    def advance(self, ground, arrays, step, chances):
        rows = super().advance(ground, arrays, step, chances)
        rows["parent"] = np.arange(rows.size) + 10**6
        return rows


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (Deaf, "Deaf offers the lever 'verification', but moving it changes nothing"),
        (Positional, "Positional depends on the order of people"),
        (Unlinked, "Unlinked has children before their parents"),
    ],
)
def test_a_broken_rule_is_told_in_one_sentence(part, sentence):
    with pytest.raises(AssertionError, match=sentence):
        testing.check_rule(part(telling=0.05))
