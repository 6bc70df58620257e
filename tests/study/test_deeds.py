"""What each intervention did in a comparison, and what is said where it reached nobody."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.study.compare import compare
from infodemic_sim.study.deeds import NOBODY, deeds_table, idle_sentences
from tests.study.tiny import TODAY

PROMPT = ids.AccuracyPrompt(cost=ids.Cost(minutes=2.0, money=0.5), uptake=0.5)
NO_BOTS = ids.BotRemoval()


@pytest.fixture(scope="module")
def comparison():
    plans = {
        "today": TODAY,
        "prompt": TODAY.but(interventions=[PROMPT]),
        "both": TODAY.but(interventions=[PROMPT, NO_BOTS]),
    }
    return compare(plans, replicates=3, seed=2)


def test_every_intervention_has_a_row(comparison):
    table = comparison.deeds()
    assert table[["plan", "intervention"]].to_numpy().tolist() == [
        ["prompt", "accuracy_prompt"],
        ["both", "accuracy_prompt"],
        ["both", "bot_removal"],
    ]
    prompt = table.iloc[0]
    assert prompt.acts > 0
    assert prompt.staff_minutes == pytest.approx(2.0 * prompt.acts)
    assert prompt.money == pytest.approx(0.5 * prompt.acts)
    last = comparison.runs[comparison.runs.day == comparison.runs.day.max()]
    whole = last[(last.plan == "both") & (last.subgroup == "all") & (last.measure == "acts")]
    assert whole.value.mean() == pytest.approx(table.iloc[1:].acts.sum())


def test_who_reached_nobody_is_told(comparison, tmp_path):
    table = comparison.deeds()
    assert table.note.tolist() == ["", "", NOBODY]
    assert idle_sentences(table) == [f"both: bot_removal {NOBODY}."]
    assert NOBODY in ids.write_report(comparison, tmp_path / "report.html").read_text("utf-8")


def test_a_comparison_without_interventions_has_no_rows():
    bare = compare({"today": TODAY, "same": TODAY}, replicates=2, seed=2)
    assert deeds_table(bare.runs).empty
    assert idle_sentences(bare.deeds()) == []
