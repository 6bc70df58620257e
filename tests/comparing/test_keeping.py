"""The folder of a comparison: the same for the function and the command, and never half of it unasked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.errors import OutputExistsError, ParameterError, UnknownNameError, UnwritableError
from infodemic_sim.report import output
from infodemic_sim.study import store
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


@pytest.mark.usefixtures("ctrl_c_interrupts")
def test_a_second_ctrl_c_does_not_stop_the_writing(tmp_path, monkeypatch):
    """Of an impatient user, who would have nothing for it."""
    real = output.write_comparison

    def pressed_again(*words, **named):
        os.kill(os.getpid(), signal.SIGINT)
        real(*words, **named)

    monkeypatch.setattr(output, "write_comparison", pressed_again)
    press = lambda *now: os.kill(os.getpid(), signal.SIGINT)  # noqa: E731
    made = ids.compare(plans(), replicates=5, seed=1, progress=press, out=tmp_path / "out")
    assert made.interrupted
    assert names(tmp_path / "out") == WHOLE
    with pytest.raises(KeyboardInterrupt):  # it is heard again
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    ("name", "said"),
    [("a\0b", "one with a zero in it"), ("a" * 300, "File name too long"), ("", "but got none")],
)
def test_a_folder_that_cannot_be_is_refused_in_a_sentence(name, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((ParameterError, UnwritableError), match=said):
        ids.compare(plans(), replicates=1, seed=1, out=name)
    assert not list(tmp_path.iterdir())


def test_where_the_disk_is_full_runs_are_kept_and_the_remedy_is_true(tmp_path, monkeypatch):
    """What is there can be read; and the same question may be asked again as it says."""

    def full(path: Path, text: str) -> None:
        if path.name == "effects.csv":
            raise UnwritableError(f"{path}: this cannot be written (No space left on device): make room.")
        real(path, text)

    real = store.write_text
    monkeypatch.setattr(store, "write_text", full)
    asked = {"replicates": 2, "seed": 1, "out": tmp_path / "out"}
    with pytest.raises(
        UnwritableError, match=r"effects.csv: .* make room; finished runs are kept: say overwrite"
    ):
        ids.compare(plans(), **asked)
    assert len(ids.Comparison.load(tmp_path / "out").finished) == 2
    monkeypatch.undo()
    ids.compare(plans(), **asked, overwrite=True)
    assert names(tmp_path / "out") == WHOLE


def test_two_comparisons_do_not_share_a_folder(tmp_path):
    """Also where neither of them has written anything yet."""

    def meanwhile(*now: int) -> None:
        with pytest.raises(OutputExistsError, match="another process is at work"):
            ids.compare(plans(), replicates=1, seed=2, out=tmp_path / "x" / ".." / "out", overwrite=True)

    ids.compare(plans(), replicates=1, seed=1, out=tmp_path / "out", progress=meanwhile)
    assert names(tmp_path / "out") == WHOLE
    ids.compare(plans(), replicates=1, seed=1, out=tmp_path / "out", overwrite=True)


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
