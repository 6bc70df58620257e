"""Figures on a page: texts for those who cannot see them, words that can be read, and narrow screens."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest

from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.filming import film
from infodemic_sim.plots import new_figure
from infodemic_sim.plots.contrast import READABLE, contrast
from infodemic_sim.report import alternatives, report_html
from infodemic_sim.report.inline import inline
from infodemic_sim.report.page import TEMPLATES
from infodemic_sim.study.overall import by_plan, overall, ranking
from infodemic_sim.study.shown import change, number
from infodemic_sim.topics import Topic
from tests.study.tiny import PROMPT, TODAY, plans


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(plans(), replicates=3, seed=2)


def told(html: str) -> dict[str, str]:
    """The text of each figure, by the name that its inner names begin with."""
    found = re.findall(r'<svg [^>]*aria-label="([^"]*)".*?\bid="([a-z]+\d*)-', html, flags=re.DOTALL)
    return {name: unescape(text) for text, name in found}


def test_the_course_is_told_by_its_ends(comparison):
    runs = comparison.runs
    mine = runs[(runs["measure"] == "misinformed") & (runs["subgroup"] == "all") & (runs["plan"] == "prompt")]
    means = 100.0 * mine.groupby("day")["value"].mean()
    text = told(report_html(comparison))["course"]
    assert text.startswith("Misinformed people in %, mean of 3 runs, from day 0 to day ")
    assert f"“prompt” {number(means.iloc[0])} to {number(means.iloc[-1])}" in text
    assert text.count("“") == len(comparison.names)


def test_effects_are_told_by_the_best_and_the_worst(comparison):
    rows = overall(comparison.effects(), "misinformed")
    best, *_, worst = ranking(rows)
    text, found = told(report_html(comparison))["chart"], by_plan(rows)
    assert f"Best: “{best}”, {change(found[best])} percentage points" in text
    assert f"worst: “{worst}”, {change(found[worst])}" in text
    assert "of 2 plans are told from zero" in text
    effects = comparison.effects()
    mine = (effects["outcome"] == "primary") & (effects["plan"] == "prompt")
    effects.loc[mine, "difference"], effects.loc[mine, "low"], effects.loc[mine, "high"] = 0.2, 0.1, 0.3
    assert alternatives.of_effects(effects, "misinformed").endswith(" 1 of 2 plans is told from zero.")
    alone = alternatives.of_effects(comparison.effects().query("plan == 'prompt'"), "misinformed")
    assert "Best" not in alone
    assert "“prompt”" in alone


def test_ranges_over_designs_are_told_by_their_ends(comparison):
    effects = overall(comparison.effects(), "misinformed").query("plan == 'prompt'")
    both = pd.concat([effects.assign(difference=-0.02), effects.assign(difference=-0.01)])
    assert alternatives.of_ranges(both, "misinformed") == "At single designs: “prompt” −2.00 to −1.00."


def test_along_a_number_what_has_no_pair_is_left_out(comparison):
    effects = overall(comparison.effects(), "misinformed").query("plan == 'prompt'")
    both = pd.concat([effects.assign(dose=1.0, difference=float("nan")), effects.assign(dose=2.0)])
    assert " at 1" not in alternatives.along(both, "misinformed", "dose")
    assert " at 2" in alternatives.along(both, "misinformed", "dose")


def test_a_change_is_told_against_the_baseline(comparison):
    text = told(report_html(comparison))["change"]
    assert "Change in misinformed people in percentage points against “today”" in text
    assert "“zero effect” 0 to 0" in text
    assert "“today” " not in text


def test_no_more_plans_are_told_than_can_be_listened_to():
    many = compare({f"plan {k}": TODAY for k in range(9)}, replicates=1, seed=1)
    text = alternatives.of_course(many, "misinformed")
    assert "mean of 1 run," in text
    assert "“plan 5”" in text
    assert "“plan 6”" not in text
    assert text.endswith("; and 3 more.")


def test_a_network_is_told_by_its_shares():
    both = {"today": film(TODAY, seed=1), "plan": film(TODAY, seed=1)}
    share = number(100.0 * both["today"].misinformed(None)[-1], 1)
    text = alternatives.of_network(both)
    assert f"{share} % under “today” and {share} % under “plan”" in text
    assert "about" not in text
    two = TODAY.but(topics=[Topic(name="vaccines"), Topic(name="diets")], days=1.0)
    assert "misinformed about “vaccines” before" in alternatives.of_network({"today": film(two, seed=1)})


def test_observed_points_and_readings_are_counted():
    points = pd.DataFrame(
        {"measure": ["misinformed"] * 3, "inside": [True, False, True], "replicates": [6, 6, 6]}
    )
    assert "the 71 % predictive interval: lowest to highest of 6 runs: 2" in alternatives.of_observed(points)
    assert "2 of 3 lie inside it (misinformed people)" in alternatives.of_observed(points)
    assert alternatives.of_readings("Ours", ["inside", "outside", "inside"]) == "Ours: 2 inside, 1 outside."


def test_figures_of_studies_are_told_by_their_extremes():
    rows = pd.DataFrame(
        {
            "plan": "p", "measure": "misinformed", "dose": [1.0, 3.0, 2.0], "day": "x", "pairs": 8,
            "difference": [-0.01, -0.03, -0.02], "low": [-0.02, -0.04, -0.03], "high": [-0.005, -0.02, -0.01],
        }
    )  # fmt: skip
    text = alternatives.along(rows, "misinformed", "dose")
    assert re.search(r"“p” −1\.00 \(.*\) at 1, −3\.0 \(.*\) at 3", text)
    text = alternatives.over(rows, "misinformed", "p", ("day", "dose"))
    assert re.search(r"from −3\.0 .* at day x, dose 3\.0 to −1\.00 .* at day x, dose 1\.0", text)
    table = pd.DataFrame({"parameter": ["a", "b"], "at_low": [0.0, 0.02], "at_high": [0.01, -0.01]})
    text = alternatives.of_ends(table, "misinformed", "p")
    assert "hangs most on b: 2.00 at its lowest value and −1.00 percentage points" in text


def test_what_users_named_is_escaped_in_them_too():
    evil = 'x" onload="alert(1)\u202e'
    html = report_html(
        compare({"today": TODAY, evil: TODAY.but(interventions=[PROMPT])}, replicates=2, seed=1)
    )
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.extend(name for name, _ in attributes)
    parser.feed(html)
    assert "aria-label" in found
    assert "onload" not in found
    assert "\u202e" not in html
    assert "onload=" in told(html)["course"]


def test_the_page_says_what_bands_are(comparison):
    html = report_html(comparison)
    assert "the mean of 3 paired differences; bands: the 95 % interval of that mean" in html
    assert "the mean of 3 runs; bands: the 95 % interval of that mean" in html
    assert "bands: 95 % interval of the mean" in html  # in the figures themselves
    assert "interval of that mean" not in report_html(compare(plans(), replicates=1, seed=1))


def test_words_of_the_page_are_dark_enough():
    """4.5 to 1 on white and on the grey beside the page, as WCAG asks of text; tags on their own colour."""
    css = (TEMPLATES / "report.css").read_text("utf-8")
    named = dict(re.findall(r"--(\w+): (#\w+)", css))
    for rule in re.findall(r"\{([^}]*)\}", css):
        for colour in re.findall(r"(?<![-\w])color: ([^;]+);", rule):
            colour = named.get(colour.removeprefix("var(--").removesuffix(")"), colour)
            ground = re.search(r"background: (#\w+)", rule)
            for behind in [ground[1]] if ground else ["white", named["wash"]]:
                assert contrast(colour, behind) >= READABLE, rule


@pytest.mark.parametrize("wide", [4.0, 8.0, 13.5])
def test_figures_do_not_shrink_beyond_what_can_be_read(wide):
    """Text of 9 points stays at 11 pixels, or at what the widest page shows; on paper it may be smaller."""
    figure = new_figure(wide, 2.0)
    figure.add_subplot()
    text = inline(figure, "a", "something")
    assert text.startswith('<div class="scroll"><svg ')
    least, page = map(float, re.search(r"min-width: min\((\d+)px, (\d+)rem\)", text).groups())
    assert least / (72.0 * wide) * 9.0 >= 11.0
    assert page * 16.0 >= 900.0
    assert (
        "min-width: 0 !important"
        in (TEMPLATES / "report.css").read_text("utf-8").partition("@media print")[2]
    )
