"""What a study says of its designs one by one, and which of them is shown in detail."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.report.one_design import reference
from infodemic_sim.report.study_answer import by_design, levels, size, summary
from tests.sweeps.tiny import RECALL, TODAY, study

PROVIDERS = "population.providers"


def row(point, plan, difference, half=0.001, better="lower", adjusted=0.01):
    return {
        "point": point,
        "plan": plan,
        "measure": "misinformed",
        "difference": difference,
        "low": difference - half,
        "high": difference + half,
        "pairs": 8,
        "better": better,
        "p_adjusted": adjusted,
    }


def test_it_names_the_plan_that_is_told_from_today_most_often():
    rows = [row(k, plan, d) for k in range(3) for plan, d in (("b", -0.05), ("a", -0.02 - 0.01 * k))]
    rows += [row(3, "b", -0.06, half=0.07), row(3, "a", -0.0101), row(4, "a", 0.0001), row(4, "b", 0.0002)]
    assert by_design(rows, "today") == [
        "Design by design, “a” can be told from “today” for the better at 4 of 5 designs, where it lowers "
        "misinformed people by 1.0 to 4.0 percentage points; at 1 no plan can."
    ], "though the other looks better at each"


def test_plans_that_are_told_as_often_are_named():
    rows = [row(k, plan, -0.02) for k in range(2) for plan in ("a", "b", "c")]
    assert by_design(rows, "today")[0].endswith("by 2.0 percentage points; as often as “b” and “c”.")


def test_where_neither_direction_is_better_both_are_told():
    rows = [row(k, "a", d, better="") for k, d in enumerate((-0.02, 0.03, 0.04, 0.0))]
    assert by_design(rows, "today") == [
        "Design by design, “a” can be told from “today” at 3 of 4 designs, where it lowers misinformed "
        "people by 2.0 percentage points and raises misinformed people by 3.0 to 4.0 percentage points; at 1 "
        "no plan can."
    ]


def test_a_plan_that_failed_is_never_told_from_today():
    rows = [row(0, "a", float("nan")), row(0, "b", -0.03)]
    assert by_design(rows, "today")[0].startswith("Design by design, “b” can be told from “today” for")


@pytest.mark.parametrize(
    ("differences", "median"), [((-0.04, -0.02, -0.03), "−3.0"), ((-0.0202, -0.0242), "−2.2"), ((), "–")]
)
def test_the_median_is_that_of_the_effects(differences, median):
    rows = [row(k, "a", d) for k, d in enumerate(differences)] or [row(0, "a", float("nan"))]
    assert summary("a", rows)["middle"] == median


def test_designs_without_a_pair_are_not_counted_as_unclear():
    rows = [row(0, "a", -0.03), row(1, "a", float("nan"))]
    assert "no plan can" not in by_design(rows, "today")[0]
    found = summary("a", rows)
    assert (found["better"], found["worse"], found["unclear"], found["lost"]) == ("1", "0", "0", 1)


def test_harm_is_no_success():
    rows = [row(0, "a", 0.02), row(0, "b", 0.03, adjusted=0.2)]
    assert by_design(rows, "today") == [
        "Design by design, at none of 1 design can any plan be told from “today” for the better.",
        "Worse than “today”: “a” at 1 of 1 design and “b” at 1 of 1 design (1 †).",
    ]


def test_designs_without_a_pair_are_not_counted_where_harm_is_told():
    rows = [row(0, "a", 0.02), row(1, "a", float("nan"))]
    assert by_design(rows, "today")[-1] == "Worse than “today”: “a” at 1 of 1 design."


def test_what_several_plans_at_once_leave_unsure_has_a_dagger():
    rows = [row(0, "a", -0.02), row(1, "a", -0.03, adjusted=0.06)]
    assert "at 2 of 2 designs (1 of them only taken alone, see †), where" in by_design(rows, "today")[0]
    assert summary("a", rows)["better"] == "2 (1 †)"


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (1e-9, "0"), (-1e-17, "0"), (-0.0123, "−0.012"), (15.4, "15")]
)
def test_sizes_have_two_digits_that_matter(value, text):
    assert size(value, 1.0) == text


def test_levels_need_two_designs():
    rows = [{"difference": value, "where": f"recall {value:g}"} for value in (0.2, 0.4)]
    assert levels(rows, "misinformed", "today") == [
        "Misinformed people under “today”: from 20.0 % (recall 0.2) to 40.0 % (recall 0.4), as means of runs "
        "at one design."
    ]
    assert levels(rows[:1], "misinformed", "today") == []


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    design = ids.Grid(parameters={RECALL: [0.1, 0.5, 0.9], PROVIDERS: [0.0, 0.1]})
    return ids.sweep(study(design=design, replicates=1), tmp_path_factory.mktemp("near") / "out")


def test_the_design_shown_is_that_of_the_scenario(results):
    near = reference(results, range(6))
    assert near == (
        3,
        "warning label: recall 0.5, population: providers 0.1",
        "that with the scenario’s own values",
    )


def test_where_it_was_not_run_it_is_the_nearest(results):
    near = reference(
        results, [0, 1, 2, 4, 5]
    )  # all but that one: recall is 0.4 of 0.8 away, providers 0.1 of 0.1
    assert near.point == 1
    assert near.why == "that nearest to the scenario’s own values, where it has warning label: recall 0.5"


def test_a_single_design_that_is_left_is_named(results):
    assert reference(results, [5]).where == "warning label: recall 0.9, population: providers 0.1"


def test_what_is_no_number_is_near_where_it_is_the_same(tmp_path):
    design = ids.Grid(parameters={"primary": ["credence", TODAY.primary]})
    assert reference(ids.sweep(study(design=design, replicates=1), tmp_path / "out"), [0, 1]).point == 1


def test_a_part_is_the_same_however_it_is_written(tmp_path):
    when = {"type": "every", "days": 1.0}
    plans = {"today": (), "label": ("warning_label",)}
    scenario = TODAY.but(interventions=[ids.WarningLabel(when=ids.Every(days=1.0))])
    design = ids.Grid(parameters={"interventions.warning_label.when": ["always", when]})
    found = ids.sweep(study(scenario=scenario, plans=plans, design=design, replicates=1), tmp_path / "out")
    near = reference(found, [0, 1])
    assert (near.point, near.why) == (1, "that with the scenario’s own values")


def test_of_a_study_that_is_not_known_it_is_the_middle(results, monkeypatch):
    monkeypatch.setattr("infodemic_sim.report.one_design.study_of", lambda record: (None, "lost"))
    near = reference(results, range(6))
    assert near.point in (2, 3)
    assert near.why.startswith("that nearest to the middle of the values")
