"""Cost of what is averted, and silence where nothing can be said."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.study.comparison import RUN_COLUMNS, Comparison
from infodemic_sim.study.worth import HARM, NOT_ESTIMABLE, SINGLE, worth_table
from tests.study.tiny import GRAPH, TODAY


def runs(**plans: list[tuple[float, float, float, float]]) -> Comparison:
    """Misinformed share among 100 people, false exposures, staff minutes and money of each replicate."""
    measures = ("misinformed", "exposures_false", "staff_minutes", "money")
    rows = [
        (plan, replicate, 9.0, "all", "all", "all", measure, value)
        for plan, values in plans.items()
        for replicate, each in enumerate(values)
        for measure, value in [*zip(measures, each, strict=True), ("people", 100.0)]
    ]
    table = pd.DataFrame(rows, columns=RUN_COLUMNS)
    count = len(next(iter(plans.values())))
    return Comparison(tuple(plans), {}, 1, count, tuple(range(count)), "misinformed", table)


TODAY_RUNS = [(0.30, 500.0, 0.0, 0.0), (0.32, 520.0, 0.0, 0.0), (0.29, 480.0, 0.0, 0.0)]


def plan_with(fall: list[float], minutes: float) -> list[tuple[float, float, float, float]]:
    return [(a - f, b, minutes, 7.0) for (a, b, _, _), f in zip(TODAY_RUNS, fall, strict=True)]


def test_rows_of_a_plan_that_works():
    table = worth_table(runs(today=TODAY_RUNS, team=plan_with([0.10, 0.12, 0.11], 660.0)))
    assert table.plan.tolist() == ["team"] * 4
    people = table[table.outcome == "misinformed person averted"].set_index("resource")
    assert people.averted.tolist() == pytest.approx([11.0, 11.0])
    assert people.per_averted["staff hours"] == pytest.approx(1.0)
    assert people.per_averted["money"] == pytest.approx(7.0 / 11.0)
    assert (people.low < people.per_averted).all()
    assert (people.per_averted < people.high).all()
    exposures = table[table.outcome == "exposure to misinformation averted"]
    assert exposures.note.tolist() == [NOT_ESTIMABLE] * 2
    assert exposures.per_averted.isna().all()


@pytest.mark.parametrize(
    ("fall", "note"),
    [([0.1, -0.1, 0.02], NOT_ESTIMABLE), ([0.0, 0.0, 0.0], NOT_ESTIMABLE), ([-0.10, -0.12, -0.11], HARM)],
)
def test_nothing_is_said_of_what_may_be_nothing(fall, note):
    table = worth_table(runs(today=TODAY_RUNS, team=plan_with(fall, 60.0)))
    mine = table[table.outcome == "misinformed person averted"]
    assert mine.note.tolist() == [note] * 2
    assert mine[["per_averted", "low", "high"]].isna().all(axis=None)
    assert mine.spent.tolist() == pytest.approx([1.0, 7.0])


def test_a_single_pair_has_no_interval():
    one = runs(today=TODAY_RUNS[:1], team=[(0.1, 400.0, 60.0, 1.0)])
    assert set(worth_table(one).note) == {SINGLE}


def test_a_plan_that_costs_nothing_costs_nothing_for_each():
    table = worth_table(runs(today=TODAY_RUNS, team=plan_with([0.1, 0.12, 0.11], 0.0)))
    row = table[table.resource == "staff hours"].iloc[0]
    assert row[["per_averted", "low", "high"]].tolist() == [0.0, 0.0, 0.0]


def test_a_comparison_tells_it_and_writes_it(tmp_path):
    part = ids.Counselling(who=ids.Everyone(), per_day=1.0, strength=5.0)
    plans = {"today": TODAY, "talks": TODAY.but(interventions=[part]), "same": TODAY}
    comparison = ids.compare(plans, replicates=3, seed=1, out=tmp_path / "out")
    table = comparison.worth()
    row = table[(table.plan == "talks") & (table.resource == "staff hours")].iloc[0]
    effects = comparison.effects()
    mine = effects[(effects.plan == "talks") & (effects.outcome == "primary")].iloc[0]
    assert row.averted == pytest.approx(-GRAPH.n * mine.difference)
    assert (row.averted_low, row.averted_high) == pytest.approx((-GRAPH.n * mine.high, -GRAPH.n * mine.low))
    acts = comparison.deeds().set_index("plan").acts["talks"]
    assert row.per_averted == pytest.approx(acts * 10.0 / 60.0 / row.averted)
    assert set(table[table.plan == "same"].note) == {NOT_ESTIMABLE}
    written = pd.read_csv(tmp_path / "out" / "cost_per_averted.csv")
    assert written.per_averted.to_numpy() == pytest.approx(table.per_averted.to_numpy(), nan_ok=True)
    page = ids.write_report(comparison, tmp_path / "report.html").read_text("utf-8")
    assert "misinformed person averted" in page
    assert NOT_ESTIMABLE in page


def test_a_plan_in_another_world_has_rows_for_what_is_measured_there():
    """Where one world has a feed and the other a rule on a network, which knows no exposures."""
    both = runs(today=TODAY_RUNS, team=plan_with([0.10, 0.12, 0.11], 660.0), rumour=TODAY_RUNS)
    elsewhere = (both.runs["plan"] == "rumour") & (both.runs["measure"] == "exposures_false")
    table = worth_table(replace(both, runs=both.runs[~elsewhere]))
    assert set(table[table.plan == "rumour"].outcome) == {"misinformed person averted"}
    assert len(table[table.plan == "team"]) == 4
