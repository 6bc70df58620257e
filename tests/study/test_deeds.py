"""What each intervention did in a comparison, and what is said where it reached nobody."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.comparing.compare import compare
from infodemic_sim.study.deeds import IDLE, NEVER, NO_ONE, NOTHING, deeds_table, idle_sentences
from tests.study.tiny import TALK, TODAY

PROMPT = ids.AccuracyPrompt(cost=ids.Cost(minutes=2.0, money=0.5), uptake=0.5)
NO_BOTS = ids.BotRemoval(who=ids.Believers(), uptake=0.0)


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
    note = f"{IDLE}its uptake is zero"
    assert table.note.tolist() == ["", "", note]
    assert idle_sentences(table) == [f"both: bot_removal {note}."]
    assert note in ids.write_report(comparison, tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"effect": 0.0}, "its strength is zero"),
        ({"uptake": 0.0}, "its uptake is zero"),
        ({"capacity": ids.Capacity(hours_per_week=0.0)}, "its capacity is zero"),
        ({"when": ids.Never()}, "its schedule has no time"),
        ({"who": ids.Share(share=0.0)}, "its target is nobody"),
        ({"delay": 3.0}, "its delay outlasts the run"),
        ({"when": ids.WhenMisinformed(level=1.0)}, NEVER),
        ({"who": ids.AtRisk(isolated_above=1.0, literacy="none", trust_below=0.0)}, NO_ONE),
        ({"when": ids.Between(2.5, 3.0), "delay": 1.0}, NOTHING),
    ],
)
def test_why_an_intervention_reached_nobody(changes, reason):
    plans = {"today": TODAY, "idle": TODAY.but(interventions=[PROMPT.but(**changes)])}
    (row,) = compare(plans, replicates=2, seed=2).deeds().itertuples()
    assert row.note == IDLE + reason
    assert row.acts == row.people == 0


def test_staff_who_met_nothing_to_act_on():
    calm = TODAY.but(topics=[TALK.but(accurate_share=0.999999, conviction=5.0)])
    plans = {"today": calm, "team": calm.but(interventions=[ids.ProviderCorrection()])}
    (row,) = compare(plans, replicates=2, seed=2).deeds().itertuples()
    assert row.note == IDLE + NOTHING
    assert row.concerned > 0


def test_a_comparison_without_interventions_has_no_rows():
    bare = compare({"today": TODAY, "same": TODAY}, replicates=2, seed=2)
    assert deeds_table(bare.runs).empty
    assert idle_sentences(bare.deeds()) == []
