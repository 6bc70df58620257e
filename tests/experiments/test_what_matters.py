"""The study of sensitivity runs at a tiny size; its page says how it is run again."""

from __future__ import annotations

from pathlib import Path

from experiments.what_matters.__main__ import PLANS, RANGES, SIZE, TRAJECTORIES, conduct, question

PAGE = Path(__file__).parents[2] / "experiments" / "what_matters" / "README.md"
TINY = ["--people", "60", "--days", "1", "--replicates", "1", "--trajectories", "4"]


def test_it_runs_and_goes_on(tmp_path, capsys):
    for _ in range(2):
        answer = conduct([*TINY, "--out", str(tmp_path)])
        assert f"Written to {tmp_path}." in capsys.readouterr().out
    assert len(answer.outcomes) == len(PLANS)
    assert answer.results.record["points"] == 4 * (len(RANGES) + 1)
    for file in ("sensitivity.csv", "sensitivity.png", "sensitivity.svg"):
        assert (tmp_path / file).stat().st_size > 0


def test_its_page_says_what_was_asked_how_and_what_it_can_not_show():
    text = " ".join(PAGE.read_text("utf-8").split())
    points = question(SIZE, 1, TRAJECTORIES).points
    for part in ("**Question.**", "**Design.**", "**What it showed.**", "**Limits.**"):
        assert part in text
    for said in (
        f"{SIZE.people:,} people",
        f"{SIZE.days:g} days",
        f"{SIZE.replicates} replicates",
        f"{points} points",
        f"{len(RANGES)} parameters",
        "seed 1",
        "python -m experiments.what_matters",
        "](what_matters.svg)",
    ):
        assert said in text
