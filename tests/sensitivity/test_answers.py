"""Questions of sensitivity about the model."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.parameter_paths import changed
from infodemic_sim.plots import sensitivity_figure
from infodemic_sim.plots.sensitivity import readable
from infodemic_sim.report.sensitivities import sensitivity_finding
from infodemic_sim.sensitivity import methods
from infodemic_sim.sensitivity.table import ends, outcomes_of
from infodemic_sim.study.plans import plans_of
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.drawing import drawn
from infodemic_sim.sweeps.study_file import read_plan
from tests.sweeps.tiny import PLANS, RECALL, TODAY, Broken

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


@pytest.mark.parametrize("method", ["delta", "pawn"])
def test_a_plane_is_level_along_what_cannot_be_told_from_chance(tmp_path, method):
    """Methods without an exact zero compare with shuffled parameters; their ends say nothing more."""
    table = question(method=method, number=60, resamples=50, replicates=1).run(tmp_path).table
    mine = table[table["index"] == method]
    level = mine["at_low"] == mine["at_high"]
    assert (level == (mine["value"].abs() <= mine["chance"])).all()
    assert not level.all()


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
        ({"parameters": {SHARE: {"low": 0.3, "high": 0.9}}}, "parameters must be two or more"),
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


def test_points_without_an_outcome_are_told(tmp_path, offered):
    offered(Broken)
    scenario = TODAY.but(interventions=[*TODAY.interventions, Broken()])
    for name, plans in {"one": {"today": (), "broken": ("broken",)}, "all": {"broken": ("broken",)}}.items():
        with pytest.raises(InfodemicError, match="16 of 16 points have no misinformed"):
            question(scenario=scenario, plans=plans).run(tmp_path / name)


@pytest.mark.parametrize(("method", "number"), [("morris", 4), ("sobol", 4), ("delta", 30), ("pawn", 30)])
@pytest.mark.parametrize(("low", "high", "rule"), [(0.5, 1.5, "≤ 1"), (-0.5, 0.5, "≥ 0")])
def test_a_range_beyond_the_bounds_is_refused_before_any_run(
    tmp_path, capsys, method, number, low, high, rule
):
    wide = {**RANGES, PROVIDERS: {"low": low, "high": high}}
    with pytest.raises(ParameterError, match=rf"population\.providers must be {rule}, but its range holds"):
        question(parameters=wide, method=method, number=number)
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    text = QUESTION.replace("number: 4", f"number: {number}\nmethod: {method}")
    (tmp_path / "q.yaml").write_text(f"{text}  {PROVIDERS}: {{low: {low}, high: {high}}}\n", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["sensitivity", str(tmp_path / "q.yaml"), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert f"q.yaml:10:25: parameters.{PROVIDERS}: {PROVIDERS} must be {rule}" in said
    assert not (tmp_path / "out").exists()


def test_points_at_which_a_plan_cannot_be_made_are_told_before_any_run(tmp_path):
    """Though each range is within its bounds."""
    label = ids.WarningLabel(when=ids.Between(0.0, 2.0))
    when = f"interventions.{label.key}.when"
    crossing = {f"{when}.start": {"low": 0.0, "high": 2.0}, f"{when}.stop": {"low": 0.5, "high": 2.0}}
    asked = question(
        scenario=TODAY.but(interventions=[label]), plans={"label": (label.key,)}, parameters=crossing
    )
    with pytest.raises(ParameterError, match=rf"at {when}\.start .*, {when}\.stop"):
        asked.run(tmp_path / "out")
    assert not (tmp_path / "out").exists()


# --- parameters drawn in each replicate -------------------------------------------------------------------

CLAIM = "spread.persuasion_claim"


@pytest.fixture
def draws(tmp_path):
    (tmp_path / "draws.csv").write_text(f"{CLAIM}\n0.1\n2.0\n")
    return str(tmp_path / "draws.csv")


@pytest.mark.parametrize("kind", ["declared", "table"])
def test_outcomes_are_those_of_replicates_that_draw_the_same(tmp_path, draws, kind):
    asked = question(draws=draws if kind == "table" else kind)
    found = asked.run(tmp_path / "out")
    point = asked.study().points()[5]
    plans = plans_of(changed(TODAY.but(record="end"), point), PLANS)
    made = ids.compare(plans, replicates=2, seed=1, draws=asked.draws).effects()
    effects = made[made["outcome"] == "primary"].set_index("plan")
    outcomes = dict(outcomes_of(asked, found.results))
    for plan in ("label", "prompt"):
        assert outcomes[f"{plan} − today"][5].mean() == pytest.approx(
            effects.loc[plan, "difference"], abs=1e-12
        )
    limits = sensitivity_finding(found, sensitivity_figure(found.table, "misinformed")).limits
    said = "strengths, drawn anew" if kind == "declared" else f"the 2 draws of {draws} leave open of {CLAIM}"
    assert any("means over 2 replicates" in text and said in text for text in limits)


def test_what_is_varied_cannot_be_drawn_from_a_table(tmp_path, draws):
    asked = question(parameters={**RANGES, CLAIM: "declared"}, draws=draws)
    with pytest.raises(
        ParameterError, match=rf"{CLAIM} is varied, and drawn in each replicate as well: leave"
    ):
        asked.run(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_is_varied_is_not_drawn_from_declared_ranges():
    asked = question(parameters={**RANGES, CLAIM: "declared"}, draws="declared")
    study = asked.study()
    drawing = agenda_of(study).drawing
    for point in study.points():
        plan = study.plans_at(point)["label"]
        made = [drawn(plan, drawing, replicate) for replicate in range(2)]
        assert {each.spread.persuasion_claim for each in made} == {point[CLAIM]}
        assert len({each.spread.persuasion_correction for each in made}) == 2


def test_draws_that_do_not_fit_a_point_are_refused_before_any_run(tmp_path):
    (tmp_path / "draws.csv").write_text("spread.forget\n0.1\n0.8\n")
    rule = ids.HoaxAndFactCheck(order="exclusive", verify=0.1)
    hoax = ids.Scenario(population=TODAY.population, spread=rule, days=2.0)
    ranges = {"spread.verify": {"low": 0.1, "high": 0.4}, "spread.spreading": {"low": 0.1, "high": 0.4}}
    words = {"plans": {"today": ()}, "parameters": ranges, "draws": str(tmp_path / "draws.csv")}
    asked = question(scenario=hoax, **words)
    with pytest.raises(
        ParameterError, match=r"^at spread\.verify 0\.\d+, .*: draws\.csv, line 3: .*at most 1"
    ):
        asked.run(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_names_draws_from_its_own_folder(tmp_path, draws):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "q.yaml").write_text(f"{QUESTION}draws: draws.csv\n")
    assert read_plan(tmp_path / "q.yaml", ids.Sensitivity, "a question").draws == draws


def test_the_command_writes_table_and_figure_and_goes_on(tmp_path, capsys):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "q.yaml").write_text(QUESTION)
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["sensitivity", str(tmp_path / "q.yaml"), "--out", str(tmp_path / "out"), "--workers", "1"])
        assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "12 points x 2 plans x 1 replicate: " in said
    assert "under “today”: most hangs on" in said
    assert {"report.html", "sensitivity.csv", "sensitivity.png", "sensitivity.svg"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }


def test_no_workers_at_all_are_refused(tmp_path, capsys):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "q.yaml").write_text(QUESTION)
    with pytest.raises(SystemExit) as ended:
        main(["sensitivity", str(tmp_path / "q.yaml"), "--out", str(tmp_path / "out"), "--workers", "0"])
    assert ended.value.code == 2
    assert "workers must be a whole number from 1" in capsys.readouterr().err
