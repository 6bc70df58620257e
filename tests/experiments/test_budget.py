"""The budget study is a decision file: it can be read, run small, and its page says how it is run again."""

from __future__ import annotations

from pathlib import Path

import infodemic_sim as ids
from infodemic_sim.parameter_paths import changed

FOLDER = Path(__file__).parents[2] / "experiments" / "budget"
DECISION = ids.read_decision(FOLDER / "decision.yaml")


def test_it_runs_small(tmp_path):
    small = changed(DECISION.scenario, {"population.graph.people": 80, "days": 2.0, "warm_up": 1.0})
    found = ids.optimise(DECISION.but(scenario=small, trials=9, replicates=2, confirm=2), tmp_path)
    assert found.tried == 9
    assert found.possible == DECISION.portfolio.number(DECISION.scenario) == 191
    assert (found.judged.query("front != 'no'")["budget"] == "within").all()
    assert len(found.answer) == 2


def test_its_page_says_what_was_asked_how_and_what_it_can_not_show():
    text = " ".join((FOLDER / "README.md").read_text("utf-8").split())
    scenario = DECISION.scenario
    assert "infodemic optimise experiments/budget/decision.yaml" in text
    for part in ("**Question.**", "**Design.**", "**What it showed.**", "**Limits.**"):
        assert part in text
    assert f"{scenario.population.graph.people:,} people" in text
    assert f"{scenario.days:g} days" in text
    assert f"{DECISION.replicates} replicates" in text
    assert f"{DECISION.confirm} new" in text
    assert f"seed {DECISION.seed}" in text
    assert "](budget.svg)" in text
    assert "](budget/README.md)" in (FOLDER.parent / "README.md").read_text("utf-8")
