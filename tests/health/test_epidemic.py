"""A disease among people in contact: against a slow twin, theory, and itself."""

from __future__ import annotations

import math

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim import theory
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import categories
from infodemic_sim.simulation import Run
from tests.health.contagion_twin import ContagionTwin

SILENT = {"topics": [ids.Topic(posting=ids.Posting(**dict.fromkeys(ids.Posting.model_fields, 0.0)))]}
QUIET = {**SILENT, "platforms": [ids.Platform(sessions_per_day=0.0, chatter_per_day=0.0)], "cascades": "none"}
"""Nobody reads or posts: the disease alone."""
UNCOUPLED = {"efficacy": 0.0, "contact_reduction": 0.0}
OUTCOMES = ("susceptible", "exposed", "infectious", "recovered")


def scenario(graph=None, people=None, **changes):
    graph = ids.erdos_renyi(200, mean_degree=8.0, seed=2) if graph is None else graph
    plain = {"days": 20.0, "warm_up": 0.0, "epidemic": ids.Epidemic(starters=5), "behaviour": ids.Behaviour()}
    return ids.Scenario(population=ids.Population(graph=graph, **(people or {})), **{**plain, **changes})


def alone(graph, epidemic, **changes):
    """The disease without behaviour, where nobody reads."""
    plain = {"epidemic": epidemic, "behaviour": None, "record": "end", **QUIET}
    return scenario(graph, **{**plain, **changes})


def finished(plan, **words):
    run = Run(plan, **{"seed": 1, **words})
    run.finish()
    return run


@pytest.mark.parametrize("hours", [1.0, 6.0, 24.0])
def test_a_slow_twin_has_the_same_draws(hours):
    keys = 3.0 * np.random.default_rng(1).permutation(60)
    graph = ids.erdos_renyi(60, mean_degree=6.0, seed=4).with_attributes(key=keys)
    epidemic = ids.Epidemic(starters=3, transmission=0.5, efficacy=0.7, contact_reduction=0.4, starts=2.0)
    plan = scenario(
        graph,
        epidemic=epidemic,
        behaviour=ids.Behaviour(decisions=0.2),
        hours_per_step=hours,
        platforms=[ids.Platform(horizon=48.0)],
    )
    run = Run(plan, seed=5)
    who = keys.astype(int).tolist()
    meets = {who[i]: [who[j] for j in graph.followees(i)] for i in range(60)}
    twin = ContagionTwin(epidemic, meets, run.world.draws, hours)
    for step in range(plan.steps):
        run.step()
        health = run.world.state.health
        took_up = {who[i] for i in np.flatnonzero(health["choice"][0] > 0)}
        twin.move(step, took_up, dict(zip(who, health["protection"][0].tolist(), strict=True)))
    assert 10 < len(twin.infected) < 60
    for name in ("infected", "infectious", "recovered"):
        times = run.world.state.health[f"{name}_on"]
        assert {who[i]: times[i] for i in np.flatnonzero(np.isfinite(times))} == getattr(twin, name)
    assert run.world.state.health["peak"].tolist() == [twin.most, twin.when]


def test_without_coupling_it_is_the_epidemic_alone_whatever_people_read():
    plain = ids.Epidemic(starters=5, transmission=0.1, **UNCOUPLED)
    lively = finished(scenario(epidemic=plain))
    silent = finished(scenario(epidemic=plain, behaviour=None, **QUIET))
    assert lively.world.state.records["belief"].tobytes() != silent.world.state.records["belief"].tobytes()
    for name in ("infected_on", "infectious_on", "recovered_on", "peak"):
        one, other = (run.world.state.health[name] for run in (lively, silent))
        assert np.array_equal(one.view(np.uint64), other.view(np.uint64))
    assert np.isfinite(lively.world.state.health["infected_on"]).sum() > 20


def test_compartments_hold_everybody():
    result = finished(scenario(people={"bots": 0.1})).result()
    total = sum(result.series(name) for name in OUTCOMES)
    assert np.allclose(total, 1.0, atol=1e-15)
    everybody = result.series("susceptible") + result.series("infected")
    assert np.allclose(everybody, 1.0, atol=1e-15)
    assert result.series("cases").is_monotonic_increasing
    assert result.final("peak_infectious") >= result.series("infectious").max()


def test_automated_accounts_do_not_fall_ill():
    run = finished(scenario(people={"bots": 0.3}, epidemic=ids.Epidemic(transmission=2.0, **UNCOUPLED)))
    bots = run.world.people.role == 9
    infected = run.world.state.health["infected_on"]
    assert bots.sum() > 20
    assert np.isnan(infected[bots]).all()
    assert np.isfinite(infected[~bots]).sum() > 100


def test_cases_by_part_sum_to_all():
    graph = ids.erdos_renyi(200, mean_degree=8.0, seed=2)
    half = categories(["east" if k % 2 else "west" for k in range(200)])
    people = {"subgroups": ("town",)}
    result = finished(scenario(graph.with_attributes(town=half), people)).result()
    parts = [result.final("cases", subgroup=f"town={part}") for part in ("east", "west")]
    assert sum(parts) == result.final("cases") > 5
    assert min(parts) > 0


@pytest.mark.parametrize("part", ["efficacy", "contact_reduction"])
def test_behaviour_protects(part):
    """With the same draws, full protection of everybody stops what would infect many."""
    sure = [ids.Topic(accurate_share=0.999999, spread=0.1)]
    strong = ids.Epidemic(transmission=0.3, starts=5.0, **{**UNCOUPLED, part: 1.0})
    weak = strong.but(**UNCOUPLED)
    quick = ids.Behaviour(decisions=24.0, leaning=10.0, lag=0.01)
    graph = ids.erdos_renyi(200, mean_degree=8.0, seed=2)
    plain = {"topics": sure, "behaviour": quick, "platforms": QUIET["platforms"]}
    cases = [
        finished(scenario(graph, epidemic=which, **plain)).result().final("cases") for which in (weak, strong)
    ]
    assert cases[0] > 150
    assert cases[1] <= 10 + 2  # first cases, and who they met in spite of a hesitation of .00005


def pairs(count, transmission, **words):
    """One infectious person and one contact each; on which day the contacts were infected."""
    ties = np.arange(0, 2 * count, 2)
    graph = ids.SocialGraph.from_ties(ties, ties + 1, 2 * count, False)
    rule = ids.Epidemic(starts=3000.0, transmission=transmission, latent=1.0, infectious=4.0, **UNCOUPLED)
    run = Run(alone(graph, rule, days=100.0, **words), seed=3)
    health = run.world.state.health
    giver = np.arange(0, 2 * count, 2, dtype=np.int32)
    health["infected_on"][giver] = 0.0
    rule._fall_ill(run.world, giver, 0.0, at_once=True)
    health["ill"] = giver
    run.finish()
    return health["infected_on"][giver + 1]


def test_a_contact_is_infected_as_often_as_theory_says():
    """Pairs of one infectious person and one contact: beta / (beta + gamma) are infected, at any step."""
    count = 40_000
    share = np.isfinite(pairs(count, 0.2, hours_per_step=12.0)).mean()
    expected = 0.2 / (0.2 + 1.0 / 4.0)
    assert abs(share - expected) < 4.0 * math.sqrt(expected * (1.0 - expected) / count)


def test_a_lower_rate_infects_nobody_sooner():
    """Where the same power of two lies above both."""
    low, high = (pairs(2_000, rate) for rate in (0.20, 0.24))
    assert (low >= high).all()
    assert np.isfinite(low).sum() < np.isfinite(high).sum()


@pytest.mark.parametrize("transmission", [0.0, 2.3e-313, 1e-290])
def test_next_to_no_transmission_infects_nobody(transmission):
    assert not np.isfinite(pairs(50, transmission)).any()


@pytest.mark.parametrize("hours", [6.0, 24.0])
def test_final_size_of_a_large_crowd(hours):
    """Everybody meets everybody, within four standard errors of runs that take off; any length of step."""
    n, mean = 600, 5.0
    rule = ids.Epidemic(
        starters=30, transmission=2.0 / (n - 1) / mean, latent=2.0, infectious=mean, **UNCOUPLED
    )
    plan = alone(ids.complete_graph(n), rule, days=300.0, hours_per_step=hours)
    sizes = [finished(plan, replicate=k).result().final("infected") for k in range(12)]
    expected = theory.sir_final_size_from(2.0, 30 / n)
    error = np.std(sizes, ddof=1) / math.sqrt(len(sizes))
    assert abs(np.mean(sizes) - expected) < 4.0 * error + 1.0 / n  # the limit is that of large n


def test_the_rule_of_the_textbook_agrees():
    """SEIR over a bare network in continuous time: the same law, within four standard errors."""
    graph = ids.erdos_renyi(1000, mean_degree=6.0, seed=5)
    plan = alone(
        graph, ids.Epidemic(starters=20, transmission=0.1, **UNCOUPLED), days=150.0, hours_per_step=12.0
    )
    ours = [finished(plan, replicate=k).result().final("cases") for k in range(30)]
    rule = ids.SEIR(time="continuous", transmission=0.1, incubation=1 / 3.0, recovery=1 / 5.0, starters=20)
    theirs = [rule.run(graph, seed=9, replicate=k).reached for k in range(200)]
    error = math.sqrt(np.var(ours, ddof=1) / len(ours) + np.var(theirs, ddof=1) / len(theirs))
    assert abs(np.mean(ours) - np.mean(theirs)) < 4.0 * error


def test_a_follow_is_a_contact_in_both_directions():
    star = ids.SocialGraph.from_ties(np.zeros(20, int), np.arange(1, 21), 21, True)
    rule = ids.Epidemic(starters=1, transmission=50.0, infectious=20.0, **UNCOUPLED)
    for replicate in range(3):
        assert finished(alone(star, rule), replicate=replicate).result().final("cases") == 21


def test_contacts_of_their_own():
    nobody = ids.SocialGraph.from_ties([], [], 200, False)
    rule = ids.Epidemic(starters=5, transmission=50.0, contacts=nobody, **UNCOUPLED)
    assert finished(scenario(epidemic=rule)).result().final("cases") == 5
    with pytest.raises(InfodemicError, match="both must hold the same people"):
        Run(scenario(epidemic=ids.Epidemic(contacts=ids.complete_graph(3))), seed=1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"behaviour": None}, "but no behaviour"),
        ({"epidemic": ids.Epidemic(topic="scurvy")}, "there is no topic 'scurvy'"),
        ({"epidemic": None, "primary": "cases"}, "means nothing without epidemic"),
        ({"behaviour": None, "epidemic": None, "primary": "uptake"}, "means nothing without behaviour"),
    ],
)
def test_refused(changes, said):
    with pytest.raises(InfodemicError, match=said):
        scenario(**changes)
