"""Harm: choices beyond those that are made without misinformation, with the same draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.harm import harm
from infodemic_sim.study.paired import student

NAMES = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]
CHOICES = {
    "today": {"one": [10.0, 14.0, 9.0], "two": [3.0, 5.0, 4.0]},
    "videos": {"one": [8.0, 13.0, 9.0], "two": [3.0, 4.0, 1.0]},
    "no misinformation": {"one": [6.0, 9.0, 7.0], "two": [2.0, 2.0, 1.0]},
}


def made(choices=CHOICES, measure="adverse_choices") -> Comparison:
    """A comparison with these harmful choices on its last day."""
    rows = [
        (plan, r, 3.0, "all", topic, "all", measure, value)
        for plan, topics in choices.items()
        for topic, several in topics.items()
        for r, value in enumerate(several)
    ]
    for plan, topics in choices.items():
        if len(topics) > 1:
            total = np.sum(list(topics.values()), axis=0)
            rows += [(plan, r, 3.0, "all", "all", "all", measure, v) for r, v in enumerate(total)]
    return Comparison(tuple(choices), {}, 1, 3, (0, 1, 2), measure, pd.DataFrame(rows, columns=NAMES))


def test_by_hand():
    found = harm(made(), weights={"one": 1.0, "two": 10.0}).set_index("plan")
    today = np.array([4.0 + 10.0, 5.0 + 30.0, 2.0 + 30.0])
    videos = np.array([2.0 + 10.0, 4.0 + 20.0, 2.0 + 0.0])
    assert list(found.index) == ["today", "videos"]
    assert found.loc["today", "harm"] == pytest.approx(today.mean())
    assert found.loc["videos", "averted"] == pytest.approx((today - videos).mean())
    assert found.loc["today", "averted"] == found.loc["today", "averted_high"] == 0.0
    half = student(np.array([3]))[0] * (today - videos).std(ddof=1) / np.sqrt(3)
    assert found.loc["videos", "averted_low"] == pytest.approx((today - videos).mean() - half)


def test_weights_are_one_unless_told():
    assert harm(made())["harm"].tolist() == pytest.approx([15.0 - 9.0, 38.0 / 3.0 - 9.0])


def test_a_sole_topic_goes_by_any_name():
    sole = {plan: {"all": topics["one"]} for plan, topics in CHOICES.items()}
    found = [harm(made(sole), weights=weights)["harm"].tolist() for weights in (None, {"measles": 2.0})]
    assert found[1] == [2.0 * value for value in found[0]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"without": "paradise"}, "'paradise' is not a plan"),
        ({"weights": {"one": 1.0, "three": 1.0}}, "'three' is not a topic"),
        ({"weights": {"one": 1.0}}, "0 or more for the topic 'two'"),
        ({"weights": {"one": 1.0, "two": -1.0}}, "0 or more for the topic 'two'"),
        ({"subgroup": "age=old"}, "'age=old' is not a part"),
    ],
)
def test_refused(words, said):
    with pytest.raises(InfodemicError, match=said):
        harm(made(), **words)


def test_harm_needs_behaviour():
    with pytest.raises(InfodemicError, match="give each plan behaviour"):
        harm(made(measure="misinformed"))


def test_of_real_runs():
    """Removing misinformation removes all harm; with it, harm is above 0, as draws are the same."""
    graph = ids.erdos_renyi(400, mean_degree=12.0, seed=1)
    people = ids.Population(graph=graph, super_spreaders=0.05)
    today = ids.Scenario(
        population=people, behaviour=ids.Behaviour(decisions=0.2), days=10.0, warm_up=3.0, record="end"
    )
    clean = today.without_misinformation()
    found = ids.compare({"today": today, "clean": clean, "no misinformation": clean}, replicates=3, seed=1)
    table = harm(found).set_index("plan")
    assert table.loc["today", "harm"] > 2.0
    assert table.loc["clean", ["harm", "harm_low", "harm_high"]].tolist() == [0.0, 0.0, 0.0]
    assert table.loc["clean", "averted"] == table.loc["today", "harm"]
