"""Contrasts of plans: paired t intervals of weighted sums, interactions, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import infodemic_sim as ids
from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.study.contrasts import contrasts, interactions
from infodemic_sim.study.effects import COLUMNS
from tests.study.test_effects import made
from tests.study.tiny import PROMPT, TODAY, plans


def comparison(values: dict[str, list[float]], measure: str = "misinformed") -> Comparison:
    """Runs of so many plans with one number each."""
    replicates = len(next(iter(values.values())))
    finished = tuple(range(replicates))
    return Comparison(tuple(values), {}, 1, replicates, finished, measure, made(values, measure))


NONE, A, B, AB = (
    [0.30, 0.34, 0.27, 0.31],
    [0.28, 0.30, 0.27, 0.26],
    [0.2, 0.3, 0.2, 0.2],
    [0.2, 0.2, 0.2, 0.1],
)
FOUR = {"none": NONE, "a": A, "b": B, "a and b": AB}


def test_an_interaction_is_what_is_left_of_both_effects() -> None:
    row = interactions(comparison(FOUR), {"a and b": ["a", "b"]}).iloc[0]
    left = np.array(AB) - A - B + NONE
    theirs = stats.ttest_1samp(left, 0.0).confidence_interval(0.95)
    assert row["difference"] == pytest.approx(left.mean())
    assert (row["low"], row["high"]) == pytest.approx((theirs.low, theirs.high), rel=1e-9)
    assert row["baseline"] == pytest.approx(np.mean(np.array(A) + B - NONE))
    assert row["value"] == pytest.approx(np.mean(AB))
    assert (row["plan"], row["outcome"]) == ("a and b", "primary")


def test_of_three_parts_two_baselines_are_taken_off() -> None:
    values = {**FOUR, "c": [0.1, 0.2, 0.3, 0.4], "all": [0.5, 0.1, 0.2, 0.2]}
    row = interactions(comparison(values), {"all": ["a", "b", "c"]}).iloc[0]
    left = np.array(values["all"]) - A - B - values["c"] + 2 * np.array(NONE)
    assert row["difference"] == pytest.approx(left.mean())


def test_another_baseline_and_a_difference_of_effects() -> None:
    found = contrasts(comparison(FOUR), {"b": {"a": 1.0}, "a and b": {"b": 1, "a": 1, "none": -1}})
    assert list(found["plan"]) == ["b", "a and b"]
    assert found["difference"].iloc[0] == pytest.approx(np.mean(np.array(B) - A))
    assert list(found.columns) == COLUMNS


def test_against_the_baseline_it_is_the_table_of_effects() -> None:
    """All columns, bit for bit, of real runs with parts in which nobody is."""
    whole = compare(plans(), replicates=3, seed=2)
    ours = contrasts(whole, {name: {whole.baseline: 1.0} for name in whole.names[1:]})
    pd.testing.assert_frame_equal(ours, whole.effects(), check_exact=True)


def test_what_does_nothing_has_no_interaction_in_any_run() -> None:
    """Also where sums of decimal fractions leave a rounding error."""
    values = {"none": [0.1, 0.3, 0.7], "a": [0.3, 0.1, 0.6], "idle": [0.1, 0.3, 0.7], "both": [0.3, 0.1, 0.6]}
    sums = [a + i - n for a, i, n in zip(values["a"], values["idle"], values["none"], strict=True)]
    assert sums != values["both"], "or this would show nothing"
    row = interactions(comparison(values), {"both": ["a", "idle"]}).iloc[0]
    assert (row["difference"], row["low"], row["high"]) == (0.0, 0.0, 0.0)
    assert row["note"] == "no difference in any pair"


def test_an_idle_partner_in_real_runs() -> None:
    idle = ids.WarningLabel(who=ids.Nobody())
    study = {
        "today": TODAY,
        "prompt": TODAY.but(interventions=[PROMPT]),
        "idle": TODAY.but(interventions=[idle]),
        "both": TODAY.but(interventions=[PROMPT, idle]),
    }
    found = ids.interactions(compare(study, replicates=2, seed=3), {"both": ["prompt", "idle"]})
    assert len(found) > 50
    assert (found["difference"] == 0.0).all()
    assert (found["note"] == "no difference in any pair").sum() > 50


@pytest.mark.parametrize("lacking", FOUR)
def test_a_replicate_that_one_plan_lacks_is_left_out(lacking) -> None:
    values = {**FOUR, lacking: [FOUR[lacking][0], np.nan, *FOUR[lacking][2:]]}
    whole = {name: [each[0], *each[2:]] for name, each in FOUR.items()}
    found, expected = (
        interactions(comparison(given), {"a and b": ["a", "b"]}).iloc[0] for given in (values, whole)
    )
    assert found["pairs"] == 3
    assert found["difference"] == pytest.approx(expected["difference"], rel=1e-12)
    assert found["high"] == pytest.approx(expected["high"], rel=1e-12)


def test_a_replicate_that_is_not_there_at_all_is_left_out() -> None:
    runs = made(FOUR)
    lacking = runs[~((runs["plan"] == "b") & (runs["replicate"] == 1))]
    some = Comparison(tuple(FOUR), {}, 1, 4, (0, 1, 2, 3), "misinformed", lacking)
    assert interactions(some, {"a and b": ["a", "b"]}).iloc[0]["pairs"] == 3


@pytest.mark.parametrize(
    ("against", "told"),
    [
        ({"a & b": {"none": 1}}, "Did you mean 'a and b'"),
        ({"a": {"nine": 1}}, "Did you mean 'none'"),
    ],
)
def test_unknown_plans_are_answered_with_the_nearest(against, told) -> None:
    with pytest.raises(UnknownNameError, match=told):
        contrasts(comparison(FOUR), against)


@pytest.mark.parametrize("weights", [{}, {"none": 0.5}, {"none": 1, "b": 1}])
def test_weights_that_do_not_cancel_what_is_shared_are_refused(weights) -> None:
    with pytest.raises(ParameterError, match="add up to 1, so that what all plans share cancels"):
        contrasts(comparison(FOUR), {"a": weights})


def test_no_contrasts_are_an_empty_table() -> None:
    assert list(contrasts(comparison(FOUR), {}).columns) == COLUMNS
