"""``infodemic report`` and ``app``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NamedTuple, NoReturn

from infodemic_sim.calibration.store import QUESTION
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.cli.sensing import TABLE
from infodemic_sim.dashboard.explorer import write_explorer
from infodemic_sim.dashboard.serving import serve
from infodemic_sim.errors import OutputExistsError, ParameterError, ResultFileError
from infodemic_sim.report.finding import PAGE
from infodemic_sim.report.page import report_html
from infodemic_sim.report.pdf import pdf_of
from infodemic_sim.report.study_page import study_html
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.store import TABLES, write_text
from infodemic_sim.sweeps.folder import STUDY
from infodemic_sim.sweeps.results import Results
from infodemic_sim.writing import replacing

ANSWERED = {TABLE: "sensitivity", "front.csv": "optimise", QUESTION: "calibrate"}
"""Files that tell which command answered something in a folder, and wrote the page about it."""


class Asked(NamedTuple):
    """What kind of page is wanted."""

    explorer: bool
    pictures: bool
    pdf: bool
    overwrite: bool

    @property
    def name(self) -> str:
        """Of the file, unless another is given."""
        return "explorer.html" if self.explorer else "report.pdf" if self.pdf else "report.html"


def write_page(folder: Path, out: Path | None, asked: Asked) -> None:
    """Write the page of a folder of results, and say where it is."""
    if asked.explorer and asked.pdf:
        raise ParameterError("report: a page with sliders is no PDF: give --explorer or --pdf.")
    out = folder / asked.name if out is None else out
    if out.name in TABLES:
        raise ParameterError(f"report: {out.name} is a table of results: give a page another name.")
    if out.exists() and not asked.overwrite:
        raise OutputExistsError(f"{out} is there already: give --overwrite, or another name with --out.")
    found = results_in(folder) if asked.explorer else page_of(folder)
    out.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(found, str):
        write_explorer(found, out, pictures=asked.pictures, overwrite=asked.overwrite)
    elif asked.pdf:
        with replacing(out) as scratch:
            scratch.write_bytes(pdf_of(found))
    else:
        write_text(out, found)
    print(f"Written: {out}")


def page_of(folder: Path) -> str:
    """The page about what a folder holds; that of another question than a comparison is there already.

    Raises
    ------
    ResultFileError
        If it should be there, and is not.
    """
    verb = next((verb for name, verb in ANSWERED.items() if (folder / name).exists()), None)
    if verb is None:
        results = results_in(folder)
        return report_html(results) if isinstance(results, Comparison) else study_html(results)
    try:
        return (folder / PAGE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ResultFileError(
            f"{folder / PAGE}: the page cannot be read: run `infodemic {verb}` with this folder again, which "
            "writes it and makes no run twice."
        ) from None


def results_in(folder: Path) -> Comparison | Results:
    """What a folder holds: a study that was swept, or a comparison."""
    return Results(folder) if (folder / STUDY).exists() else Comparison.load(folder)


def serve_scenario(name: str, port: int, *, browser: bool, workers: int | None) -> None:
    """Serve the what-if page of a scenario until Ctrl-C."""
    with meant_as("a scenario", name):
        scenario = read_scenario(name).scenario
    signal.signal(signal.SIGTERM, _end)
    serve(scenario, _tell, port=port, browser=browser, workers=cores() if workers is None else workers)


def _tell(address: str) -> None:
    print(f"The page is at {address}\nOnly this machine can reach it. Ctrl-C ends it.", flush=True)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Leave by the door, so that workers are let go."""
    sys.exit(128 + number)
