"""dev.py: which verbs, which tool, when the environment is made again."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """A project folder of our own, where commands are noted instead of run."""
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev, "PYTHON", venv / dev.BIN.name / dev.PYTHON.name)
    monkeypatch.setattr(dev, "STAMP", venv / "dev-stamp")
    monkeypatch.setattr(dev, "find_uv", lambda: "uv")
    ran = []

    def run(command):
        ran.append(command)
        make_venv(venv, dev.MINOR)
        return 0

    monkeypatch.setattr(dev, "run", run)
    return ran


def make_venv(venv: Path, minor: str, key: str = "version_info") -> None:
    folder = venv / dev.BIN.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / dev.PYTHON.name).touch()
    (venv / "pyvenv.cfg").write_text(f"home = somewhere\n{key} = {minor}.7\n")


def test_second_use_runs_nothing(scratch):
    dev.set_up()
    assert len(scratch) == 1
    dev.set_up()
    assert len(scratch) == 1


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_changed_dependencies_are_installed(scratch, name):
    dev.set_up()
    (dev.ROOT / name).write_text("changed")
    dev.set_up()
    assert len(scratch) == 2


@pytest.mark.parametrize("key", ["version_info", "version"])
def test_another_minor_version_starts_afresh_and_says_so(scratch, capsys, key):
    make_venv(dev.VENV, "3.10", key)
    (dev.VENV / "left-over").touch()
    dev.set_up()
    assert not (dev.VENV / "left-over").exists()
    assert (
        f".venv was made by Python 3.10; making it again with Python {dev.MINOR}." in capsys.readouterr().out
    )


def test_same_minor_version_is_kept(scratch):
    make_venv(dev.VENV, dev.MINOR)
    (dev.VENV / "left-over").touch()
    dev.set_up()
    assert (dev.VENV / "left-over").exists()


def test_environment_without_interpreter_starts_afresh(scratch):
    dev.set_up()
    dev.PYTHON.unlink()
    dev.set_up()
    assert len(scratch) == 2


def test_failed_set_up_is_one_sentence_and_is_tried_again(scratch, monkeypatch):
    monkeypatch.setattr(dev, "run", lambda command: make_venv(dev.VENV, dev.MINOR) or 2)
    with pytest.raises(SystemExit, match=r"^dev.py: `uv sync .*` ended with status 2 .* if the network"):
        dev.set_up()
    assert not dev.STAMP.exists()


def test_without_uv_the_same_versions_come_from_pip(scratch, monkeypatch):
    monkeypatch.setattr(dev, "find_uv", lambda: None)
    dev.set_up()
    make, packages, project = scratch
    assert make[1:3] == ["-m", "venv"]
    assert packages[-2:] == ["--requirement", str(dev.CONSTRAINTS)]
    assert "--no-deps" in project


@pytest.mark.parametrize("written", [True, False])
def test_packages_are_compiled_beforehand_where_python_may_not_write_what_it_compiles(monkeypatch, written):
    monkeypatch.setattr(sys, "dont_write_bytecode", not written)
    ((*by_uv,),) = dev.with_uv("uv")
    assert ("--compile-bytecode" in by_uv) != written
    assert all(("--no-compile" in command) == written for command in dev.with_pip()[1:])


def test_a_uv_that_does_not_run_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: sys.executable)
    assert dev.find_uv() == sys.executable  # it answers --version
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 127))
    assert dev.find_uv() is None


def test_every_verb_hands_its_arguments_on(scratch):
    assert list(dev.VERBS) == ["demo", "test", "check", "verify", "bench", "docs", "package", "lock"]
    dev.main(["test", "tests/project", "-x"])
    assert scratch[-1][-2:] == ["tests/project", "-x"]


def test_a_folder_is_run_unless_tests_of_it_are_named(scratch):
    (dev.ROOT / "verification").mkdir()
    for name in ("test_a.py", "table.md"):
        (dev.ROOT / "verification" / name).touch()
    dev.pytest_folder("verification", ["--table", "verification/table.md"])  # there, and no test
    dev.pytest_folder("verification", ["verification/test_a.py::test_b"])
    assert scratch[0][3:] == ["verification", "--table", "verification/table.md"]
    assert scratch[1][3:] == ["verification/test_a.py::test_b"]


def test_empty_folders_are_said_to_be_empty(scratch, capsys):
    assert dev.main(["verify"]) == 0
    assert "There is nothing in verification/ yet." in capsys.readouterr().out


@pytest.mark.parametrize(("verb", "hint"), [("tset", "did you mean 'test'"), ("xyz", "known are demo, test")])
def test_unknown_verb(verb, hint):
    with pytest.raises(SystemExit, match=f"^dev.py: '{verb}' is not a verb; {hint}"):
        dev.main([verb])


def test_wrong_python_is_one_sentence(monkeypatch):
    monkeypatch.setattr(dev, "MINOR", "3.10")
    with pytest.raises(
        SystemExit, match=r"^dev.py: this is Python 3.10, but one of 3.11, 3.12, 3.13 is needed"
    ):
        dev.main(["test"])


def test_supported_versions_are_those_of_the_package():
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [c.rsplit(" ", 1)[1] for c in project["classifiers"] if "Python :: 3." in c]
    assert named == list(dev.SUPPORTED)
    first, last = dev.SUPPORTED[0], dev.SUPPORTED[-1]
    assert project["requires-python"] == f">={first},<3.{int(last.split('.')[1]) + 1}"


def test_usage_names_every_verb(capsys):
    assert dev.main([]) == 0
    told = capsys.readouterr().out
    assert [verb for verb in dev.VERBS if f"\n  {verb} " not in told] == []
