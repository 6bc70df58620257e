"""Pages about sensitivity, budgets and calibrations: what they say follows from what was found."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pytest

import infodemic_sim as ids
from infodemic_sim.calibration.question_file import read_calibration
from infodemic_sim.calibration.running import calibrate
from infodemic_sim.decisions.answering import on_front
from infodemic_sim.decisions.decision_file import read_decision
from infodemic_sim.plots import pareto_figure, sensitivity_figure
from infodemic_sim.report.advices import advice_finding
from infodemic_sim.report.advices import best as best_of
from infodemic_sim.report.advices import front as front_of
from infodemic_sim.report.calibrations import calibration_figures, calibration_finding
from infodemic_sim.report.finding import Table, finding_html
from infodemic_sim.report.sensitivities import sensitivity_finding, sensitivity_tables
from infodemic_sim.report.study_answer import size
from infodemic_sim.sensitivity import Sensitivity
from infodemic_sim.study.shown import from_zero
from infodemic_sim.sweeps.ranges import Range
from infodemic_sim.sweeps.study_file import read_plan
from tests.calibration.small import SMALL
from tests.decisions.buying import decision
from tests.sensitivity.test_answers import RANGES, question


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return tmp_path_factory.mktemp("found")


@pytest.fixture(scope="module")
def answer(base):
    return question().run(base / "sensitivity")


@pytest.fixture(scope="module")
def advice(base):
    return ids.optimise(decision(), base / "budget")


@pytest.fixture(scope="module")
def posterior(base):
    return calibrate(SMALL, base / "calibration", predictions=4)


def sensitivity(answer):
    return sensitivity_finding(answer, sensitivity_figure(answer.table, answer.question.outcome))


@pytest.fixture(scope="module")
def findings(answer, advice, posterior):
    return {
        "sensitivity": sensitivity(answer),
        "optimise": advice_finding(advice, pareto_figure(advice)),
        "calibrate": calibration_finding(posterior, SMALL, calibration_figures(posterior)),
    }


READ = {
    "sensitivity": lambda file: (read_plan(file, Sensitivity, "a question"), question()),
    "optimise": lambda file: (read_decision(file), decision()),
    "calibrate": lambda file: (read_calibration(file), SMALL),
}


@pytest.mark.parametrize("verb", READ)
def test_the_file_on_the_page_asks_the_same_again(findings, verb, tmp_path):
    page = finding_html(findings[verb])
    (text,) = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
    (tmp_path / "again.yaml").write_text(unescape(text))
    again, asked = READ[verb](tmp_path / "again.yaml")
    assert again == asked
    assert f"infodemic {verb} FILE.yaml" in page


@pytest.mark.parametrize("verb", READ)
def test_answer_figures_and_tables_are_on_the_page(findings, verb):
    finding, page = findings[verb], unescape(finding_html(findings[verb]))
    assert finding.verb == verb
    assert all(sentence in page for sentence in (*finding.answer, *finding.limits))
    assert page.count("<figure>") == len(finding.figures) > 0
    for table in finding.tables:
        assert all(cell in page for row in table.rows for cell in row.values())
    assert " nan" not in page


def test_what_only_a_script_can_ask_says_so(answer):
    lost = sensitivity(answer)._replace(asked={"not_written": "a lambda is no text."})
    page = finding_html(lost)
    assert "Only the script that asked can ask again: a lambda is no text." in page
    assert "<pre>" not in page


def test_parameters_stand_in_the_order_of_what_hangs_on_them(answer):
    tables = sensitivity(answer).tables
    assert len(tables) == len(answer.outcomes)
    for table, outcome in zip(tables, answer.outcomes, strict=True):
        names = [row["parameter"] for row in table.rows]
        assert names == list(answer.ranking(outcome)["parameter"])
        assert sorted(names) == sorted(RANGES)
        assert ("turns the sign" in table.rows[0]) == (outcome != "today")


def test_the_advice_is_the_likeliest_to_be_best(advice):
    table = best_of(advice)
    assert table.rows[0]["plan"] == advice.recommended
    assert "expected loss (percentage points)" in table.rows[0]


def test_columns_of_numbers_are_known():
    rows = [
        {"name": "a", "n": "−1.5 (−2 to 3)", "n2": "–", "text": "1"},
        {"name": "3", "n": "0", "n2": "7 %", "text": "x"},
    ]
    assert Table("t", rows).numbers == {"n", "n2"}


def test_a_calibration_says_what_was_held_before(posterior):
    """On a logarithmic scale orders of magnitude are equally likely, and not values."""
    logarithmic = Range(low=0.1, high=0.9, scale="log")
    paths = list(SMALL.parameters)
    some = {path: spread if k else logarithmic for k, (path, spread) in enumerate(SMALL.parameters.items())}

    def told(asked):
        return calibration_finding(posterior, asked, {}).limits[0]

    assert told(SMALL) == "Before the evidence, every value of a parameter's range was held equally likely."
    assert told(SMALL.but(parameters=dict.fromkeys(paths, logarithmic))) == (
        "Before the evidence, every order of magnitude was held equally likely."
    )
    assert told(SMALL.but(parameters=some)) == (
        f"Before the evidence, every order of magnitude of {paths[0]} was held equally likely; of others, "
        "every value was."
    )


def test_the_figure_of_an_advice_is_told_by_its_numbers(advice, findings):
    (figure,) = findings["optimise"].figures
    table, text = front_of(advice), unescape(str(figure.svg))
    assert figure.caption not in text
    for row in table.rows[:6]:
        assert f"“{row['plan']}” {row['misinformed people']} at {row['cost']}" in text
    assert f"The advice is “{advice.recommended}”." in text


def test_an_advice_says_what_its_words_mean(advice):
    """Every word of sureness in the table is told with its limit, below it."""
    table = front_of(advice)
    used = {row["on the front"].partition(" ")[0] for row in table.rows}
    assert used <= {"surely", "probably", "possibly"}
    assert "surely: with a probability of 95 % or more" in table.note
    assert "fewer than six pairs of runs" in table.note
    assert "possibly: above 5 %" in table.note
    assert [from_zero(1.0, 1.0, pairs) for pairs in (5, 6)] == [False, True]
    assert "surely within" not in advice.answer[0] or "Surely within the budget" in table.note


def test_the_figure_of_a_sensitivity_is_told_by_its_numbers(answer):
    finding = sensitivity(answer)
    text = unescape(str(finding.figures[0].svg))
    for table, outcome in zip(finding.tables, answer.outcomes, strict=True):
        first = table.rows[0]
        assert f"{outcome} on {first['parameter']} (" in text
        ends = f"{first['at its lowest']} to {first['at its highest']} from end to end"
        assert (ends in text) == (first["at its lowest"] != "–")


def test_ends_of_a_range_are_in_the_unit_of_their_outcome(answer):
    """A level of a share is in per cent, its change in percentage points; the note says it of each table."""
    levels, *changes = sensitivity_tables(answer)
    assert "the outcome there, in %, by a plane" in levels.note
    assert "(in percentage points)" in levels.note
    for table in changes:
        assert "the outcome there, in percentage points, by a plane" in table.note


def test_of_a_parameter_that_moves_nothing_no_ends_are_told(answer):
    for outcome, table in zip(answer.outcomes, sensitivity_tables(answer), strict=True):
        mine = answer.ranking(outcome).set_index("parameter")
        for row in table.rows:
            still = mine.at[row["parameter"], "value"] == 0.0
            assert ((row["at its lowest"], row["at its highest"]) == ("–", "–")) == still
    assert (answer.table["value"] == 0.0).any()


@pytest.mark.parametrize(
    ("pairs", "front", "said"),
    [(3, "surely", "probably (96 %, 3 pairs of runs)"), (6, "surely", "surely (96 %, 6 pairs of runs)"),
     (3, "possibly", "possibly (96 %, 3 pairs of runs)")],
)  # fmt: skip
def test_few_runs_make_nothing_sure(pairs, front, said):
    assert on_front({"front": front, "probability_on_front": 0.96, "pairs": pairs}) == said


def test_where_today_risks_less_the_answer_says_so(advice):
    criterion = advice.best["criterion"].iloc[0]
    mine = (advice.best["criterion"] == criterion) & (advice.best["plan"] == advice.recommended)
    risky = dataclasses.replace(
        advice, best=advice.best.assign(expected_loss=advice.best["expected_loss"].where(~mine, 0.5))
    )
    today = advice.best[(advice.best["criterion"] == criterion) & (advice.best["plan"] == "today")]
    assert not advice.answer[2:]
    (sentence,) = risky.answer[2:]
    loss = size(float(today["expected_loss"].iloc[0]), 100.0)
    assert f"lose more than doing as today (50 against {loss} percentage points)" in sentence
