"""Paired statistics against closed form, and what must hold of effects whatever the data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from infodemic_sim.comparing.compare import compare
from infodemic_sim.health import Privacy, Service
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.platforms import Forwarding, Groups, Platform
from infodemic_sim.study.effects import COLUMNS, effects_table
from infodemic_sim.study.paired import paired_statistics, replicates_needed, share_of_benefit
from tests.study.tiny import PEOPLE, plans

VALUES = st.floats(-1e6, 1e6, allow_subnormal=False)


def made(values: dict[str, list[float]], measure: str = "misinformed") -> pd.DataFrame:
    """A table of runs with one number per plan and replicate."""
    rows = [
        (plan, replicate, 3.0, "all", "all", "all", measure, value)
        for plan, several in values.items()
        for replicate, value in enumerate(several)
    ]
    names = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]
    return pd.DataFrame(rows, columns=names)


def effect(values: dict[str, list[float]], measure: str = "misinformed", **more: float) -> pd.Series:
    return effects_table(made(values, measure), list(values), "misinformed", **more).iloc[0]


def test_equal_differences_are_equal_also_where_sums_are_rounded() -> None:
    """Two counts of 300 people that fall by six each: the shares differ in the last bit."""
    before = np.array([[83 / 300, 100 / 300, 71 / 300]])
    after = np.array([[77 / 300, 94 / 300, 65 / 300]])
    assert np.unique(after - before).size > 1
    found = paired_statistics(before, after)
    assert found["standard_error"].tolist() == [0.0]
    assert np.isnan(found["pairing_gain"]).all()
    one_in_a_million = paired_statistics(np.array([[0.9, 0.7]]), np.array([[0.9 - 1e-6, 0.7 - 1e-6]]))
    assert one_in_a_million["standard_error"].tolist() == [0.0]
    after[0, 0] += 1e-14
    assert paired_statistics(before, after)["standard_error"][0] > 0.0


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    a, b = np.array([0.30, 0.34, 0.27, 0.31]), np.array([0.28, 0.30, 0.27, 0.26])
    row = effect({"a": a.tolist(), "b": b.tolist()})
    theirs = stats.ttest_rel(b, a).confidence_interval(0.95)
    assert (row["low"], row["high"]) == pytest.approx((theirs.low, theirs.high), rel=1e-12)
    assert row["difference"] == pytest.approx(np.mean(b - a))
    assert row["standard_error"] == pytest.approx(stats.sem(b - a))
    assert row["pairing_gain"] == pytest.approx((a.var(ddof=1) + b.var(ddof=1)) / (b - a).var(ddof=1))
    assert row["relative"] == pytest.approx(b.mean() / a.mean() - 1)
    assert row["probability_of_benefit"] == pytest.approx(3.5 / 4)
    assert (row["baseline"], row["value"]) == pytest.approx((a.mean(), b.mean()))
    assert row["outcome"] == "primary"


def test_a_constant_ratio_has_an_exact_relative_change() -> None:
    row = effect({"a": [5.0, 6.0, 8.0], "b": [2.5, 3.0, 4.0]})
    relative = (row["relative"], row["relative_low"], row["relative_high"])
    assert relative == pytest.approx((-0.5, -0.5, -0.5))


def test_the_relative_interval_covers_as_often_as_it_says() -> None:
    luck = np.random.default_rng(1)
    common = luck.normal(10, 1, (4000, 8))
    b = 0.8 * common + luck.normal(0, 0.5, common.shape)
    found = paired_statistics(common, b)
    covered = np.mean((found["relative_low"] <= -0.2) & (-0.2 <= found["relative_high"]))
    assert covered == pytest.approx(0.95, abs=0.015)


def test_a_relative_change_is_told_from_none_where_the_difference_is() -> None:
    """Also by a hair, and where the difference and the baseline hang together."""
    luck = np.random.default_rng(2)
    for n in (2, 3, 8):
        common = luck.normal(10, 0.5, (20_000, n))
        found = paired_statistics(common, 0.8 * common + 2.0 + luck.normal(0, 0.5, common.shape))
        given = np.isfinite(found["relative"])
        assert given.mean() > 0.5
        for end in ("low", "high"):
            np.testing.assert_array_equal(found[end][given] > 0, found[f"relative_{end}"][given] > 0)
        assert 0 < (found["low"] > 0).sum() < (found["high"] > 0).sum() < 20_000, "of both kinds"


def test_no_relative_change_is_given_from_a_baseline_that_may_be_zero() -> None:
    assert np.isnan(effect({"a": [0.0, 0.0], "b": [1.0, 2.0]})["relative"])
    assert np.isnan(effect({"a": [-1.0, 1.5], "b": [1.0, 2.0]})["relative"])


def test_replicates_needed_are_the_fewest_that_do() -> None:
    for spread in (0.1, 1.0, 7.3):
        n = replicates_needed(np.array([spread]), np.array([0.5]))[0]
        reach = lambda n, s=spread: stats.t.ppf(0.975, n - 1) * s / np.sqrt(n)  # noqa: E731
        assert reach(n) <= 0.5
        assert n == 2 or reach(n - 1) > 0.5
    assert effect({"a": [1.0, 2.0, 4.0], "b": [0.0, 2.0, 3.0]}, half_width=100.0)["replicates_needed"] == 2


def test_two_pairs_do_where_no_pair_differs_from_another() -> None:
    needed = replicates_needed(np.array([0.0, 0.0, 1.0, np.nan]), np.array([0.0, 1.0, 0.0, 1.0]))
    np.testing.assert_array_equal(needed, [2.0, 2.0, np.nan, np.nan])


def test_without_any_pair_there_is_nothing_to_tell() -> None:
    found = paired_statistics(np.empty((3, 0)), np.empty((3, 0)))
    assert (found.pop("pairs") == 0).all()
    assert (found.pop("pairs_equal") == 0).all()
    for name, values in found.items():
        assert values.shape == (3,), name
        assert np.isnan(values).all(), name


def test_an_equal_plan_has_no_effect_at_all() -> None:
    row = effect({"a": [0.6, 0.7, 0.5], "b": [0.6, 0.7, 0.5]})
    assert (row["difference"], row["low"], row["high"], row["relative"]) == (0.0, 0.0, 0.0, 0.0)
    assert row["note"] == "no difference in any pair"
    assert row["probability_of_benefit"] == 0.5


def test_the_same_difference_everywhere_is_said() -> None:
    row = effect({"a": [1.0, 2.0, 3.0], "b": [2.0, 3.0, 4.0]})
    assert (row["low"], row["high"]) == (1.0, 1.0)
    assert row["note"] == "the same difference in every pair"


def test_a_single_pair_has_no_interval() -> None:
    row = effect({"a": [1.0], "b": [0.5]})
    assert row["difference"] == -0.5
    assert row[["low", "high", "standard_error", "replicates_needed"]].isna().all()
    assert row["note"] == "a single pair has no interval"


def test_pairs_without_a_value_are_left_out_and_said() -> None:
    row = effect({"a": [1.0, np.nan, 3.0], "b": [0.0, 5.0, 2.0]})
    assert row["pairs"] == 2
    assert row["difference"] == -1.0
    assert "1 of 3 pairs have no value" in row["note"]
    assert effects_table(made({"a": [np.nan], "b": [1.0]}), ["a", "b"], "misinformed").empty


def test_where_neither_direction_is_better_there_is_no_benefit() -> None:
    assert np.isnan(effect({"a": [1.0, 2.0], "b": [0.0, 0.0]}, "corrections_made")["probability_of_benefit"])


def test_accurate_posts_lost_is_the_paired_fall() -> None:
    values = {"a": [10.0, 14.0, 12.0], "b": [9.0, 10.0, 12.0]}
    table = effects_table(made(values, "voices_accurate"), list(values), "misinformed").set_index("measure")
    posts, lost = table.loc["voices_accurate"], table.loc["accurate_posts_lost"]
    assert lost["value"] == lost["difference"] == -posts["difference"] > 0
    assert (lost["low"], lost["high"]) == (-posts["high"], -posts["low"])
    assert lost["pairing_gain"] == posts["pairing_gain"]


def test_a_baseline_alone_has_no_effects() -> None:
    table = effects_table(made({"a": [1.0, 2.0]}), ["a"], "misinformed")
    assert list(table.columns) == COLUMNS
    assert table.empty


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=8), st.randoms())
def test_invariants(pairs, luck) -> None:
    a, b = (np.array([side]) for side in zip(*pairs, strict=True))
    order = list(range(len(pairs)))
    luck.shuffle(order)
    one, turned = paired_statistics(a, b), paired_statistics(b, a)
    mixed = paired_statistics(a[:, order], b[:, order])
    size = 1e-9 * (1 + np.abs(a).max() + np.abs(b).max())
    np.testing.assert_allclose(one["difference"], -turned["difference"], rtol=0, atol=size)
    np.testing.assert_allclose(one["low"], -turned["high"], rtol=1e-6, atol=size)
    np.testing.assert_allclose(one["low"], mixed["low"], rtol=1e-6, atol=size)
    if len(pairs) > 1:
        assert one["low"] <= one["difference"] <= one["high"]
        assert not one["replicates_needed"] < 2
    lower, higher = (share_of_benefit(a, b, np.array([sign]))[0] for sign in (-1, 1))
    assert lower + higher == pytest.approx(1)


def test_a_zero_copy_of_each_intervention_changes_no_row() -> None:
    forwards = Platform(spaces=Groups(), forwarding=Forwarding())
    people = PEOPLE.but(bots=0.05, moderators=0.05, fact_checkers=0.05)
    today = plans()["today"].but(
        population=people, privacy=Privacy(), service=Service(), platforms=[forwards]
    )
    copies = {part.__name__: part(uptake=0.0) for part in BUILT_IN}
    copies |= {
        f"{part.__name__}, no {names}": part(
            **{name: type(part.model_fields[name].default)(0) for name in names}
        )
        for part in BUILT_IN
        for names in part.strengths()
    }
    zero = {name: today.but(interventions=[copy]) for name, copy in copies.items()}
    effects = compare({"today": today, **zero}, replicates=2, seed=6).effects()
    assert set(effects["plan"]) == set(zero)
    assert (effects["difference"] == 0).all()
    several = effects[effects["pairs"] > 1]  # one pair has no interval
    assert (several[["low", "high"]] == 0).all(axis=None)


def test_a_plan_of_zero_effect_changes_no_row_of_a_real_comparison() -> None:
    effects = compare(plans(), replicates=3, seed=5).effects()
    zero = effects[(effects["plan"] == "zero effect") & (effects["pairs"] > 0)]
    assert len(zero) > 50
    assert (zero[["difference", "low", "high"]] == 0).all(axis=None)
    assert set(zero["note"].str.split(";").str[0]) == {"no difference in any pair"}
    prompt = effects[(effects["plan"] == "prompt") & (effects["measure"] == "reshares_false")].iloc[0]
    assert prompt["difference"] < 0
    assert (effects["outcome"] == "primary").sum() == 2
