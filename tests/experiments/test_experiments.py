"""Every experiment runs at a tiny size and writes its files; its page says how it is run again."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from experiments import calibrating
from experiments.common import QUICK, Experiment, Size, conduct, town

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
ALL = sorted(path.parent.name for path in EXPERIMENTS.glob("*/__main__.py"))
CALIBRATIONS = [name for name in ALL if name.startswith("calibration_")]
OTHERS = {"what_matters"}
"""Experiments that are no comparison, and have tests of their own."""
NAMES = [name for name in ALL if name not in CALIBRATIONS and name not in OTHERS]
MANY_PLANS = {"belief_rules"}
TINY = ["--quick", "--people", "100", "--days", "2"]


def experiment(name: str) -> Experiment | calibrating.Calibrated:
    return import_module(f"experiments.{name}.__main__").EXPERIMENT


def page(name: str) -> str:
    return (EXPERIMENTS / name / "README.md").read_text("utf-8")


def test_there_are_experiments():
    assert len(NAMES) >= 7


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in MANY_PLANS else n for n in NAMES]
)
def test_it_runs_and_its_files_come_out(name, tmp_path, capsys):
    """Intervals hold their estimates, and results are not overwritten unasked."""
    words = [*TINY, "--out", str(tmp_path)]
    found = conduct(experiment(name), words)
    printed = capsys.readouterr().out
    assert f"Written to {tmp_path}." in printed
    for table, rows in found.items():
        assert len(rows) > 0
        assert (tmp_path / f"{table}.csv").read_text("utf-8").count("\n") == len(rows) + 1
        if {"low", "difference", "high"} <= set(rows.columns):
            inside = rows[["low", "difference", "high"]].dropna().to_numpy()
            assert np.all(np.diff(inside, axis=1) >= -1e-12 * np.abs(inside[:, :1]))
    for file in (f"{name}.svg", f"{name}.png", "runs.parquet", "effects.csv", "provenance.json"):
        assert (tmp_path / file).stat().st_size > 0
    loaded = ids.Comparison.load(tmp_path)
    assert loaded.replicates == QUICK.replicates
    with pytest.raises(SystemExit, match="holds results already"):
        conduct(experiment(name), words)


@pytest.mark.parametrize("name", NAMES)
def test_plans_at_full_size_hang_together(name):
    """Names differ, and the first is the baseline: it has no intervention."""
    size = experiment(name).size
    plans = experiment(name).plans(size)
    first, *others = plans.values()
    assert first.interventions == ()
    assert any(plan.interventions for plan in others)
    assert {plan.days for plan in plans.values()} == {size.days}


@pytest.mark.parametrize("name", NAMES)
def test_its_page_says_what_was_asked_how_and_what_it_can_not_show(name):
    text, size = " ".join(page(name).split()), experiment(name).size
    assert f"python -m experiments.{name}" in text
    for part in ("**Question.**", "**Design.**", "**What it showed.**", "**Limits.**"):
        assert part in text
    assert f"{size.people:,} people" in text
    assert f"{size.days:g} days" in text
    assert f"{size.replicates} replicates" in text
    assert re.search(r"\bseed \d", text)
    assert f"]({name}.svg)" in text


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) for n in CALIBRATIONS])
def test_a_calibration_runs_and_its_files_come_out(name, tmp_path, capsys, monkeypatch, shared_data):
    monkeypatch.setenv("INFODEMIC_DATA", str(shared_data))
    posterior = calibrating.conduct(experiment(name), ["--quick", "--out", str(tmp_path)])
    assert f"Written to {tmp_path}." in capsys.readouterr().out
    assert len(posterior.points) == experiment(name).fewest
    for file in ("posterior.svg", "check.svg", "draws.csv", "check.csv", "posterior.parquet"):
        assert (tmp_path / file).stat().st_size > 0
    with pytest.raises(SystemExit, match="holds another calibration"):
        calibrating.conduct(experiment(name), ["--quick", "--seed", "2", "--out", str(tmp_path)])


@pytest.mark.parametrize("name", CALIBRATIONS)
def test_the_page_of_a_calibration_says_what_was_asked_and_how(name):
    text, asked = " ".join(page(name).split()), experiment(name)
    assert f"python -m experiments.{name}" in text
    for part in ("**Question.**", "**Design.**", "**What it showed.**", "**Limits.**"):
        assert part in text
    assert f"{asked.particles} points" in text
    assert f"{asked.generations} generations" in text
    assert re.search(r"\bseed \d", text)
    assert f"]({name}.svg)" in text


@pytest.mark.parametrize("path", sorted(EXPERIMENTS.rglob("*.md")), ids=lambda path: path.parent.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        assert re.match(r"[a-z]+:|#", target) or (path.parent / target).exists(), target


def test_the_table_of_questions_has_them_all():
    table = (EXPERIMENTS / "README.md").read_text("utf-8")
    for name in ALL:
        assert f"]({name}/README.md)" in table
    assert "](compare_interventions.md)" in table


@pytest.mark.parametrize("path", sorted(EXPERIMENTS.rglob("*.svg")), ids=lambda path: path.stem)
def test_figures_are_small(path):
    assert path.stat().st_size < 300_000


def test_a_mistake_is_told_in_one_sentence(tmp_path):
    with pytest.raises(SystemExit, match=r"experiments\.pairs: ScaleFree: mean_degree must be"):
        conduct(experiment("pairs"), ["--quick", "--people", "20", "--out", str(tmp_path / "none")])
    assert not (tmp_path / "none").exists()


def test_the_town_warms_up_for_a_week_or_as_long_as_it_runs():
    assert town(Size(100, 30.0, 1)).warm_up == 7.0
    assert town(Size(100, 2.0, 1)).warm_up == 2.0


def test_five_interventions_on_any_network(tmp_path, monkeypatch, capsys):
    """The command that takes a network file."""
    from experiments import compare_interventions

    graph = ids.scale_free(60, mean_degree=8, seed=1)
    ties = np.stack([np.repeat(np.arange(graph.n), graph.degrees()), graph.indices], axis=1)
    np.savetxt(tmp_path / "ties.txt", ties, fmt="%d")
    words = [str(tmp_path / "ties.txt"), "--days", "2", "--replicates", "2", "--out", str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", ["compare_interventions.py", *words])
    assert compare_interventions.main() == 0
    assert "provider correction" in capsys.readouterr().out
    assert (tmp_path / "out" / "report.html").exists()
