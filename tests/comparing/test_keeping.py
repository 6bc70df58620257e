"""The folder of a comparison: the same for the function and the command, and never half of it unasked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.errors import OutputExistsError, ParameterError, UnknownNameError
from infodemic_sim.study.plans import plans_of
from tests.study.tiny import PROMPT, TODAY, plans

WHOLE = {
    *("runs.parquet", "codebook.csv", "effects.csv", "interventions.csv", "cost_per_averted.csv"),
    *("comparison.png", "comparison.svg", "report.html", "provenance.json"),
}
SEEN = {*("observed.csv", "observed.png", "observed.svg")}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_function_and_the_command_write_one_folder(tmp_path):
    people = TODAY.population.but(graph=ids.graphs.ScaleFree(people=60, mean_degree=4.0, seed=1))
    town = TODAY.but(population=people, interventions=[ids.WarningLabel()])
    ids.write_scenario(town, tmp_path / "town.yaml")
    (tmp_path / "seen.csv").write_text("day,measure,value\n2,misinformed,0.1\n")
    told = ["--replicates", "2", "--seed", "3", "--csv", "--observed", str(tmp_path / "seen.csv"), "--quiet"]
    with pytest.raises(SystemExit):
        main(["compare", str(tmp_path / "town.yaml"), "--out", str(tmp_path / "command"), *told])
    made = ids.compare(
        plans_of(ids.read_scenario(tmp_path / "town.yaml").scenario),
        replicates=2, seed=3, csv=True, observed=tmp_path / "seen.csv", out=tmp_path / "function",
    )  # fmt: skip
    assert made.effects().equals(ids.Comparison.load(tmp_path / "function").effects())
    assert names(tmp_path / "command") == names(tmp_path / "function") == {*WHOLE, *SEEN, "runs.csv"}
    for name in names(tmp_path / "command"):
        assert (tmp_path / "command" / name).read_bytes() == (tmp_path / "function" / name).read_bytes(), name


def test_a_fork_writes_the_same_files(tmp_path):
    run = ids.Run(TODAY, seed=1)
    for _ in range(TODAY.warm_up_steps + 1):
        run.step()
    ids.fork(TODAY, run, plans(), out=tmp_path / "out")
    assert names(tmp_path / "out") == WHOLE


def test_an_interrupted_comparison_leaves_the_whole_folder(tmp_path):
    def stop(finished: int, wanted: int) -> None:
        raise KeyboardInterrupt

    made = ids.compare(plans(), replicates=5, seed=1, progress=stop, out=tmp_path / "out")
    assert made.interrupted
    assert names(tmp_path / "out") == WHOLE
    assert "1 of 5" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_what_is_there_is_replaced_only_when_asked(tmp_path):
    ids.compare(plans(), replicates=1, seed=1, csv=True, out=tmp_path / "out")
    ran = []
    with pytest.raises(OutputExistsError, match="say overwrite"):
        ids.compare(plans(), replicates=1, seed=2, out=tmp_path / "out", progress=lambda *n: ran.append(n))
    assert not ran
    ids.compare(plans(), replicates=1, seed=2, out=str(tmp_path / "out"), overwrite=True)
    assert names(tmp_path / "out") == WHOLE
    assert ids.Comparison.load(tmp_path / "out").seed == 2


@pytest.mark.parametrize("idle", [{"csv": True}, {"overwrite": True}, {"observed": "seen.csv"}])
def test_what_speaks_of_a_folder_needs_one(idle, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("seen.csv").write_text("day,measure,value\n2,misinformed,0.1\n")
    with pytest.raises(ParameterError, match=f"{next(iter(idle))} is about the folder of results: give out"):
        ids.compare(plans(), replicates=1, seed=1, **idle)


def test_a_plan_that_nobody_has_is_refused_before_any_run(tmp_path):
    (tmp_path / "seen.csv").write_text("day,measure,value\n2,misinformed,0.1\n")
    words = {"observed": tmp_path / "seen.csv", "observed_plan": "todya", "out": tmp_path / "out"}
    with pytest.raises(UnknownNameError, match="Did you mean 'today'"):
        ids.compare(
            {"today": TODAY, "prompt": TODAY.but(interventions=[PROMPT])}, replicates=1, seed=1, **words
        )
    assert not (tmp_path / "out").exists()


def test_figures_are_drawn_only_for_a_folder():
    code = "import sys; from infodemic_sim import compare; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
