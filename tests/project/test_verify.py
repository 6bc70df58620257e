"""The fixture ``target``: what it records and asserts, and the table at the end of a run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

PEOPLE = [f"D{k}" for k in range(1, 12)]
ALL = "\n".join(
    f"def test_{name}(target):\n    target('{name}', 'reached', 1.0, 1.0, 0.0)\n"
    for name in [*(f"A{k}" for k in range(1, 18)), "B1", "B2", "B3", "C1", "C2", "C3", *PEOPLE, "F1", "F2"]
)
MIXED = """
import pytest

def test_held(target):
    target("A10", "mean size", 5, 5.1, 0.15)
    target("A2", "n Var", 0.2727, 0.28, 0.1)

def test_missed(target):
    target("A2", "near", 1.0, 1.05, 0.1)
    target("A2", "far", 1.0, 1.2, 0.1)
    target("A2", "never reached", 1.0, 1.0, 0.1)

def test_order(target):
    target.holds("A12", "cascades at 4", True, "size .8")
    target.holds("A12", "none at 7", False, "size .7")

def test_nothing_is_a_miss(target):
    target("B1", "quality", 0.9, float("nan"), 0.1)

def test_error_after_a_row(target):
    target("C1", "star", 1.98, 1.98, 1e-9)
    raise RuntimeError("later")

@pytest.fixture
def broken():
    raise RuntimeError("set-up")

def test_error_before_a_row(broken, target):
    target("C2", "depth", 0.0, 0.0, 0.1)
"""


@pytest.fixture
def verify(tmp_path):
    """Run tests of a folder like ours: exit status and lines printed."""
    folder = tmp_path / "verification"
    folder.mkdir()
    shutil.copy(dev.ROOT / "verification" / "conftest.py", folder)
    (tmp_path / "pytest.ini").write_text(
        f"[pytest]\npythonpath = {dev.ROOT}\naddopts = --import-mode=importlib\n"
    )

    def run(tests: str, *arguments: str) -> tuple[int, list[str]]:
        (folder / "test_made_up.py").write_text(tests)
        command = [sys.executable, "-m", "pytest", "-rf", "-p", "xdist.plugin", *arguments]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        clean |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"}
        done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    return run


def table(lines: list[str]) -> list[list[str]]:
    start = next(k for k, line in enumerate(lines) if re.match("=+ targets =+", line))
    return [re.split(r"\s{2,}", line) for line in lines[start + 1 :] if re.match(r"target |[A-G]\d", line)]


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "workers"])
def test_table_is_sorted_and_whole_also_when_tests_fail(verify, workers):
    status, lines = verify(MIXED, "verification", *workers)
    assert status == 1
    assert table(lines) == [
        ["target", "setting", "expected", "got", "tolerance", "verdict"],
        ["A2", "far", "1", "1.2", "0.1", "MISSED"],
        ["A2", "n Var", "0.2727", "0.28", "0.1", "held"],
        ["A2", "near", "1", "1.05", "0.1", "held"],
        ["A10", "mean size", "5", "5.1", "0.15", "held"],
        ["A12", "cascades at 4", "holds", "size .8", "held"],
        ["A12", "none at 7", "holds", "size .7", "MISSED"],
        ["B1", "quality", "0.9", "nan", "0.1", "MISSED"],
        ["C1", "star", "1.98", "1.98", "1e-09", "held"],
    ]
    assert "5 of 8 rows held, 3 missed." in lines
    missing = ", ".join(
        name for name in re.findall("[A-F][0-9]+", ALL)[::2] if name not in {"A2", "A10", "A12", "B1", "C1"}
    )
    assert f"Targets without a row: {missing}." in lines


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "workers"])
def test_a_whole_run_has_to_reach_every_target(verify, workers):
    assert verify(ALL, "verification", *workers)[0] == 0
    status, lines = verify(ALL.replace("test_A7", "leave_out"), "verification", *workers)
    assert status == 1
    assert "Targets without a row: A7." in lines


def test_the_table_of_a_whole_run_becomes_a_page(verify, tmp_path):
    assert verify(ALL, "verification", "-k", "A1", "--table", "part.md")[0] == 0
    assert not (tmp_path / "part.md").exists()
    assert verify(ALL, "verification", "--table", "page.md")[0] == 0
    lines = (tmp_path / "page.md").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert "| A7 | reached | 1 | 1 | 0 | held |" in lines
    assert sum(line.startswith("|") for line in lines) == 2 + ALL.count("def test_")


def test_a_target_that_is_known_to_be_missed_is_told_and_fails_nothing(verify):
    known = "def test_it(target):\n    target.misses('D5', 'second study', {reached}, 'seen')\n"
    status, lines = verify(known.format(reached=False), "verification/test_made_up.py")
    assert status == 0
    assert ["D5", "second study", "holds", "seen", "MISSED"] in table(lines)
    status, lines = verify(known.format(reached=True), "verification/test_made_up.py")
    assert status == 1
    assert any("is reached now (seen), so it is one to hold" in line for line in lines)


@pytest.mark.parametrize("chosen", [["verification/test_made_up.py"], ["verification", "-k", "A1"]])
def test_a_part_of_the_folder_need_not_reach_all(verify, chosen):
    status, lines = verify(ALL.replace("test_A7", "leave_out"), *chosen)
    assert status == 0
    assert not [line for line in lines if line.startswith("Targets without")]
    assert ["A1", "reached", "1", "1", "0", "held"] in table(lines)


def test_wrong_use_fails(verify):
    """Each in one sentence."""
    wrong = {
        "target('X1', 's', 1, 1, 0)": "'X1' is not a target: ",
        "target('A1', 's', 1, 1, float('inf'))": "A1: expected and tolerance must be finite numbers",
        "target('A1', 's', float('nan'), 1, 1)": "A1: expected and tolerance must be finite numbers",
        "target('A1', 's', 1, 1, -1)": "A1: expected and tolerance must be finite numbers",
    }
    tests = [f"def test_{k}(target):\n    {line}\n" for k, line in enumerate(wrong)]
    status, lines = verify("\n".join(tests), "verification/test_made_up.py")
    assert status == 1
    failures = [line for line in lines if line.startswith("FAILED")]
    for told, sentence in zip(failures, wrong.values(), strict=True):
        assert sentence in told


def test_real_data_are_found_from_here_too(verify, monkeypatch, tmp_path):
    monkeypatch.setenv("INFODEMIC_DATA", str(tmp_path))
    tests = f"def test_it(shared_data):\n    assert str(shared_data) == {str(tmp_path)!r}\n"
    assert verify(tests, "verification/test_made_up.py")[0] == 0


def test_the_verb_takes_all_cores_and_the_files_named(monkeypatch):
    ran = []
    monkeypatch.setattr(dev, "run", lambda command: ran.append(command) or 0)
    monkeypatch.setattr(dev, "cores", lambda: 4)
    monkeypatch.setattr(Path, "rglob", lambda self, pattern: iter([self / "test_x.py"]))
    dev.verify(["-x"])
    dev.verify(["verification/conftest.py", "-x"])
    spread = ["-n", "4", "--dist", "worksteal"]
    assert ran[0][3:] == ["verification", *spread, "-x"]
    assert ran[1][3:] == [*spread, "verification/conftest.py", "-x"]
