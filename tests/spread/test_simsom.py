"""SimSoM: against a slow twin draw for draw, and what no run may break."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim import testing
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.columns import categories
from infodemic_sim.graphs.simsom_graph import simsom_graph
from infodemic_sim.kernels.simsom_bots import bots_followed
from infodemic_sim.kernels.simsom_feeds import AGE, MESSAGE, POST, SHARES
from infodemic_sim.platforms.ranking import SimSoMRanking
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.spread.network_rule import UNTOUCHED, Arrays, Chances, Ground
from infodemic_sim.spread.simsom import SimSoM
from infodemic_sim.spread.simsom_bots import chances_to_follow, raced
from tests.spread.simsom_twin import Levers
from tests.spread.simsom_twins import ground_of, twin_of

LIVELY = SimSoM(bot_share=0.2, infiltration=0.1, feed_size=5, flooding=3, deception=0.5, quality_slope=1.0)
CHECKS = testing.RULE_CHECKS


def run(rule: SimSoM, ground: Ground, steps: int, chances: Chances = UNTOUCHED) -> tuple[Arrays, np.ndarray]:
    arrays, first = rule.begin(ground)
    rows = [first, *(rule.advance(ground, arrays, step, chances) for step in range(steps))]
    return arrays, np.concatenate(rows)


def feeds_in(arrays: Arrays, agent: int) -> list[tuple[float, float, bool, int, int, int]]:
    """A feed as the kernels hold it."""
    rows = arrays["entry"][agent, : arrays["size"][agent]]
    slots = rows[:, MESSAGE]
    columns = (arrays["quality"][slots], arrays["appeal"][slots], arrays["by_bot"][slots])
    return list(zip(*(c.tolist() for c in (*columns, *rows[:, [SHARES, AGE, POST]].T)), strict=True))


@pytest.mark.parametrize("ageing", ["correct", "published"])
@pytest.mark.parametrize("mean_degree", [2, 12])
def test_agrees_with_the_twin_draw_for_draw(ageing, mean_degree):
    rule, graph = LIVELY.but(ageing=ageing), simsom_graph(60, mean_degree=mean_degree, seed=5)
    ground = ground_of(graph)
    twin, agents = twin_of(rule, ground)
    hand = np.arange(60) % 4
    factors = np.array([0.0, 0.4, 1.0, 1.7])
    chances = Chances(sharing=factors[hand], posting=factors[hand[::-1]], inoculation=1.5 * factors[hand])
    for person, key in enumerate(ground.keys.tolist()):
        row = (chances.sharing[person], chances.posting[person], chances.inoculation[person])
        twin.levers[key] = Levers(*map(float, row))
    arrays, rows = run(rule, ground, 25, chances)
    for step in range(25):
        twin.step(step)
    told = [(int(ground.keys[row["person"]]), int(row["parent"]), bool(row["message"])) for row in rows]
    assert told == twin.adopted
    assert (rows["parent"] >= 0).any()
    for agent, key in enumerate(agents):
        expected = [
            (p.message.quality, p.message.appeal, p.message.by_bot, p.shares, p.age, p.post)
            for p in twin.feeds[key]
        ]
        assert [row[2:] for row in feeds_in(arrays, agent)] == [row[2:] for row in expected]
        numbers = [row[:2] for row in feeds_in(arrays, agent)]
        np.testing.assert_allclose(numbers, [row[:2] for row in expected], rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
@pytest.mark.parametrize("rule", [LIVELY, SimSoM(bot_share=0.0, ageing="published")], ids=["bots", "no bots"])
def test_is_a_rule(rule, check):
    check(rule)


@settings(max_examples=25, deadline=None)
@given(
    people=st.integers(2, 40),
    share=st.sampled_from([0.0, 0.03, 0.1, 1.0]),
    friends=st.integers(0, 4),
    size=st.integers(1, 6),
    posting=st.sampled_from([0.0, 0.3, 1.0]),
    seed=st.integers(0, 1000),
)
def test_feeds_are_always_in_order(people, share, friends, size, posting, seed):
    rule = LIVELY.but(bot_share=share, bot_friends=friends, feed_size=size, posting=posting)
    ground = ground_of(simsom_graph(people, mean_degree=1, seed=seed), seed)
    arrays, rows = run(rule, ground, 12)
    standing = np.zeros(arrays["standing"].size, int)
    for agent, count in enumerate(arrays["size"]):
        row = arrays["entry"][agent, :count]
        assert count <= size
        assert np.unique(row[:, MESSAGE]).size == count
        assert (np.diff(row[:, AGE]) >= 0).all()
        assert (row[:, SHARES] > 0).all()
        standing[row[:, MESSAGE]] += 1
    np.testing.assert_array_equal(standing, arrays["standing"])
    assert (np.bincount(rows["person"], minlength=people) == 12).all()  # everybody posts once a step
    assert (rows["parent"] < np.arange(rows.size)).all()
    children = rows[rows["parent"] >= 0]
    np.testing.assert_array_equal(rows["message"][children["parent"]], children["message"])
    assert (rows["time"][children["parent"]] < children["time"]).all()


def test_the_order_of_people_changes_nothing():
    column = np.random.default_rng(1).uniform(-1.0, 1.0, 300)  # data, no part of the run
    graph = simsom_graph(300, mean_degree=6, seed=2).with_attributes(party=column)
    ground = ground_of(graph)
    shuffle = np.argsort(ground.keys)
    other = Ground(graph.relabel(shuffle), ground.keys[np.argsort(shuffle)], ground.draws)
    for targeting in ("random", "hubs", "extremes"):
        rule = LIVELY.but(targeting=targeting, target_column="party")
        (one, rows), (two, moved) = run(rule, ground, 15), run(rule, other, 15)
        np.testing.assert_array_equal(one["moment"], two["moment"])
        np.testing.assert_array_equal(rule.beliefs(one), rule.beliefs(two)[shuffle])
        np.testing.assert_array_equal(shuffle[rows["person"]], moved["person"])
        for name in ("parent", "message", "time"):
            np.testing.assert_array_equal(rows[name], moved[name])


def test_neutral_levers_change_no_bit():
    ground = ground_of(simsom_graph(200, mean_degree=5, seed=2))
    ones = np.ones(200)
    for posting in (0.1, 0.3, 0.5, 0.7):
        rule = LIVELY.but(posting=posting)
        one, rows = run(rule, ground, 15)
        two, again = run(rule, ground, 15, Chances(sharing=ones, posting=ones, inoculation=0.0 * ones))
        assert rows.tobytes() == again.tobytes()
        for name in one:
            np.testing.assert_array_equal(one[name], two[name])


def test_levers_do_what_they_say():
    ground = ground_of(simsom_graph(1000, mean_degree=10, seed=2))
    rule = SimSoM(bot_share=0.0, posting=0.4)
    quarter = np.full(1000, 0.25)
    reshares = {}
    for lever in ("sharing", "posting"):
        rows = run(rule, ground, 21, Chances(**{lever: quarter}))[1]
        rows = rows[rows["time"] > 1.0]  # until then all feeds are empty
        fresh = np.count_nonzero(rows["parent"] < 0) / 20_000
        reshares[lever] = np.count_nonzero(rows["parent"] >= 0) / 20_000
        assert fresh == pytest.approx(0.4 * (0.25 if lever == "posting" else 1.0), abs=4 * 0.0035)
    assert reshares["sharing"] == pytest.approx(0.15, abs=4 * 0.0026)  # se of a share of 20,000 draws
    assert reshares["posting"] == pytest.approx(0.6, abs=4 * 0.0035)


def test_inoculation_lowers_the_odds_of_false_messages():
    """Everybody has an accurate message of weight 3 and a false one of weight 1 to pick from."""
    people = 20_000
    rule = SimSoM(bot_share=0.0, posting=0.0, feed_size=2)
    for logits in (0.0, 1.2, 900.0):
        ground = ground_of(SocialGraph.from_ties([0], [1], people, directed=True))
        arrays, _ = rule.begin(ground)
        arrays["entry"][:, 0], arrays["entry"][:, 1] = [0, 3, 0, -1], [1, 1, 0, -1]
        arrays["size"][:], arrays["standing"][:2] = 2, people
        arrays["quality"][:2], arrays["appeal"][:2] = [0.9, 0.1], 0.5
        rows = rule.advance(ground, arrays, 0, Chances(inoculation=np.full(people, logits)))
        share = 3.0 / (3.0 + math.exp(-logits))
        assert rows["message"].mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / people))


def test_who_has_only_false_messages_shares_them():
    ground = ground_of(SocialGraph.from_ties([0], [1], 20, directed=True))
    rule = SimSoM(posting=0.0, infiltration=1.0, bot_share=1.0)
    rows = run(rule, ground, 30, Chances(inoculation=np.full(20, 900.0)))[1]
    assert (rows[rows["time"] > 1.0]["message"] == 0).all()
    assert rows.size == 20 * 30


def test_recency_is_that_of_the_ranking():
    recency = SimSoMRanking().recency
    assert recency(0.0) == 1.0
    assert recency(32.0) == pytest.approx(math.exp(-1.6))


def test_messages_have_the_declared_distributions():
    ground = ground_of(SocialGraph.from_ties([0], [1], 40_000, directed=True))
    arrays, _ = SimSoM(feed_size=1, bot_share=0.5, bot_friends=1, deception=0.3).begin(ground)
    rule = SimSoM(bot_share=0.5, deception=0.3, quality_slope=5.0, appeal_exponent=3.0)
    rule.advance(ground, arrays, 0, UNTOUCHED)  # all post something new, and slots are taken in order
    people, bots = slice(0, 40_000), slice(40_000, 60_000)
    q, a = arrays["quality"][people], arrays["appeal"][people]
    for x in (0.3, 0.7, 0.9):
        below = (math.expm1(5.0 * x) / math.expm1(5.0), 1.0 - (1.0 - x) ** 3)
        for values, share in zip((q, a), below, strict=True):
            assert np.mean(values < x) == pytest.approx(
                share, abs=4 * math.sqrt(share * (1 - share) / 40_000)
            )
    assert abs(np.corrcoef(q, a)[0, 1]) < 4 / 200
    assert (arrays["quality"][bots] == 0.0).all()
    assert arrays["by_bot"][bots].all()
    assert not arrays["by_bot"][people].any()
    assert np.mean(arrays["appeal"][bots] == 1.0) == pytest.approx(0.3, abs=4 * math.sqrt(0.21 / 20_000))


def test_people_follow_bots_with_their_chances():
    chances = np.array([0.0, 1e-300, 0.002, 0.3, 1.0] * 40)
    keys = np.array([absorb(5, person) for person in range(200)], np.uint64)
    starts, followed = bots_followed(np.uint64(9), keys, chances, 5000)
    for person in range(200):
        assert (np.diff(followed[starts[person] : starts[person + 1]]) > 0).all()
    counts = np.diff(starts).reshape(40, 5).sum(axis=0)
    assert counts[[0, 1]].tolist() == [0, 0]
    assert counts[4] == 200_000
    for k, p in ((2, 0.002), (3, 0.3)):
        assert counts[k] == pytest.approx(200_000 * p, abs=4 * math.sqrt(200_000 * p * (1 - p)))
    thirds = np.concatenate([followed[starts[p] : starts[p + 1]] for p in range(3, 200, 5)])
    spread = np.bincount(thirds, minlength=5000)  # each bot has as many followers as any other
    assert np.var(spread) == pytest.approx(40 * 0.21, rel=4 * math.sqrt(2 / 5000))


def test_targets_are_raced_for():
    weights = np.array([0.0, 1.0, 2.0, 5.0, 50.0])
    chances = raced(weights, 0.4)
    assert chances.mean() == pytest.approx(0.4, abs=1e-12)
    assert chances[0] == 0.0
    np.testing.assert_allclose(np.log1p(-chances[2:]) / np.log1p(-chances[1]), weights[2:], rtol=1e-9)
    np.testing.assert_allclose(raced(np.full(7, 3.0), 0.25), 0.25, rtol=1e-12)
    np.testing.assert_array_equal(raced(np.array([2.0, 0.0, 9.0, 0.0]), 0.5), [1.0, 0.0, 1.0, 0.0])


def test_the_six_tactics_name_whom_they_say():
    graph = SocialGraph.from_ties([0, 1, 2, 3], [3, 3, 3, 2], 4, directed=True)
    graph = graph.with_attributes(
        party=np.array([-1.0, -0.2, 0.0, 0.4]), score=np.array([0.0, 1.0, 1.0, 2.0])
    )

    def ratios(targeting: str, column: str = "") -> list[float]:
        rates = -np.log1p(-chances_to_follow(graph, targeting, column, 0.2))
        return (rates / rates.max()).round(9).tolist()

    assert ratios("random") == [1.0] * 4
    assert ratios("hubs") == [0.0, 0.0, 0.333333333, 1.0]
    assert ratios("column", "score") == [0.0, 0.5, 0.5, 1.0]
    assert ratios("extremes", "party") == [1.0, 0.2, 0.0, 0.4]
    assert ratios("high", "party") == [0.0, 0.0, 0.0, 1.0]
    assert ratios("low", "party") == [1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"targeting": "high"}, "target_column"),
        ({"targeting": "column", "target_column": "party"}, "negative"),
        ({"targeting": "low", "target_column": "party", "infiltration": 0.9}, "infiltration"),
        ({"targeting": "extremes", "target_column": "town"}, "number"),
        ({"targeting": "extremes", "target_column": "gaps"}, "number"),
    ],
)
def test_targets_that_cannot_be_are_refused(fields, told):
    graph = SocialGraph.from_ties([0, 1], [1, 2], 3, directed=True)
    town, gaps = categories(["a", "b", "a"]), np.array([1.0, np.nan, 2.0])
    graph = graph.with_attributes(party=np.array([-1.0, 0.0, 1.0]), town=town, gaps=gaps)
    with pytest.raises(InfodemicError, match=told):
        SimSoM(**fields).run(graph, seed=1, steps=1)


@pytest.mark.parametrize(
    "fields",
    [
        *({name: bad} for name in ("posting", "infiltration", "deception") for bad in (-0.1, 1.1, math.nan)),
        *({"feed_size": 0}, {"flooding": 0}, {"bot_share": -0.1}, {"appeal_exponent": 0.0}),
        *({"ageing": "wrong"}, {"targeting": "whales"}, {"quality_slope": math.inf}),
    ],
)
def test_parameters_out_of_range_are_refused(fields):
    with pytest.raises(InfodemicError):
        SimSoM(**fields)


def test_people_without_ties_post_something_new_each_step():
    graph = SocialGraph.from_ties([0], [1], 3, directed=True)
    done = SimSoM(bot_share=0.0).run(graph, seed=1, steps=10)
    alone = done.adoptions[done.adoptions["person"] > 0]
    assert (alone["parent"] == -1).all()
    assert alone.size == 20
    beliefs = done.rule.beliefs(done.arrays)
    assert beliefs[1] == beliefs[2] == 0.0 != beliefs[0]


def test_bots_alone_make_certain_of_the_false():
    graph = SocialGraph.from_ties([0], [1], 20, directed=True)
    done = SimSoM(infiltration=1.0, posting=0.0).run(graph, seed=1, steps=3)
    assert done.curves["quality"][-1] < 0.5
    assert done.rule.beliefs(done.arrays)[2] == -40.0


def test_moments_are_those_of_the_feeds():
    graph = simsom_graph(80, mean_degree=5, seed=1)
    done = LIVELY.run(graph, seed=1, steps=12)
    slots = np.concatenate(
        [done.arrays["entry"][v, : done.arrays["size"][v], MESSAGE] for v in range(graph.n)]
    )
    shares = np.unique(slots, return_counts=True)[1] / slots.size
    last = {name: values[-1] for name, values in done.curves.items()}
    assert last["quality"] == pytest.approx(done.arrays["quality"][slots].mean(), abs=1e-8)
    assert last["bot_share"] == pytest.approx(done.arrays["by_bot"][slots].mean(), abs=1e-12)
    assert last["diversity"] == pytest.approx(-np.sum(shares * np.log(shares)), abs=1e-8)
    assert np.isnan(done.curves["quality"][0])


def test_a_run_ends_when_quality_has_settled():
    graph = simsom_graph(200, mean_degree=10, seed=1)
    done = SimSoM(settled=1e-3).run(graph, seed=1, steps=500)
    smoothed = 1.0
    for step, quality in enumerate(done.curves["quality"][1:], 1):
        before, smoothed = smoothed, 0.8 * smoothed + 0.2 * quality
        assert (abs(smoothed - before) / before <= 1e-3) == (step == done.steps)
    assert done.curves["smoothed_quality"][-1] == pytest.approx(smoothed)
    assert done.steps < 500
    with pytest.raises(InfodemicError, match="number of steps"):
        SimSoM(settled=1e-3).run(graph, seed=1)


def test_the_pool_grows_where_feeds_hold_many_messages():
    graph = ids.erdos_renyi(50, mean_degree=2.0, seed=1)
    rule = SimSoM(posting=1.0, feed_size=100, bot_share=0.0)
    done = rule.run(graph, seed=1, steps=60)
    assert done.arrays["standing"].size > 50 + 50
    assert np.count_nonzero(done.arrays["standing"]) > 2 * 50
