"""What notebooks show: the numbers that are there, and nothing that a name could smuggle in."""

from __future__ import annotations

from html import escape

import pytest

import infodemic_sim as ids
from infodemic_sim.cards import card
from infodemic_sim.study.shown import change
from tests.study.tiny import GRAPH, PROMPT, TODAY, plans

EVIL = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def comparison():
    return ids.compare(plans(), replicates=2, seed=1)


def test_a_scenario_shows_its_parameters():
    html = TODAY._repr_html_()
    assert "<strong>Scenario</strong>" in html
    assert "Length of the run after day 0." in html
    assert ">3.0</td>" in html
    assert len(html) < 20_000
    assert "share of the gap" in PROMPT._repr_html_()


def test_a_graph_shows_its_size_and_no_label(tmp_path):
    (tmp_path / "friends.csv").write_text("Maria,Otto\n", "utf-8")
    html = GRAPH._repr_html_()
    assert ">200<" in html
    assert "friendships" in html
    named = ids.graphs.read_graph(tmp_path / "friends.csv", keep_labels=True)
    assert "Maria" in named.labels
    assert "Maria" not in named._repr_html_()


def test_a_result_shows_the_last_day():
    result = ids.simulate(TODAY, seed=1)
    html = result._repr_html_()
    assert "day 3" in html
    assert f"{result.final('credence'):.4g}" in html


def test_a_comparison_shows_what_plans_change(comparison):
    html = comparison._repr_html_()
    row = comparison.effects().query("outcome == 'primary' and plan == 'prompt'").iloc[0]
    assert change(row) in html
    assert "nothing to compare" in ids.compare({"today": TODAY}, replicates=1, seed=1)._repr_html_()


@pytest.mark.parametrize("name", [EVIL, "a & b", '"quoted"'])
def test_every_word_is_escaped(name):
    for html in (
        TODAY.but(topics=[ids.Topic(name=name)])._repr_html_(),
        PROMPT.but(name=name)._repr_html_(),
        ids.compare({"today": TODAY, name: TODAY}, replicates=1, seed=1)._repr_html_(),
        card(name, [(name, name)], (name,)),
    ):
        assert name not in html
        assert escape(name) in html or escape(repr(name)) in html or escape(name[:20]) in html
