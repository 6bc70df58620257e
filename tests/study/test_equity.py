"""Who gains: effects by part of the people, and on the gap between the worst and best off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.report.tables import gap_rows
from infodemic_sim.study.comparison import Comparison, categorised
from infodemic_sim.study.equity import GAP, equity_table, gaps, partitions_of
from tests.study.tiny import NOTHING, PEOPLE, TODAY

LOW, HIGH = [0.30, 0.34, 0.32], [0.10, 0.12, 0.11]


def made(before: dict[str, list[float]], after: dict[str, list[float]], measure: str = "misinformed"):
    """A comparison of two plans from last values of each part, a number per replicate."""
    rows = [
        (plan, replicate, 3.0, "all", "all", f"literacy={part}", measure, value)
        for plan, values in (("today", before), ("plan", after))
        for part, numbers in values.items()
        for replicate, value in enumerate(numbers)
    ]
    names = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]
    runs = categorised(pd.DataFrame(rows, columns=names))
    return Comparison(("today", "plan"), {}, 1, 3, (0, 1, 2), measure, runs)


def with_people(values: dict[str, list[float]], sizes: dict[str, float]) -> Comparison:
    """A plan that changes nothing, with the people of each part beside."""
    comparison = made(values, values)
    people = made({part: [size] * 3 for part, size in sizes.items()}, {}, "people")
    runs = pd.concat([found.runs.astype({"subgroup": str, "plan": str}) for found in (comparison, people)])
    return replace(comparison, runs=categorised(runs))


def test_the_gap_lies_between_the_parts_that_are_worst_and_best_off_at_first():
    after = {"basic": [0.2, 0.2, 0.2], "proficient": [0.30, 0.31, 0.32]}
    table = made({"basic": LOW, "proficient": HIGH}, after).equity("literacy").set_index("part")
    before = np.subtract(LOW, HIGH)
    now = np.subtract(after["basic"], after["proficient"])
    assert table.loc[GAP, "between"] == "basic minus proficient"
    assert table.loc[GAP, "baseline"] == pytest.approx(before.mean())
    assert table.loc[GAP, "difference"] == pytest.approx((now - before).mean())
    spread = (now - before).std(ddof=1) / np.sqrt(3) * 4.302652729911275  # Student's t, 2 degrees of freedom
    assert table.loc[GAP, "high"] - table.loc[GAP, "difference"] == pytest.approx(spread)
    assert table.loc[GAP, "probability_of_benefit"] == 1.0, "it is smaller, though the other way round"
    assert table.loc["basic", "probability_of_benefit"] == 1.0
    assert table.loc["proficient", "probability_of_benefit"] == 0.0


@pytest.mark.parametrize("measure", ["misinformed", "credence"])
def test_a_gap_that_gets_smaller_is_better_whichever_direction_is(measure):
    nearer = {"basic": LOW, "proficient": [0.2, 0.23, 0.2]}
    comparison = made({"basic": LOW, "proficient": HIGH}, nearer, measure)
    gap = comparison.equity("literacy").set_index("part").loc[GAP]
    assert gap["between"] == "basic minus proficient"
    assert gap["baseline"] == pytest.approx(0.21)
    assert gap["difference"] == pytest.approx(-0.1)
    assert gap["probability_of_benefit"] == 1.0
    assert gap_rows(comparison)[0]["entries"][0]["kind"] == "better"


def test_its_difference_and_its_chance_of_benefit_say_the_same():
    """Where chance turns the gap round from run to run, sizes would say otherwise than differences."""
    before = {"basic": [0.053, 0.0, 0.037], "proficient": [0.0, 0.019, 0.0]}
    after = {"basic": [0.056, 0.0, 0.020], "proficient": [0.0, 0.037, 0.0]}
    gap = made(before, after).equity("literacy").set_index("part").loc[GAP]
    changes = np.array([0.003, -0.018, -0.017])
    assert gap["difference"] == pytest.approx(changes.mean())
    assert gap["probability_of_benefit"] == pytest.approx(2.0 / 3.0)


def test_a_handful_is_no_end_of_a_gap():
    """Neither the two who are worst off, nor is there a gap where only one part is large."""
    values = {"basic": LOW, "proficient": HIGH, "none": [0.9, 0.8, 0.9]}
    comparison = with_people(values, {"basic": 10.0, "proficient": 10.0, "none": 9.9})
    table = comparison.equity("literacy").set_index("part")
    assert table.loc[GAP, "between"] == "basic minus proficient"
    assert table.loc["none", "baseline"] == pytest.approx(np.mean(values["none"])), "the part itself is told"
    comparison = with_people(values, {"basic": 9.9, "proficient": 10.0, "none": 9.9})
    assert GAP not in set(comparison.equity("literacy")["part"])
    with pytest.raises(ParameterError, match="fewer than two parts of 10 people or more"):
        gaps(comparison, "literacy")


def test_what_is_counted_is_told_for_each_person():
    """Many people with few choices each are not worse off than few people with many."""
    many, few = "literacy=intermediate", "literacy=proficient"
    counts = {many: (40.0, 100.0), few: (10.0, 20.0), "literacy=basic": (0.0, 0.0)}
    names = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]
    rows = [
        (plan, k, 3.0, "all", topic, part, measure, value * (2.0 if topic == "all" else 1.0))
        for plan in ("today", "plan")
        for k in range(3)
        for part, numbers in counts.items()
        for measure, value in zip(("adverse_choices", "people"), numbers, strict=True)
        for topic in ("all", "a", "b")
    ]
    runs = categorised(pd.DataFrame(rows, columns=names))
    comparison = Comparison(("today", "plan"), {}, 1, 3, (0, 1, 2), "adverse_choices", runs)
    one = comparison.equity("literacy", topic="a").set_index("part")
    assert one.loc["intermediate", "baseline"] == pytest.approx(0.4)
    assert one.loc[GAP, "between"] == "proficient minus intermediate", "of those of whom there are any"
    assert one.loc[GAP, "baseline"] == pytest.approx(0.5 - 0.4)
    assert np.isnan(one.loc["basic", "baseline"])
    both = comparison.equity("literacy").set_index("part")
    assert both.loc["proficient", "baseline"] == pytest.approx(1.0), "of two topics, for one person"


def test_parts_without_people_are_not_ends_of_the_gap():
    nobody = [np.nan, 0.9, 0.9]
    parts = {"basic": LOW, "proficient": HIGH, "below_basic": nobody}
    rows = made(parts, parts).equity("literacy").set_index("part")
    assert rows.loc[GAP, "between"] == "basic minus proficient"
    alone = made({"basic": LOW, "below_basic": nobody}, {"basic": LOW, "below_basic": nobody})
    assert GAP not in set(alone.equity("literacy")["part"])


def test_of_a_real_comparison():
    groups = PEOPLE.but(subgroups=("literacy", "age", "trust"))
    today = TODAY.but(population=groups)
    some = {"inoculation": ids.Inoculation(), "zero effect": NOTHING}
    others = {name: today.but(interventions=[part]) for name, part in some.items()}
    comparison = ids.compare({"today": today, **others}, replicates=3, seed=1)
    assert partitions_of(comparison) == ("literacy", "age", "trust")
    for partition in partitions_of(comparison):
        table = comparison.equity(partition, "discernment")
        zero = table[table["plan"] == "zero effect"]
        assert (zero[["difference", "low", "high"]] == 0.0).all(axis=None)
        assert (table.loc[table["plan"] == "inoculation", "difference"] != 0.0).any()
        assert table.groupby("plan")["part"].apply(list).iloc[0][-1] == GAP


def test_what_was_not_recorded_is_named():
    comparison = ids.compare({"today": TODAY}, replicates=2, seed=1)
    assert comparison.equity("literacy").empty
    with pytest.raises(UnknownNameError, match="Did you mean 'literacy'"):
        comparison.equity("literasy")
    with pytest.raises(UnknownNameError, match="'satisfaction' was not recorded"):
        equity_table(comparison, "literacy", "satisfaction")
