"""A hoax and its fact-check: the slow twin, equilibria, groups, levers and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim import testing
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import SocialGraph, categories, planted_communities
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.spread.hoax import ORDERS, HoaxAndFactCheck
from infodemic_sim.spread.network_rule import Chances
from tests.spread.rumour_checks import follows, ground, moved, same_arrays, shuffled_keys
from tests.spread.rumour_twin import uniform

LIVELY = HoaxAndFactCheck(believers=8, checkers=8, verify=0.2, forget=0.2)
EQUILIBRIA = {
    "synchronous": (0.27299, 0.56034, 0.16667),
    "exclusive": (0.23148, 0.60185, 0.16667),
    "sequential": (0.20690, 0.61129, 0.18182),
}


@pytest.mark.parametrize("check", testing.RULE_CHECKS, ids=[check.__name__ for check in testing.RULE_CHECKS])
def test_public_checks(check):
    check(LIVELY)


class HoaxTwin:
    """The rule in plain Python; people are keys, ``seen`` lists whom each one sees."""

    def __init__(self, rule: HoaxAndFactCheck, seen, status, sceptics, draws: Draws) -> None:
        self.rule, self.status, self.sceptics, self.draws = rule, status, sceptics, draws
        self.seen = {key: sorted(others) for key, others in seen.items()}
        self.holding = {}  # number of the adoption by which a person holds what they hold
        self.rows = []  # (person, parent, message)

    def adopt(self, key: int, parent: int, status: str) -> None:
        self.rows.append((key, parent, "BF".index(status)))

    def own(self, key: int, name: str) -> float:
        value = getattr(self.rule, f"sceptic_{name}") if key in self.sceptics else None
        return getattr(self.rule, name) if value is None else value

    def luck(self, purpose: Purpose, step: int, *words: int) -> float:
        return uniform(int(self.draws.base(purpose, step)), *words)

    def convinced(self, key: int, step: int, chances):
        """What a susceptible person becomes, and by whom."""
        alpha = self.own(key, "credibility")
        believing = sum(self.status[u] == "B" for u in self.seen[key]) * (1.0 + alpha)
        checking = sum(self.status[u] == "F" for u in self.seen[key]) * (1.0 - alpha)
        if believing + checking <= 0.0:
            return "S", None
        turned = self.luck(Purpose.PICK, step, key) * (believing + checking) < believing
        side = "B" if turned else "F"
        attempt, others = 0, self.seen[key]
        while True:
            luck = self.luck(Purpose.PARTNER, step, key, attempt)
            other = others[int(luck * len(others))]
            if self.status[other] == side:
                break
            attempt += 1
        chance = min(1.0, self.rule.spreading * chances["sharing"].get(other, 1.0))
        doubt = chances["inoculation"].get(key, 0.0)
        if side == "B" and doubt:
            chance = chance * math.exp(-doubt) / (1.0 - chance + chance * math.exp(-doubt))
        return (side, other) if self.luck(Purpose.TRANSMIT, step, key) < chance else ("S", None)

    def reconsidered(self, key: int, held: str, step: int, chances) -> str:
        """What those with an opinion become."""
        forget = self.own(key, "forget")
        verify = self.own(key, "verify") * chances["verification"].get(key, 1.0)
        level = self.luck(Purpose.FORGET, step, key)
        if level < forget:
            return "S"
        if held == "F":
            return "F"
        if self.rule.order == "exclusive":
            return "F" if level < forget + verify else "B"
        return "F" if self.luck(Purpose.VERIFY, step, key) < verify else "B"

    def step(self, step: int, chances) -> None:
        after, told, verified = dict(self.status), [], []
        for key, before in sorted(self.status.items()):
            status = before
            if before == "S":
                status, source = self.convinced(key, step, chances)
                if status != "S":
                    told.append((key, source, status))
            if status != "S" and (before != "S" or self.rule.order == "sequential"):
                held, status = status, self.reconsidered(key, status, step, chances)
                if (held, status) == ("B", "F"):
                    verified.append(key)
            after[key] = status
        for key, source, status in told:
            self.rows.append((key, self.holding[source], "BF".index(status)))
            self.holding[key] = len(self.rows) - 1
        for key in verified:
            self.rows.append((key, -1, 1))
            self.holding[key] = len(self.rows) - 1
        self.status = after


@pytest.mark.parametrize("touched", [False, True], ids=["untouched", "with levers"])
@pytest.mark.parametrize("order", ORDERS)
def test_twin(order, touched):
    graph, keys = follows(70, 6.0), shuffled_keys(70)
    rule = LIVELY.but(order=order, sceptics=0.4, sceptic_credibility=0.05, sceptic_verify=0.3)
    place = ground(graph, seed=3, keys=keys)
    draw = np.random.default_rng(2)
    values = {
        "sharing": draw.choice([0.0, 0.4, 1.0, 3.0], 70),
        "inoculation": draw.choice([0.0, 0.5, 2.0], 70),
        "verification": draw.choice([0.0, 1.0, 2.0], 70),
    }
    chances = Chances(**values) if touched else Chances()
    names = keys.tolist()
    named = {
        name: dict(zip(names, array.tolist(), strict=True)) if touched else {}
        for name, array in values.items()
    }
    arrays, rows = rule.begin(place)
    seen = {names[v]: [names[u] for u in graph.followees(v)] for v in range(70)}
    sceptics = {key for key, group in zip(names, arrays["group"], strict=True) if group}
    status = {key: "SBF"[code] for key, code in zip(names, arrays["status"], strict=True)}
    twin = HoaxTwin(rule, seen, status, sceptics, Draws(3, 0))
    for row in rows:
        twin.holding[names[row["person"]]] = len(twin.rows)
        twin.rows.append((names[row["person"]], -1, int(row["message"])))
    found = [rows]
    for step in range(25):
        found.append(rule.advance(place, arrays, step, chances))
        twin.step(step, named)
        assert ["SBF"[code] for code in arrays["status"]] == [twin.status[key] for key in names]
    rows = np.concatenate(found)
    assert 10 < len(sceptics) < 50
    assert len(rows) > 100
    found_rows = zip(
        keys[rows["person"]].tolist(), rows["parent"].tolist(), rows["message"].tolist(), strict=True
    )
    assert list(found_rows) == twin.rows


def expected(rule: HoaxAndFactCheck, believers: float, checkers: float) -> tuple[float, float]:
    """Shares of believers and checkers one round later, in an endless well-mixed population."""
    alpha, beta, forget, verify = rule.credibility, rule.spreading, rule.forget, rule.verify
    free = 1.0 - believers - checkers
    weight = believers * (1 + alpha) + checkers * (1 - alpha)
    more = beta * free * believers * (1 + alpha) / weight, beta * free * checkers * (1 - alpha) / weight
    if rule.order == "sequential":
        believers, checkers = (believers + more[0]) * (1 - forget), (checkers + more[1]) * (1 - forget)
        return believers * (1 - verify), checkers + believers * verify
    checked = believers * verify * (1.0 if rule.order == "exclusive" else 1 - forget)
    return (
        believers * (1 - forget) - checked + more[0],
        checkers * (1 - forget) + checked + more[1],
    )


@pytest.mark.parametrize("order", ORDERS)
def test_equilibria_are_those_of_the_literature(order):
    believers, checkers, _ = EQUILIBRIA[order]
    assert expected(HoaxAndFactCheck(order=order), believers, checkers) == pytest.approx(
        (believers, checkers), abs=1e-5
    )


@pytest.mark.parametrize("order", ORDERS)
def test_one_round_moves_shares_as_expected(order):
    """600 people, 60 replicates of one round from 40 % and 30 %: four standard errors."""
    rule, graph = HoaxAndFactCheck(order=order, believers=240, checkers=180, verify=0.2), complete_graph(600)
    runs = [rule.run(graph, seed=5, replicate=k, steps=1).curves for k in range(60)]
    for name, share in zip(("believer", "fact-checker"), expected(rule, 0.4, 0.3), strict=True):
        counts = np.array([run[name][-1] for run in runs]) / 600
        assert abs(counts.mean() - share) < 4 * math.sqrt(0.25 / 600 / 60)


def test_the_hoax_is_removed_above_the_threshold_only():
    """Exclusive order, alpha .3, p_f .1: the threshold on p_v is .0857."""
    graph = complete_graph(1500)
    rule = HoaxAndFactCheck(order="exclusive", believers=700, checkers=400)
    left = [rule.but(verify=v).run(graph, seed=1, steps=600).curves["believer"][-1] for v in (0.04, 0.16)]
    assert left[0] > 150
    assert left[1] == 0


@given(
    n=st.integers(1, 40),
    seed=st.integers(0, 2**40),
    order=st.sampled_from(ORDERS),
    chances=st.tuples(*[st.floats(0, 1)] * 4),
)
@settings(max_examples=60, deadline=None)
def test_bookkeeping(n, seed, order, chances):
    graph = follows(n, min(3.0, n - 1), seed)
    names = ("spreading", "credibility", "verify", "forget")
    values = dict(zip(names, chances, strict=True))
    if order == "exclusive":
        values["forget"] = min(values["forget"], 1.0 - values["verify"])
    rule = HoaxAndFactCheck(order=order, believers=n // 2, checkers=n // 3, sceptics=0.5, **values)
    place = ground(graph, seed=seed, keys=shuffled_keys(n))
    arrays, rows = moved(rule, place, 15)
    for person in range(n):
        around = arrays["status"][graph.followees(person)]
        assert arrays["around"][person].tolist() == [np.sum(around == 1), np.sum(around == 2)]
    parents = rows["parent"]
    child = parents >= 0
    assert (parents < np.arange(len(rows))).all()
    assert (rows["message"][child] == rows["message"][parents[child]]).all()
    for person, source in zip(rows["person"][child], rows["person"][parents[child]], strict=True):
        assert source in graph.followees(person)


def test_neutral_levers_change_no_bit():
    place = ground(follows(80, 5.0))
    neutral = Chances(sharing=np.ones(80), inoculation=np.zeros(80), verification=np.ones(80))
    for order in ORDERS:
        rule = LIVELY.but(order=order)
        (one, rows), (other, more) = moved(rule, place, 20), moved(rule, place, 20, neutral)
        assert same_arrays(one, other)
        assert rows.tobytes() == more.tobytes()


@pytest.mark.parametrize("lever", ["sharing", "inoculation", "verification"])
def test_levers_act_where_they_are_moved_and_nowhere_else(lever):
    half = follows(60, 5.0)
    indptr = np.concatenate([half.indptr, half.indptr[1:] + half.indptr[-1]])
    graph = SocialGraph(indptr, np.concatenate([half.indices, half.indices + 60]))
    rule = LIVELY.but(start_believers=(0, 1, 2, 60, 61, 62), start_checkers=(3, 4, 63, 64), forget=0.0)
    off, neutral = (800.0, 0.0) if lever == "inoculation" else (0.0, 1.0)
    chances = Chances(**{lever: np.where(np.arange(120) < 60, off, neutral)})
    (today, before), (plan, rows) = moved(rule, ground(graph), 10), moved(rule, ground(graph), 10, chances)
    np.testing.assert_array_equal(today["status"][60:], plan["status"][60:])
    new, was = rows[10:][rows["person"][10:] < 60], before[10:][before["person"][10:] < 60]
    told, hoax, verified = new["parent"] >= 0, new["message"] == 0, new["parent"] < 0
    assert (was["parent"] >= 0).any()
    assert (was["message"] == 0).any()
    assert (was["parent"] < 0).any()
    assert not {"sharing": told, "inoculation": hoax, "verification": verified}[lever].any()


def test_sceptics_of_a_column_believe_less():
    """Two groups that see each other alike; only gullible ones find the hoax more convincing."""
    graph = planted_communities(600, communities=2, mean_degree=30, homophily=0.5, seed=1)
    rule = HoaxAndFactCheck(
        believers=150,
        checkers=150,
        credibility=0.6,
        sceptic_column="community",
        sceptic_level="1",
        sceptic_credibility=0.0,
        sceptic_verify=0.4,
    )
    status = rule.run(graph, seed=1, steps=40).arrays["status"]
    gullible, sceptics = (np.count_nonzero(status[part] == 1) for part in (slice(0, 300), slice(300, 600)))
    assert gullible > 2 * sceptics


def test_sceptics_by_number_and_by_name():
    graph = complete_graph(4).with_attributes(
        kind=categories(["a", "b", None, "b"]), number=np.array([0.0, 1.0, 1.0, np.nan])
    )
    for column, level, wanted in (("kind", "b", [0, 1, 0, 1]), ("number", "1", [0, 1, 1, 0])):
        rule = HoaxAndFactCheck(sceptic_column=column, sceptic_level=level)
        assert rule.begin(ground(graph))[0]["group"].tolist() == wanted


def test_who_sees_nobody_is_never_convinced():
    graph = SocialGraph.from_ties([], [], 5, directed=False)
    run = HoaxAndFactCheck(believers=1, forget=0.0, verify=0.0).run(graph, seed=1, steps=5)
    assert run.curves["believer"].tolist() == [1.0] * 6


def test_beliefs_and_sides():
    rule = HoaxAndFactCheck(start_believers=(0,), start_checkers=(1,))
    arrays, rows = rule.begin(ground(complete_graph(3)))
    assert rule.beliefs(arrays).tolist() == [-40.0, 40.0, 0.0]
    assert rows["message"].tolist() == [0, 1]
    assert [rule.side(0), rule.side(1)] == [-1, 1]


COLUMNED = complete_graph(3).with_attributes(kind=categories(["a", "b", "b"]), age=np.array([1.0, 2.0, 3.0]))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: HoaxAndFactCheck(spreading=1.1), "spreading"),
        (lambda: HoaxAndFactCheck(forget=math.nan), "forget"),
        (lambda: HoaxAndFactCheck(order="random"), "order"),
        (lambda: HoaxAndFactCheck(order="exclusive", forget=0.6, verify=0.5), "at most 1 per round"),
        (lambda: HoaxAndFactCheck(sceptic_column="age"), "give both or neither"),
        (lambda: HoaxAndFactCheck().run(COLUMNED, seed=1), "give a number of steps"),
        (lambda: run(believers=3, checkers=1), "4 people are to start by a draw, but only 3 are left"),
        (lambda: run(start_believers=(3,)), "start_believers: nobody in this network of 3 has the key 3"),
        (lambda: run(start_believers=(1,), start_checkers=(1,)), "person 1 cannot start as believer and"),
        (lambda: run(sceptic_column="kin", sceptic_level="a"), "no column 'kin'. Did you mean 'kind'"),
        (lambda: run(sceptic_column="kind", sceptic_level="c"), "no 'c' in the column 'kind'"),
        (lambda: run(sceptic_column="age", sceptic_level="old"), "give one of its numbers"),
    ],
)
def test_refusals(make, sentence):
    with pytest.raises(InfodemicError, match=sentence):
        make()


def run(**values):
    return HoaxAndFactCheck(**values).run(COLUMNED, seed=1, steps=1)
