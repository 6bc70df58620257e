"""The fixture ``target``: holds what was measured against what theory demands, and prints a table of it all.

A test says which target it serves; rows travel with pytest's reports, so that they arrive from any worker,
and from tests that fail as well.
"""

from __future__ import annotations

import json
import math
import platform
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from infodemic_sim.model_version import MODEL_VERSION
from tests.conftest import shared_data

__all__ = ["shared_data"]

HERE = Path(__file__).parent
PEOPLE = tuple(f"D{k}" for k in range(1, 12))
EXPECTED = (*(f"A{k}" for k in range(1, 18)), "B1", "B2", "B3", "C1", "C2", "C3", *PEOPLE, "F1", "F2")
"""Targets that a run of the whole folder has to reach."""
HEADINGS = ("target", "setting", "expected", "got", "tolerance", "verdict")
HELD, MISSED = "held", "MISSED"
PROPERTY = "target"
PAGE_HEAD = """# What a run of the verification showed

Made by `python dev.py verify --table docs/validation_table.md` with version {version} of the model,
Python {python} and NumPy {numpy}. Targets are named and misses discussed in
[what it is held to](validation.md). A row holds where `got` is within `tolerance` of `expected`; tolerances
are three to four standard errors.
"""
CHOOSING = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "collectonly")
"""Options of pytest that leave tests out."""


class Target:
    """Records rows of the table, each before it is asserted."""

    def __init__(self, item: pytest.Item) -> None:
        self.item = item

    def __call__(self, name: str, setting: str, expected: float, got: float, tolerance: float) -> None:
        """Assert that a number lies within the tolerance of what is expected."""
        numbers = [float(expected), float(got), float(tolerance)]
        if not (math.isfinite(numbers[0]) and 0.0 <= numbers[2] < math.inf):
            pytest.fail(f"{name}: expected and tolerance must be finite numbers, the tolerance not negative.")
        held = abs(numbers[1] - numbers[0]) <= numbers[2]
        self._record(name, setting, held, *(f"{number:.6g}" for number in numbers))
        assert held, f"{name}, {setting}: expected {numbers[0]} ± {numbers[2]}, got {numbers[1]}"

    def holds(self, name: str, setting: str, condition: bool, seen: str) -> None:
        """Assert a sign or an order, and tell what was seen."""
        self._record(name, setting, bool(condition), "holds", seen, "")
        assert condition, f"{name}, {setting}: does not hold; seen: {seen}"

    def misses(self, name: str, setting: str, condition: bool, seen: str) -> None:
        """Tell of a target that is known not to be reached; where it is reached now, say so by failing."""
        self._record(name, setting, False, "holds", seen, "")
        assert not condition, f"{name}, {setting}: is reached now ({seen}), so it is one to hold."

    def _record(self, name: str, setting: str, held: bool, *told: str) -> None:
        if not re.fullmatch(r"[A-G][1-9]\d?", name):
            pytest.fail(f"'{name}' is not a target: targets are A1, A2 … of the design.")
        row = (name, " ".join(setting.split()), *told, HELD if held else MISSED)
        self.item.user_properties.append((PROPERTY, json.dumps(row)))


@pytest.fixture
def target(request: pytest.FixtureRequest) -> Target:
    """Rows of the table: ``target("A1", setting, expected, got, tolerance)`` and ``target.holds``."""
    return Target(request.node)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--table FILE``: write the table of a whole run as a page; ``--fuzz SECONDS``: for each way in."""
    parser.addoption("--fuzz", type=int, default=60, help="seconds of fuzzing for each way in")
    parser.addoption("--table", type=Path, help="write the table of a run of the whole folder to this page")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A whole run in which a target never appeared has failed."""
    if session.exitstatus or hasattr(
        session.config, "workerinput"
    ):  # only who started workers knows all rows
        return
    if not runs_whole_folder(session.config):
        return
    found = rows(session.config)
    if missing(found):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    elif page := session.config.getoption("--table"):
        page.write_text(as_page(found), "utf-8", newline="\n")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table, sorted by target, and the targets that never appeared."""
    found = rows(config)
    if found:
        terminalreporter.section("targets")
        for line, row in zip(aligned([HEADINGS, *found]), [HEADINGS, *found], strict=True):
            terminalreporter.line(line, red=row[-1] == MISSED)
        missed = sum(row[-1] == MISSED for row in found)
        terminalreporter.line(f"{len(found) - missed} of {len(found)} rows held, {missed} missed.")
    if runs_whole_folder(config) and (absent := missing(found)):
        terminalreporter.line(f"Targets without a row: {', '.join(absent)}.", red=True)


def rows(config: pytest.Config) -> list[tuple[str, ...]]:
    """The rows of all tests so far, in the order of the targets."""
    by_test: dict[str, list[tuple[str, str]]] = {}
    for report in reports(config):  # the last report of a test holds all its rows
        if len(report.user_properties) >= len(by_test.get(report.nodeid, ())):
            by_test[report.nodeid] = report.user_properties
    found = [json.loads(row) for given in by_test.values() for kind, row in given if kind == PROPERTY]
    return sorted((tuple(row) for row in found), key=lambda row: (row[0][0], int(row[0][1:]), row[1:]))


def as_page(found: list[tuple[str, ...]]) -> str:
    """The table in Markdown, with what it was measured with."""
    lines = [PAGE_HEAD.format(version=MODEL_VERSION, python=platform.python_version(), numpy=np.__version__)]
    table = [HEADINGS, tuple("---" for _ in HEADINGS), *found]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in table]
    return "\n".join(lines) + "\n"


def reports(config: pytest.Config) -> Iterator[pytest.TestReport]:
    """Every report that has arrived."""
    terminal = config.pluginmanager.getplugin("terminalreporter")
    for given in terminal.stats.values() if terminal else ():
        yield from (report for report in given if isinstance(report, pytest.TestReport))


def missing(found: list[tuple[str, ...]]) -> list[str]:
    """Expected targets that have no row."""
    return [name for name in EXPECTED if name not in {row[0] for row in found}]


def runs_whole_folder(config: pytest.Config) -> bool:
    """Whether nothing of this folder was left out."""
    base = config.invocation_params.dir
    given = {(base / argument).resolve() for argument in config.args}
    return HERE in given and not any(config.getoption(name, None) for name in CHOOSING)


def aligned(table: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows as lines with columns under one another."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
