"""What is told of several plans together: Holm as statsmodels has it, and coverage of all intervals."""

from __future__ import annotations

import gc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from infodemic_sim.comparing.compare import compare
from infodemic_sim.study.comparison import Comparison, categorised
from infodemic_sim.study.effects import effects_table
from infodemic_sim.study.overall import records
from infodemic_sim.study.paired import paired_statistics
from infodemic_sim.study.several import holm, with_correction
from infodemic_sim.study.shown import from_zero, verdict
from tests.study.test_effects import effect, made
from tests.study.tiny import plans

PARTS = ("all", "age=young", "age=old")
CHANCES = st.floats(0.0, 1.0)


def test_the_p_value_is_that_of_a_paired_t_test() -> None:
    a, b = [0.30, 0.34, 0.27, 0.31], [0.28, 0.30, 0.27, 0.26]
    row = effect({"a": a, "b": b})
    assert row["p_value"] == pytest.approx(stats.ttest_rel(b, a).pvalue, rel=1e-12)
    assert row["p_adjusted"] == row["p_value"]  # one plan needs no correction
    assert (row["low_together"], row["high_together"]) == (row["low"], row["high"])


def test_differences_that_cancel_out_speak_for_no_change_at_all() -> None:
    a, b = [4.0, 2.0, 5.0], [4.0, 3.0, 4.0]
    row = effect({"a": a, "b": b})
    assert (row["difference"], row["p_value"], row["p_adjusted"]) == (0.0, 1.0, 1.0)
    assert stats.ttest_rel(b, a).pvalue == 1.0


@settings(deadline=None, max_examples=20)
@given(st.lists(CHANCES, min_size=1, max_size=6), st.lists(CHANCES, min_size=1, max_size=6))
def test_each_family_is_corrected_for_itself(one, two) -> None:
    gc.freeze()  # as statsmodels has all garbage collected at each call, which takes long late in a session
    family = np.array([0] * len(one) + [1] * len(two))
    mixed = np.random.default_rng(1).permutation(family.size)
    p = np.array([*one, *two])
    found = np.empty(p.size)
    found[mixed] = holm(p[mixed], family[mixed], np.ones(p.size, bool))
    theirs = [multipletests(several, method="holm")[1] for several in (one, two)]
    np.testing.assert_allclose(found, np.concatenate(theirs), rtol=1e-12)


def test_a_plan_that_changed_nothing_belongs_to_the_family_and_stays_without_a_p_value() -> None:
    same = [1.0, 2.0, 4.0, 3.0]
    values = {"a": same, "b": [0.5, 1.2, 3.1, 2.6], "c": same, "d": [9.0, np.nan, np.nan, np.nan]}
    table = effects_table(made(values), list(values), "misinformed").set_index("plan")
    alone = stats.ttest_rel(values["b"], same).pvalue
    assert table.loc["b", "p_adjusted"] == pytest.approx(3 * alone)
    assert table.loc[["c", "d"], ["p_value", "p_adjusted"]].isna().all(axis=None)
    assert (table.loc["c", ["difference", "low_together", "high_together"]] == 0.0).all()
    assert table.loc["d", ["low_together", "high_together"]].isna().all()
    reach = stats.t.ppf(1.0 - 0.05 / 3 / 2, 3) * table.loc["b", "standard_error"]
    assert table.loc["b", "high_together"] - table.loc["b", "difference"] == pytest.approx(reach)


def test_a_family_without_a_pair_has_no_intervals() -> None:
    nothing = {"difference": np.nan, "standard_error": np.nan, "p_value": np.nan, "pairs": 0}
    something = {"difference": 1.0, "standard_error": 0.5, "p_value": 0.2, "pairs": 9}
    rows = pd.DataFrame([{"part": 0, **something}, {"part": 1, **nothing}])
    for table in (rows, rows[::-1], rows[1:]):
        found = with_correction(table, ["part"]).set_index("part")
        assert found.loc[1, ["p_adjusted", "low_together", "high_together"]].isna().all()
        if 0 in found.index:
            assert found.loc[0, "p_adjusted"] == 0.2


@pytest.mark.parametrize("pairs", [2, 3, 5, 6, 20])
def test_the_same_difference_is_told_from_zero_from_six_pairs_on(pairs: int) -> None:
    """As the sign test does: whole numbers of few pairs are easily equal by chance."""
    before = [float(k) for k in range(pairs)]
    row = effect({"a": before, "b": [value - 1.0 for value in before]})
    alike = stats.binomtest(0, pairs).pvalue
    assert row["p_value"] == row["p_adjusted"] == pytest.approx(alike, rel=1e-12)
    assert row["low"] == row["high"] == -1.0
    told = "better" if pairs >= 6 else "unclear"
    assert verdict({**row, "better": "lower"}) == told
    assert from_zero(-1.0, -1.0, pairs) == from_zero(1.0, 1.0, pairs) == (pairs >= 6)
    assert from_zero(-1.0, -0.9, pairs)
    assert not from_zero(-1.0, 0.1, pairs)


def test_all_tables_read_what_few_pairs_have_alike_in_the_same_way() -> None:
    """Effects, themes and parts of the people: none of them is surer than the others."""
    runs = pd.concat([made({"a": [0.5, 0.6], "b": [0.4, 0.5]}).assign(subgroup=part) for part in PARTS])
    comparison = Comparison(("a", "b"), {}, 1, 2, (0, 1), "misinformed", categorised(runs))
    effects = comparison.effects()
    themes = comparison.themes().query("measure == 'misinformed'").assign(better="lower")
    parts = comparison.equity("age").query("part != 'gap'").assign(measure="misinformed", better="lower")
    for table in (effects, themes, parts):
        assert len(table) > 0
        assert {verdict(row) for row in records(table)} == {"unclear"}


def test_a_p_value_below_the_level_is_an_interval_without_zero() -> None:
    luck = np.random.default_rng(2)
    before = luck.normal(0, 1, (500, 5))
    found = paired_statistics(before, before + luck.normal(0.7, 1, before.shape))
    assert np.array_equal(found["p_value"] < 0.05, (found["low"] > 0) | (found["high"] < 0))
    assert 100 < (found["p_value"] < 0.05).sum() < 400


def test_all_intervals_hold_together_and_none_is_refused_wrongly_more_often_than_said() -> None:
    """Five plans without effect share a baseline, 4000 times: any error in at most 5 % of studies."""
    luck, studies, several = np.random.default_rng(3), 4000, 5
    before = luck.normal(0, 1, (studies, 6))
    blocks = []
    for plan in range(several):
        found = paired_statistics(before, before + luck.normal(0, 1, before.shape))
        blocks.append(pd.DataFrame(found).assign(plan=plan, study=np.arange(studies)))
    table = with_correction(pd.concat(blocks, ignore_index=True), ["study"])
    missed = (table["low_together"] > 0) | (table["high_together"] < 0)
    slack = 4 * np.sqrt(0.05 * 0.95 / studies)
    wrong = table["p_adjusted"] < 0.05
    assert missed.groupby(table["study"]).any().mean() <= 0.05 + slack
    assert wrong.groupby(table["study"]).any().mean() <= 0.05 + slack
    assert (wrong | ~missed).all()  # Holm refuses at least what the intervals do
    alone = (table["low"] > 0) | (table["high"] < 0)
    assert alone.groupby(table["study"]).any().mean() > 0.1  # which is what the correction is for


def test_a_plan_of_zero_effect_stays_exactly_zero_in_a_real_comparison() -> None:
    effects = compare(plans(), replicates=3, seed=5).effects()
    zero = effects[(effects["plan"] == "zero effect") & (effects["pairs"] > 1)]
    assert (zero[["difference", "low_together", "high_together"]] == 0).all(axis=None)
    assert zero[["p_value", "p_adjusted"]].isna().all(axis=None)
    assert (effects["low_together"] <= effects["low"]).sum() == (effects["pairs"] > 1).sum()
