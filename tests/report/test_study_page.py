"""The report of a study says how often, where and by how much plans help, and shows it."""

from __future__ import annotations

import re
from html import unescape

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.plots.sensitivity import readable as parameter
from infodemic_sim.report import designs
from infodemic_sim.report.page import AUTOMATED, report_html
from infodemic_sim.report.study_answer import size
from infodemic_sim.report.study_figures import study_figures
from infodemic_sim.report.study_findings import UNEQUAL
from infodemic_sim.report.study_page import NOT_TOGETHER, study_html
from infodemic_sim.study.shown import number, shown
from infodemic_sim.sweeps.compared import whole
from infodemic_sim.sweeps.results import Results
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
    assert not re.search(r"(src|href)=\"(?!#|data:)", html)
    assert html.count("<svg") == len(PLANS) - 1 + 2  # a heat map for each plan, the means, the network
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
    assert html.count("<svg") == figures + 2  # the means, and the network


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


HEADINGS = [
    "Effect on misinformed people, mean over 4 designs",
    "From design to design",
    "Over time, and where it happens",
    "Beside the effect: means over 4 designs",
    "Cost and side effects",
    "What was done",
    "What social media does in health care",
    "Effect by subgroup",
    "Other outcomes exploratory",
    "Effect by subgroup, from design to design",
    "Every design",
    "Limits",
    "Parameters and sources",
    "Run it again",
]


def told(html):
    """The page as text."""
    text = re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_study_holds_what_a_comparison_holds(html):
    assert [told(head) for head in re.findall(r"<h2>(.*?)</h2>", html)] == HEADINGS


def test_what_was_not_recorded_is_told_with_the_remedy(html):
    assert "There is no course over time" in html
    assert "record: daily" in told(html)
    assert "no effects by subgroup" not in html


def test_recorded_by_the_day_there_are_trajectories(tmp_path):
    html = study_html(swept(tmp_path, record="daily"))
    assert 'aria-label="Change in misinformed people in percentage points against “today”' in html
    assert 'aria-label="Misinformed people in %, mean of 2 runs' in html
    assert "There is no course over time" not in html
    assert (
        "The first figure is the mean over 4 designs. What follows is one design, that nearest to the "
        "scenario’s own values, where it has warning label: recall 0.5: warning label: recall 0.1, "
        "population: providers 0.1."
    ) in told(html)


def test_one_design_is_a_comparison(tmp_path):
    results = swept(tmp_path, design=ids.Listed(rows=({},)), record="daily")
    study_page, comparison_page = study_html(results), report_html(results.comparison())
    for name in ("chart", "change", "course", "network"):
        figure = rf'<svg [^>]*aria-label="([^"]*)"(?:(?!<svg).)*?id="{name}-'
        found = [re.search(figure, page, re.DOTALL)[1] for page in (study_page, comparison_page)]
        assert found[0] == found[1]
    assert "mean over" not in study_page
    assert "design to design" not in study_page


def test_one_plan_alone_is_told_by_its_levels(tmp_path):
    results = swept(tmp_path, plans={"today": ()})
    html = study_html(results)
    means = 100.0 * results.values("misinformed").groupby("point")["value"].mean()
    rows = re.findall(r"<tr>(?:<td class=\"n\">[^<]*</td>){2}<td class=\"n\">([^ <]*)", html)
    assert rows == [number(mean, len(row.partition(".")[2])) for mean, row in zip(means, rows, strict=True)]
    assert f"from {number(means.min())} %" in told(html)
    assert "nothing is compared" in html


def test_runs_that_are_not_there_are_told(tmp_path):
    out = tmp_path / "study"
    ids.sweep(study(), out, shard=(1, 2))
    html = told(study_html(Results(out)))
    assert "runs are not there yet; everything rests on the others" in html
    assert "Means over designs rest on" in html


def test_a_plan_that_never_ran_is_named(tmp_path, offered):
    offered(Broken)
    broken = TODAY.but(interventions=[*TODAY.interventions, Broken(name="broken")])
    html = told(study_html(swept(tmp_path, scenario=broken, plans={**PLANS, "broken": ("broken",)})))
    assert "runs failed and are left out with their pairs; most often: the run stopped in the inter" in html
    assert "(RuntimeError: out of order)" in html
    assert "No run of “broken” has one of “today” beside it: nothing is told." in html
    assert "Effect on misinformed people, mean over 4 designs" in html


def test_where_all_runs_of_a_pair_failed_there_are_no_means(tmp_path, offered):
    offered(Broken)
    broken = TODAY.but(interventions=[Broken(name="broken")])
    html = told(
        study_html(swept(tmp_path, scenario=broken, plans={"today": ("broken",), "b": ()}, design=TWO))
    )
    assert NOT_TOGETHER in html
    assert "Every design" in html


TWO = ids.Grid(parameters={PROVIDERS: [0.0, 0.1]})


def test_designs_that_end_on_different_days_are_compared_at_their_ends(tmp_path):
    design = ids.Grid(parameters={"days": [1.0, 2.0]})
    html = study_html(swept(tmp_path, design=design, record="daily"))
    assert UNEQUAL in html
    assert "points against “today”, from day" not in html
    assert 'aria-label="Misinformed people in %' in html


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return ids.sweep(study(replicates=3), tmp_path_factory.mktemp("ranges") / "study")


def test_ranges_over_designs_are_those_of_the_effects(results):
    rows = {
        row["plan"]: row
        for row in designs.price_rows(designs.spans(results, "misinformed"), ["label"], "misinformed")
    }
    for measure, name in (("misinformed", "benefit"), ("people_treated", "people_treated")):
        mine = results.effects(measure).query("plan == 'label'")["difference"] * shown(measure).scale
        assert rows["label"][name] in (
            f"{size(mine.min(), 1.0)} to {size(mine.max(), 1.0)}",
            size(mine.min(), 1.0),
        )
    lost = -results.effects("voices_accurate").query("plan == 'label'")["difference"]
    assert rows["label"]["accurate_posts_lost"].split(" to ")[0] == size(lost.min(), 1.0)


def test_ranges_by_subgroup_are_those_of_the_effects(results):
    found = designs.part_rows(
        designs.spans(results, "misinformed"), ["prompt"], "misinformed", ["role: public"]
    )
    mine = 100.0 * results.effects(subgroup="role=public").query("plan == 'prompt'")["difference"]
    assert found[0]["entries"][0].split(" to ")[0] == size(mine.min(), 1.0)


def test_few_people_are_not_told_of(results):
    large = designs.large_parts(results)
    assert "role: public" in large
    assert "role: provider" not in large  # nobody where there are none, four elsewhere


def test_few_people_are_no_more_where_there_are_several_topics(tmp_path):
    """Though everybody is recorded once for each topic: three providers are not fifteen."""
    topics = [TODAY.topics[0].but(name=name) for name in "abcde"]
    grid = ids.Grid(parameters={RECALL: [0.1, 0.9]})
    found = swept(tmp_path, scenario=TODAY.but(topics=topics), design=grid, replicates=1)
    large = designs.large_parts(found)
    assert "role: public" in large
    assert "role: provider" not in large


def test_the_mean_at_a_value_is_that_over_its_designs(results):
    block = whole(results, [0, 1, 2, 3])
    rows = designs.value_rows(results, block)
    assert [(row["parameter"], row["value"]) for row in rows] == [
        ("warning label: recall", "0.1"),
        ("warning label: recall", "0.9"),
        ("population: providers", "0"),
        ("population: providers", "0.1"),
    ]
    effects = results.effects()
    for row, path, value in ((rows[0], RECALL, 0.1), (rows[3], PROVIDERS, 0.1)):
        mine = effects[(effects[path] == value) & (effects["plan"] == "prompt")]
        said = row["entries"][1]["text"].split(" ")[0]
        assert said == number(100.0 * mine["difference"].mean(), len(said.partition(".")[2]))


def test_the_table_counts_designs(tmp_path):
    results = swept(tmp_path)
    effects = results.effects()
    counts = re.findall(
        r'<th scope="row">(label|prompt)</th>' + 3 * r'<td class="n">(\d+)</td>',
        study_html(results).partition("<h2>From design to design</h2>")[2].partition("</table>")[0],
    )
    assert [plan for plan, *_ in counts] == ["label", "prompt"]
    for plan, better, worse, unclear in counts:
        mine = effects[effects["plan"] == plan]
        assert int(better) == np.sum(mine["high"] < 0)
        assert int(worse) == np.sum(mine["low"] > 0)
        assert int(better) + int(worse) + int(unclear) == 4


def test_no_plane_is_laid_through_as_few_designs_as_it_needs():
    """Though the design has more, where the runs of a plan failed."""
    a, b = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [0.1, 0.9, 0.4, 0.3, 0.7, 0.5]
    table = pd.DataFrame({"point": range(6), "a": a, "b": b})
    table = table.assign(plan="label", difference=[0.1, 0.2, 0.3, np.nan, np.nan, np.nan])
    assert study_figures(table, ["a", "b"], "misinformed", "today") == []
    assert len(study_figures(table.assign(difference=0.1), ["a", "b"], "misinformed", "today")) == 1


@pytest.mark.parametrize(("bots", "told"), [([0.0, 0.1], True), ([0.0, 0.0], False)])
def test_automated_accounts_of_a_design_are_told(tmp_path, bots, told):
    rows = [{"population.bots": share, PROVIDERS: k / 10} for k, share in enumerate(bots)]
    html = study_html(swept(tmp_path, design=ids.Listed(rows=rows), replicates=1))
    assert (AUTOMATED in unescape(html)) is told
    assert "1 paired run of each" in html


def test_values_are_told_of_where_several_designs_have_them(tmp_path):
    rows = [{RECALL: recall, PROVIDERS: share} for recall, share in [(0.1, 0.0), (0.1, 0.1), (0.9, 0.2)]]
    results = swept(tmp_path, design=ids.Listed(rows=rows))
    found = designs.value_rows(results, whole(results, [0, 1, 2]))
    assert {row["parameter"] for row in found} == {parameter(RECALL)}
