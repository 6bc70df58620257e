"""Real series beside the runs: the interval holds as often as it says, and mistakes have lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodemic_sim.comparing.compare import compare
from infodemic_sim.errors import InfodemicError
from infodemic_sim.plots.observed import MOST_PANELS, observed_figure
from infodemic_sim.report import report_html, write_comparison
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.observed import coverage_table, interval_of, predicted
from tests.study.tiny import PROMPT, TODAY


@pytest.fixture(scope="module")
def made() -> Comparison:
    plans = {"today": TODAY, "prompt": TODAY.but(interventions=[PROMPT])}
    return compare(plans, replicates=3, seed=4)


def values(made: Comparison, plan: str, day: float, measure: str = "exposures_false") -> np.ndarray:
    runs = made.runs[(made.runs["plan"] == plan) & (made.runs["measure"] == measure)]
    for name in ("platform", "topic", "subgroup"):
        runs = runs[runs[name] == "all"]
    return runs.loc[runs["day"] == day, "value"].to_numpy()


@pytest.mark.parametrize("replicates", [5, 19, 39])
def test_a_further_run_lies_inside_as_often_as_promised(replicates: int) -> None:
    """Of n + 1 runs of any kind the last is as likely as any other to be the lowest, and so on."""
    series = 20_000
    luck = np.random.default_rng(replicates).lognormal(0, 1, (series, replicates + 1))
    _, low, high = predicted(luck[:, :-1])
    inside = (low <= luck[:, -1]) & (luck[:, -1] <= high)
    points = pd.DataFrame({"measure": "misinformed", "inside": inside, "replicates": replicates})
    row = coverage_table(points).iloc[0]
    assert row["promised"] == pytest.approx(min(0.9, (replicates - 1) / (replicates + 1)))
    error = np.sqrt(row["promised"] * (1 - row["promised"]) / series)
    assert abs(row["share"] - row["promised"]) < 4 * error


def test_points_stand_beside_what_the_runs_of_a_plan_predict(made: Comparison) -> None:
    middle = float(np.median(values(made, "today", 2.0)))
    table = pd.DataFrame({"day": [2, 3], "measure": "exposures_false", "value": [middle, 1e9]})
    points = made.observed(table)
    assert list(points["inside"]) == [True, False]
    assert points["median"][0] == middle
    assert (points["low"][0], points["high"][0]) == (
        values(made, "today", 2.0).min(),
        values(made, "today", 2.0).max(),
    )
    assert (points[["platform", "topic", "subgroup"]] == "all").all(axis=None)
    other = made.observed(table, plan="prompt")
    assert other["median"][1] == np.median(values(made, "prompt", 3.0))
    assert set(other["plan"]) == {"prompt"}
    row = coverage_table(points).iloc[0]
    assert (row["points"], row["inside"], row["share"], row["promised"]) == (2, 1, 0.5, 0.5)


def test_a_file_may_leave_parts_empty_and_name_them(made: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "seen.csv"
    part = next(name for name in made.runs["subgroup"].cat.categories if name != "all")
    path.write_text(f"measure,subgroup,day,value\nmisinformed,,1,0.1\nmisinformed,{part},1,0.2\n")
    points = made.observed(path)
    assert list(points["subgroup"]) == ["all", part]
    assert list(points["observed"]) == [0.1, 0.2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("day,measure\n1,misinformed\n", r"seen\.csv: the column 'value' is missing"),
        ("day,measure,value,topc\n1,misinformed,1,x\n", r"no use for a column 'topc'\. Did you mean 'topic'"),
        ("day,measure,value\n", r"seen\.csv: the table has no rows"),
        ("day,measure,value\n1,misinformed,0.1\n2,misinformed,much\n", r"line 3: value must be a number"),
        ("day,measure,value\n1,misinformed,\n", r"line 2: value must be a number, but is ''"),
        ("day,measure,value\n1,misinformd,1\n", r"seen\.csv, line 2: .* Did you mean 'misinformed'"),
        ("day,measure,value,topic\n1,misinformed,1,vacines\n", r"line 2: .* no topic 'vacines' there"),
        ("day,measure,value\n1.5,misinformed,1\n", r"line 2: .*no value on day 1\.5; days 0 to 3"),
        (
            "day,measure,value\n1,misinformed,0.1\n2,misinformed,0.1\n1.0,misinformed,0.2\n",
            r"line 4: misinformed on day 1 is there twice, first at seen\.csv, line 2: give one value",
        ),
        ("day,measure,value\n1,misinformed\n", r"line 2: 2 columns where the header has 3"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    made: Comparison, text: str, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "seen.csv"
    path.write_text(text)
    with pytest.raises(InfodemicError, match=sentence):
        made.observed(path)


def test_a_plan_must_be_there_and_a_data_frame_is_checked_as_well(made: Comparison) -> None:
    table = pd.DataFrame({"day": [1.0], "measure": ["misinformed"], "value": [np.nan]})
    with pytest.raises(InfodemicError, match="'promt' is not a plan of this comparison"):
        made.observed(table, plan="promt")
    with pytest.raises(InfodemicError, match="observed, row 0: value must be a number"):
        made.observed(table)


def test_the_report_shows_them_and_states_the_coverage(made: Comparison, tmp_path: Path) -> None:
    rows = [(day, measure, 0.05) for measure in ("misinformed", "exposures_false") for day in (1, 2, 3)]
    points = made.observed(pd.DataFrame(rows, columns=["day", "measure", "value"]))
    assert "Beside what was observed" not in report_html(made)
    names = {path.name for path in write_comparison(made, tmp_path / "out", observed=points)}
    assert {"observed.csv", "observed.png", "observed.svg"} <= names
    html = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "0 of 3</td>" in html
    told = interval_of(len(made.finished))
    assert f"Observed points over the {told}" in html
    assert f"the median run and the {told}. One" in html
    assert "90 % predictive interval" not in html
    figure = observed_figure(made, points)
    assert told in [text.get_text() for text in figure.legends[0].get_texts()]
    assert len(figure.axes) == 2
    inside = points["inside"] & (points["measure"] == "misinformed")
    drawn = {line.get_label(): len(line.get_xdata()) for line in figure.axes[0].lines}
    assert drawn.get("observed, inside", 0) == inside.sum()
    assert drawn.get("observed, outside", 0) == 3 - inside.sum()


@given(st.integers(2, 40), st.integers(0, 2**32 - 1))
def test_the_interval_is_named_for_what_it_holds(n: int, seed: int) -> None:
    """Fewer than 19 runs: it is from the lowest to the highest, and holds (n − 1) / (n + 1)."""
    values = np.random.default_rng(seed).normal(size=(1, n))
    _, low, high = predicted(values)
    if n != 19:  # they are the ends there, too, but for rounding
        assert ((low[0], high[0]) == (values.min(), values.max())) == (n < 19)
    assert ("lowest to highest" in interval_of(n)) == (n < 19)
    assert interval_of(n).startswith(f"{100 * min(0.9, (n - 1) / (n + 1)):.0f} %")


def test_no_more_than_twelve_panels(made: Comparison) -> None:
    measures = sorted(
        set(
            made.runs.loc[
                (made.runs["topic"] == "all")
                & (made.runs["subgroup"] == "all")
                & (made.runs["platform"] == "all"),
                "measure",
            ].astype(str)
        )
    )
    have = [name for name in measures if np.isfinite(values(made, "today", 3.0, name)).any()]
    assert len(have) > MOST_PANELS
    table = pd.DataFrame({"day": 3, "measure": have, "value": 1.0})
    assert len(observed_figure(made, made.observed(table)).axes) == MOST_PANELS
