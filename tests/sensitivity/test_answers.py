"""Questions of sensitivity about the model."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.errors import InfodemicError
from infodemic_sim.plots import sensitivity_figure
from infodemic_sim.plots.sensitivity import readable
from infodemic_sim.sensitivity import methods
from infodemic_sim.sensitivity.table import ends
from tests.sweeps.tiny import PLANS, RECALL, TODAY

SHARE, PROVIDERS = "topics.vaccines.accurate_share", "population.providers"
RANGES = {
    SHARE: {"low": 0.3, "high": 0.9},
    RECALL: {"low": 0.1, "high": 0.9},
    PROVIDERS: {"low": 0.02, "high": 0.2, "scale": "log"},
}
QUESTION = f"""\
scenario: scenario.yaml
plans: {{today: [], label: [warning_label]}}
seed: 1
replicates: 1
number: 4
parameters:
  {SHARE}: {{low: 0.3, high: 0.9}}
  {RECALL}: {{low: 0.1, high: 0.9}}
"""


def question(**changes):
    plain = {"scenario": TODAY, "plans": PLANS, "parameters": RANGES, "number": 4, "replicates": 2, "seed": 1}
    return ids.Sensitivity(**{**plain, **changes})


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    return question().run(tmp_path_factory.mktemp("sensitivity") / "out")


def test_what_a_plan_does_not_use_moves_neither_baseline_nor_other_plans(answer):
    """Exactly: recall of labels is no part of those runs."""
    assert answer.outcomes == ["today", "label − today", "prompt − today"]
    for outcome in ("today", "prompt − today"):
        rows = answer.table[(answer.table["outcome"] == outcome) & (answer.table["parameter"] == RECALL)]
        assert (rows["value"] == 0.0).all()
        assert (rows["at_low"] == rows["at_high"]).all(), "though outcomes are no plane"
        assert not rows["turns"].any()


def test_what_people_believe_at_the_start_matters_most_for_what_they_believe(answer):
    assert answer.ranking("today")["parameter"].iloc[0] == SHARE
    assert answer.sentences()[0].startswith(f"Misinformed people under “today”: most hangs on {SHARE}")


def test_the_number_of_points_is_as_stated(answer):
    assert question().points == 4 * (3 + 1)
    assert answer.results.record["points"] == 16


def test_a_figure_for_every_outcome(answer):
    assert len(sensitivity_figure(answer.table, "misinformed").axes) == 2 * 3


def test_ends_of_a_straight_function_are_exact_whatever_else_differs_among_points():
    """In trajectories what moves together is not balanced; a parameter without effect has none."""
    shares = methods.sample("morris", 3, 4, 1)
    found = ends(shares, 2.0 * shares[:, 0] - 1.5 + 0.5 * shares[:, 1], np.ones(3, bool))
    levels = [(each["at_low"], each["at_high"]) for each in found]
    assert np.allclose(levels, [(-1.25, 0.75), (-0.5, 0.0), (-0.25, -0.25)], atol=1e-12)
    assert [each["turns"] for each in found] == [True, False, False]


def test_a_conclusion_does_not_turn_where_an_end_cannot_be_told_from_zero():
    shares = np.random.default_rng(2).random((40, 2))
    noise = np.random.default_rng(1).normal(size=40)
    assert not ends(shares, 0.2 * (shares[:, 0] - 0.5) + noise, np.ones(2, bool))[0]["turns"]
    assert ends(shares, 20.0 * (shares[:, 0] - 0.5) + noise, np.ones(2, bool))[0]["turns"]


def test_parameters_are_named_by_what_they_belong_to():
    assert readable("topics.0.accurate_share") == "topic: accurate share"
    assert readable("topics.vaccine safety.spread") == "vaccine safety: spread"
    assert readable("interventions.warning_label.recall") == "warning label: recall"
    assert readable("days") == "days"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"parameters": {SHARE: {"low": 0.3, "high": 0.9}}}, "at least two parameters"),
        ({"method": "sobol", "number": 6}, "power of two"),
        ({"method": "delta", "number": 10}, "at least 30"),
        ({"measure": "happiness"}, "happiness"),
        (
            {"parameters": {**RANGES, "population.nurses": {"low": 0.0, "high": 1.0}}},
            "has no parameter 'nurses'",
        ),
        ({"parameters": {**RANGES, "platforms": {"low": 0.0, "high": 1.0}}}, "takes no numbers"),
        ({"measure": "cases"}, "measure cases means nothing without epidemic: add it"),
        ({"method": "guess"}, "'morris', 'sobol', 'delta' or 'pawn'"),
    ],
)
def test_refused(changes, said):
    with pytest.raises(InfodemicError, match=said):
        question(**changes).study().points()


def test_points_without_an_outcome_are_told(tmp_path):
    wide = {**RANGES, PROVIDERS: {"low": 0.5, "high": 1.5}}
    with pytest.raises(InfodemicError, match="of 16 points have no misinformed"):
        question(parameters=wide).run(tmp_path / "wide")


def test_the_command_writes_table_and_figure_and_goes_on(tmp_path, capsys):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "q.yaml").write_text(QUESTION)
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["sensitivity", str(tmp_path / "q.yaml"), "--out", str(tmp_path / "out"), "--workers", "1"])
        assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "12 points x 2 plans x 1 replicates: " in said
    assert "under “today”: most hangs on" in said
    assert {"report.html", "sensitivity.csv", "sensitivity.png", "sensitivity.svg"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }
