"""A study ends when its intervals are narrow enough: how often they then hold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import ParameterError
from infodemic_sim.report import report_html
from infodemic_sim.study.paired import paired_statistics
from infodemic_sim.study.provenance import provenance
from infodemic_sim.study.stopping import MINIMUM, PORTION, Stopping, looks_of, narrow, stopping_sentence
from tests.study.tiny import PROMPT, TODAY, plans

STUDIES, MOST = 8000, 100
PAIR = {"today": TODAY, "prompt": TODAY.but(interventions=[PROMPT])}


@pytest.mark.parametrize("needed", [10, 18, 30, 50])
def test_the_stopped_interval_holds_the_truth_in_at_least_93_per_cent_of_studies(needed: int) -> None:
    """Normal differences of spread 1 around 0, and a width that takes about so many pairs to reach."""
    after = np.random.default_rng(needed).normal(0, 1, (STUDIES, MOST))
    before, until = np.zeros_like(after), 1.96 / np.sqrt(needed)
    going, held, made = np.ones(STUDIES, bool), np.zeros(STUDIES, bool), np.zeros(STUDIES)
    for count in looks_of(MOST):
        found = paired_statistics(before[:, :count], after[:, :count])
        stop = going & (narrow(before[:, :count], after[:, :count], until) | (count == MOST))
        held[stop] = ((found["low"] <= 0) & (found["high"] >= 0))[stop]
        made[stop], going = count, going & ~stop
    assert not going.any()
    assert abs(made.mean() - needed) < 0.5 * needed
    assert held.mean() >= 0.93
    assert held.mean() <= 0.95 + 4 * np.sqrt(0.95 * 0.05 / STUDIES)  # stopping never helps coverage


def test_looks_are_fixed_and_never_before_the_minimum() -> None:
    assert looks_of(23) == [10, 15, 20, 23]
    assert looks_of(10) == [10]
    assert looks_of(4) == [4]
    assert (MINIMUM, PORTION) == (10, 5)


def tables(values: dict[str, list[float]]) -> dict[int, dict[str, pd.DataFrame]]:
    """Runs with the primary outcome alone."""
    fixed = {"platform": "all", "topic": "all", "subgroup": "all", "measure": "misinformed"}
    found: dict[int, dict[str, pd.DataFrame]] = {}
    for plan, several in values.items():
        for replicate, value in enumerate(several):
            rows = [{**fixed, "day": 0.0, "value": 9.0}, {**fixed, "day": 3.0, "value": value}]
            found.setdefault(replicate, {})[plan] = pd.DataFrame(rows)
    return found


def test_every_plan_must_be_narrow_and_replicates_count_in_their_order() -> None:
    luck = np.random.default_rng(1)
    near, wide = 0.1 * luck.normal(size=40), luck.normal(size=40)
    made = tables({"today": [0.0] * 40, "prompt": near.tolist(), "zero effect": wide.tolist()})
    by_hand = next(
        n for n in looks_of(40) if narrow(np.zeros((2, n)), np.array([near[:n], wide[:n]]), 0.4).all()
    )
    assert MINIMUM < by_hand < 40
    rule, order = Stopping(plans(), 0.4, 40), list(range(39, -1, -1))
    answers = [rule.enough({r: made[r] for r in order[:k]}) for k in range(1, 41)]
    assert answers == [None] * 39 + [by_hand]  # backwards: nothing is known of 0 to k - 1 before the end
    assert rule.reached
    forwards = Stopping(plans(), 0.4, 40)
    answers = [forwards.enough({r: made[r] for r in range(k)}) for k in range(1, by_hand + 1)]
    assert answers == [None] * (by_hand - 1) + [by_hand]


@pytest.fixture(scope="module")
def full() -> Comparison:
    return compare(PAIR, replicates=20, seed=3)


def width(comparison: Comparison, count: int) -> float:
    """Half width of the primary effect after so many replicates."""
    runs = comparison.runs[comparison.runs["replicate"] < count]
    row = Comparison(comparison.names, {}, 3, count, tuple(range(count)), "misinformed", runs).effects()
    row = row[row["outcome"] == "primary"].iloc[0]
    return float(row["high"] - row["low"]) / 2.0


def test_a_study_that_ends_early_has_the_bits_of_one_that_goes_on(full: Comparison) -> None:
    until = width(full, 15) * (1 + 1e-9)
    expected = next(n for n in (10, 15) if width(full, n) <= until)
    with ThreadPoolExecutor(3) as pool:
        several = compare(PAIR, replicates=20, seed=3, until=until, executor=pool)
    one = compare(PAIR, replicates=20, seed=3, until=until)
    assert one.finished == several.finished == tuple(range(expected))
    assert one.reached
    assert not one.interrupted
    pd.testing.assert_frame_equal(one.runs, several.runs, check_exact=True)
    two = compare(PAIR, replicates=20, seed=3, until=until, workers=2)
    pd.testing.assert_frame_equal(one.runs, two.runs, check_exact=True)
    same = full.runs[full.runs["replicate"] < expected].reset_index(drop=True)
    pd.testing.assert_frame_equal(one.runs, same, check_exact=True)
    said = provenance(one)
    assert (said["until"], said["until_reached"]) == (until, True)
    assert said["stopping"].startswith(
        f"Stopped early after {expected} of at most 20 replicates: 95 % interv"
    )
    assert f"Stopped early after {expected} of at most 20" in report_html(one)
    assert f"until={until!r}" in report_html(one)


def test_what_is_not_reached_is_said() -> None:
    comparison = compare(PAIR, replicates=12, seed=3, until=1e-9)
    assert comparison.finished == tuple(range(12))
    assert not comparison.reached
    assert stopping_sentence(comparison).startswith("Not reached with 12 replicates: 95 % intervals of ± ")
    assert "Not reached with 12 replicates" in report_html(comparison)


def test_a_loaded_study_knows_why_it_ended(tmp_path) -> None:
    made = compare(PAIR, replicates=2, seed=3, until=100.0, out=tmp_path / "out")
    loaded = Comparison.load(tmp_path / "out")
    assert (loaded.until, loaded.reached, loaded.interrupted) == (100.0, True, False)
    assert stopping_sentence(loaded) == stopping_sentence(made)
    assert stopping_sentence(loaded).startswith("Reached with all 2 replicates")


@pytest.mark.parametrize("until", [0, -1.0, True, float("nan"), "wide"])
def test_a_width_is_a_number_above_zero(until: object) -> None:
    with pytest.raises(ParameterError, match="until must be a half width above 0"):
        compare(PAIR, replicates=2, seed=1, until=until)  # type: ignore[arg-type]


def test_a_width_needs_an_effect() -> None:
    with pytest.raises(ParameterError, match="needs a plan beside the baseline"):
        compare({"today": TODAY}, replicates=2, seed=1, until=0.1)
