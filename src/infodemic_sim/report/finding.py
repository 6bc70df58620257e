"""The page of a question that is no comparison: sensitivity, a budget, a calibration."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.report.page import environment, numbers_of
from infodemic_sim.report.study_figures import Drawn
from infodemic_sim.scenario_file.emitting import yaml_text
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.store import write_text

if TYPE_CHECKING:
    from typing import Any

    from infodemic_sim.scenario import Scenario

PAGE = "report.html"
NUMERIC = re.compile(r"[-−–<>]?\s*\d.*|–?")
"""What begins as a number does, with its interval or unit, or stands for none."""


class Table(NamedTuple):
    """Rows of texts that have the same columns, as ``cli.showing.show`` takes them, too."""

    title: str
    rows: Sequence[Mapping[str, str]]
    note: str = ""

    @property
    def numbers(self) -> set[str]:
        """Columns that hold numbers alone."""
        return {name for name in self.rows[0] if all(NUMERIC.fullmatch(row[name]) for row in self.rows)}


class Finding(NamedTuple):
    """A question and what was found, as texts and figures.

    Parameters
    ----------
    kicker : what was done, in a few words.
    limits : what must be known beside that it is a model.
    verb : of the command that makes it again.
    asked : the file that the command takes, as plain data, or why there can be none (``sweeps.written``).
    """

    kicker: str
    question: str
    answer: Sequence[str]
    warnings: Sequence[str]
    figures: Sequence[Drawn]
    tables: Sequence[Table]
    limits: Sequence[str]
    verb: str
    asked: Mapping[str, Any]
    scenario: Scenario


def finding_html(finding: Finding) -> str:
    """The page as text: it loads nothing from anywhere, and what users named is escaped."""
    lost = str(finding.asked.get("not_written", ""))
    return environment().get_template("finding.html").render(
        **finding._asdict(),
        yaml="" if lost else yaml_text(finding.asked),
        lost=lost,
        model_version=MODEL_VERSION,
        packages=versions(),
        **numbers_of([finding.scenario]),
    )  # fmt: skip


def write_finding(finding: Finding, out: Path) -> Path:
    """Write the page into the folder of the results that it follows from, at once or not at all."""
    write_text(out / PAGE, finding_html(finding))
    return out / PAGE
