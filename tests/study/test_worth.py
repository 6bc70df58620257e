"""Cost of what is averted: Fieller's interval, and silence where nothing can be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

import infodemic_sim as ids
from infodemic_sim.study.comparison import RUN_COLUMNS
from infodemic_sim.study.worth import HARM, NOT_ESTIMABLE, SINGLE, fieller, interval, worth_table
from tests.study.tiny import GRAPH, TODAY

AVERTED = np.array([8.0, 12.0, 9.0, 11.0])


def test_a_constant_number_averted_divides_the_interval_of_the_cost():
    spent = np.array([1.0, 2.0, 4.0])
    ratio, cost = fieller(spent, np.full(3, 5.0)), interval(spent)
    assert ratio == pytest.approx(tuple(number / 5.0 for number in cost))


def test_cost_in_proportion_to_what_is_averted_is_known_exactly():
    assert fieller(3.0 * AVERTED, AVERTED) == pytest.approx((3.0, 3.0, 3.0))


def test_the_ends_are_the_ratios_that_are_just_not_rejected():
    spent = np.array([30.0, 35.0, 33.0, 29.0])
    ratio = fieller(spent, AVERTED)
    assert ratio.low < ratio.value < ratio.high
    for end in (ratio.low, ratio.high):
        left = spent - end * AVERTED
        error = left.std(ddof=1) / 2.0
        assert abs(left.mean()) == pytest.approx(stdtrit(3, 0.975) * error)


def test_the_interval_holds_the_true_ratio_as_often_as_it_says():
    """2,000 studies of six pairs; the share that holds it is within 4 standard errors of 95 %."""
    draws = np.random.default_rng(1)
    held = 0
    for _ in range(2000):
        common = draws.normal(size=6)
        below, above = 20.0 + common + draws.normal(size=6), 40.0 + 3.0 * common + draws.normal(size=6)
        ratio = fieller(above, below)
        held += ratio.low <= 2.0 <= ratio.high
    assert abs(held / 2000 - 0.95) <= 4.0 * np.sqrt(0.95 * 0.05 / 2000)


def runs(**plans: list[tuple[float, float, float, float]]) -> pd.DataFrame:
    """Misinformed share among 100 people, false exposures, staff minutes and money of each replicate."""
    measures = ("misinformed", "exposures_false", "staff_minutes", "money")
    rows = [
        (plan, replicate, 9.0, "all", "all", "all", measure, value)
        for plan, values in plans.items()
        for replicate, each in enumerate(values)
        for measure, value in [*zip(measures, each, strict=True), ("people", 100.0)]
    ]
    return pd.DataFrame(rows, columns=RUN_COLUMNS)


TODAY_RUNS = [(0.30, 500.0, 0.0, 0.0), (0.32, 520.0, 0.0, 0.0), (0.29, 480.0, 0.0, 0.0)]


def plan_with(fall: list[float], minutes: float) -> list[tuple[float, float, float, float]]:
    return [(a - f, b, minutes, 7.0) for (a, b, _, _), f in zip(TODAY_RUNS, fall, strict=True)]


def test_rows_of_a_plan_that_works():
    table = worth_table(runs(today=TODAY_RUNS, team=plan_with([0.10, 0.12, 0.11], 660.0)), ["today", "team"])
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
    table = worth_table(runs(today=TODAY_RUNS, team=plan_with(fall, 60.0)), ["today", "team"])
    mine = table[table.outcome == "misinformed person averted"]
    assert mine.note.tolist() == [note] * 2
    assert mine[["per_averted", "low", "high"]].isna().all(axis=None)
    assert mine.spent.tolist() == pytest.approx([1.0, 7.0])


def test_a_single_pair_has_no_interval():
    one = runs(today=TODAY_RUNS[:1], team=[(0.1, 400.0, 60.0, 1.0)])
    assert set(worth_table(one, ["today", "team"]).note) == {SINGLE}


def test_a_plan_that_costs_nothing_costs_nothing_for_each():
    table = worth_table(runs(today=TODAY_RUNS, team=plan_with([0.1, 0.12, 0.11], 0.0)), ["today", "team"])
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
