"""The report of a study says how often, where and by how much plans help, and shows it."""

from __future__ import annotations

import re

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.report.study_page import answer, study_html
from infodemic_sim.sweeps.study_file import read_study
from tests.sweeps.tiny import GRID, PLANS, RECALL, TODAY, Broken, study

EVIL = "<script>alert('x')</script>"
PROVIDERS = "population.providers"


def swept(tmp_path, **changes):
    return ids.sweep(study(**changes), tmp_path / "study")


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    return study_html(ids.sweep(study(), tmp_path_factory.mktemp("report") / "study"))


def test_the_page_loads_nothing_and_runs_nothing(html):
    assert "<script" not in html
    assert not re.search(r"(src|href)=\"(?!#)", html)
    assert html.count("<svg") == len(PLANS) - 1  # a heat map for each plan
    names = re.findall(r'\bid="([^"]+)"', html)
    assert len(names) == len(set(names))


def test_figures_have_a_text(html):
    assert len(re.findall(r'<svg [^>]*role="img" aria-label="[^"]{10,}"', html)) == html.count("<svg")


def test_the_file_on_the_page_makes_the_study_again(html, tmp_path):
    text = re.search(r"<pre><code>(.*?)</code></pre>", html, re.DOTALL)[1]
    (tmp_path / "study.yaml").write_text(text, "utf-8")
    assert read_study(tmp_path / "study.yaml") == study()


DESIGNS = {
    "one parameter": (ids.Grid(parameters={PROVIDERS: [0.0, 0.05, 0.1]}), 1),
    "a grid of two": (GRID, 2),
    "two at random": (
        ids.LatinHypercube(
            number=8,
            seed=1,
            parameters={PROVIDERS: ids.Range(low=0.0, high=0.1), RECALL: ids.Range(low=0.1, high=0.9)},
        ),
        2,
    ),
    "a name": (ids.Grid(parameters={"primary": ["misinformed", "credence"]}), 0),
    "nothing": (ids.Listed(rows=({},)), 0),
}


@pytest.mark.parametrize("name", DESIGNS)
def test_every_kind_of_design_can_be_reported(tmp_path, name):
    design, figures = DESIGNS[name]
    html = study_html(
        swept(
            tmp_path,
            design=design,
            plans={"today": (), "label": ("warning_label",), "prompt": ("accuracy_prompt",)},
        )
    )
    assert html.count("<svg") == figures


def test_whatever_users_name_is_escaped(tmp_path):
    evil = TODAY.but(topics=[ids.Topic(name=EVIL)])
    html = study_html(swept(tmp_path, scenario=evil, plans={f"today {EVIL}": (), EVIL: ("warning_label",)}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_runs_that_failed_are_told(tmp_path, offered, monkeypatch):
    offered(Broken)
    broken = TODAY.but(interventions=[*TODAY.interventions, Broken(name="broken")])
    found = swept(tmp_path, scenario=broken, plans={**PLANS, "broken": ("broken",)})
    monkeypatch.undo()  # the package that offers it is gone
    html = study_html(found)
    assert "runs failed and are left out" in html
    assert "Only the script that made the study" in html


def test_one_plan_alone_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="one plan only"):
        study_html(swept(tmp_path, plans={"today": ()}))


def row(point, plan, difference, half=0.001, better="lower"):
    low, high = difference - half, difference + half
    return {
        "point": point,
        "plan": plan,
        "measure": "misinformed",
        "difference": difference,
        "low": low,
        "high": high,
        "pairs": 8,
        "better": better,
    }


def test_the_answer_names_the_plan_that_is_best_most_often():
    rows = [row(k, plan, d) for k in range(3) for plan, d in (("a", -0.02 - 0.01 * k), ("b", -0.01))]
    rows += [row(3, "a", 0.0001), row(3, "b", 0.0002)]
    assert answer(rows, "today") == [
        "In the model, “a” lowers misinformed people most at 3 of 4 designs, "
        "by 2.0 to 4.0 percentage points.",
        "At 1 of them no plan can be told from “today” for the better.",
    ]


def test_a_plan_that_failed_is_never_the_best():
    rows = [row(0, "a", float("nan")), row(0, "b", -0.03)]
    assert answer(rows, "today")[0].startswith(
        "In the model, “b” lowers misinformed people most at 1 of 1 designs"
    )


def test_harm_is_no_success():
    rows = [row(0, "a", 0.02), row(0, "b", 0.03)]
    assert answer(rows, "today") == [
        "At none of the 1 designs can any plan be told from “today” for the better.",
        "Worse than “today”: “a” at 1 of 1 and “b” at 1 of 1.",
    ]


def test_the_table_counts_designs(tmp_path):
    results = swept(tmp_path)
    effects = results.effects()
    counts = re.findall(
        r'<th scope="row">(label|prompt)</th>' + 3 * r'<td class="n">(\d+)</td>',
        study_html(results),
    )
    assert [plan for plan, *_ in counts] == ["label", "prompt"]
    for plan, better, worse, unclear in counts:
        mine = effects[effects["plan"] == plan]
        assert int(better) == np.sum(mine["high"] < 0)
        assert int(worse) == np.sum(mine["low"] > 0)
        assert int(better) + int(worse) + int(unclear) == 4
