"""What is said of a study before it starts: its runs, the time they take, what reading files left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from infodemic_sim.cli.estimate import Estimate, estimate
from infodemic_sim.cli.scenarios import readable
from infodemic_sim.errors import InfodemicError
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.imported import graph_files, told_of
from infodemic_sim.study.shown import counted
from infodemic_sim.sweeps.agenda import Agenda, agenda_of
from infodemic_sim.sweeps.drawing import drawn
from infodemic_sim.sweeps.study import Study

BYTES_PER_ROW = 3.0
"""Of a row on disk; 1.7 to 2.9 were measured on the bundled scenario."""
MOST_TRIED = 1_000
"""Points at which it is tried what a run will take."""


def announce(study: Study) -> None:
    """Say before starting how many runs, rows and bytes there will be, and about how long it will take."""
    agenda = agenda_of(study)
    runs = len(agenda.runs())
    said = (
        f"{counted(len(agenda.points), 'point')} x {counted(len(agenda.plans), 'plan')} x "
        f"{counted(study.replicates, 'replicate')}: {counted(runs, 'different run')}"
    )
    if each := estimate_of(agenda):
        rows = runs * each.rows
        said += f", at most {counted(rows, 'row')}, about {in_bytes(rows * BYTES_PER_ROW)}; "
        said += f"about {readable(runs * each.seconds)} on one core"
    print(f"{said}.")
    for sentence in imports_at(agenda):
        print(f"Note: {sentence}")


def imports_at(agenda: Agenda) -> list[str]:
    """What reading the graph files of all points and draws left out; of what cannot be read runs say why."""
    found: list[str] = []
    for file in graph_files(_scenarios(agenda)):
        with suppress(InfodemicError):
            found += told_of([file])
    return found


def _scenarios(agenda: Agenda) -> Iterator[Scenario]:
    """The scenario at each point where it can be made; where graphs are drawn, that of each replicate."""
    drawing = agenda.drawing if agenda.drawing and agenda.drawing.changes_graphs else None
    for point in agenda.points:
        for replicate in range(agenda.study.replicates if drawing else 1):
            with suppress(InfodemicError):
                yield drawn(agenda.study.at(point), drawing, replicate)


def estimate_of(agenda: Agenda) -> Estimate | None:
    """What a run will take at the first point that can be made; None if many cannot: their rows say why.

    Raises
    ------
    InfodemicError
        If there is no such point.
    """
    mistakes: list[InfodemicError] = []
    for point in agenda.points[:MOST_TRIED]:
        try:
            return estimate(agenda.study.at(point))
        except InfodemicError as error:
            mistakes.append(error)
    if len(mistakes) == len(agenda.points):
        raise mistakes[0]
    return None


def in_bytes(size: float) -> str:
    """A size for people."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"
