"""``infodemic sensitivity``."""

from __future__ import annotations

import sys
from pathlib import Path

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.announcing import announce
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.cli.showing import show
from infodemic_sim.cli.sweeping import told
from infodemic_sim.report.finding import PAGE, write_finding
from infodemic_sim.report.sensitivities import sensitivity_finding, sensitivity_tables
from infodemic_sim.sensitivity import Answer, Sensitivity
from infodemic_sim.sensitivity.table import answered
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.study.store import write_text
from infodemic_sim.sweeps.running import sweep
from infodemic_sim.sweeps.study_file import read_plan

TABLE, FIGURES = "sensitivity.csv", ("sensitivity.png", "sensitivity.svg")


def run(name: Path, out: Path, workers: int | None, *, quiet: bool) -> int:
    """Ask, answer, and write table and figure; the exit code."""
    with meant_as(what := "a question of sensitivity", name):
        question = read_plan(name, Sensitivity, what)
    study = question.study()
    if not quiet:
        announce(study)
    workers = cores() if workers is None else workers
    try:
        with shown_progress("runs", quiet=quiet) as progress:
            results = sweep(study, out, workers=workers, progress=progress)
        if not quiet:
            print(f"Working out {question.method} and its intervals …", file=sys.stderr)
        answer = answered(question, results)
    except KeyboardInterrupt:
        print(f"Stopped; the same command goes on from here: {told(out)}", file=sys.stderr)
        return INTERRUPTED
    write(answer, out)
    if not quiet:
        for table in sensitivity_tables(answer):
            show(table.rows, title=table.title)
        print("\n".join(answer.sentences()))
        print(f"Written to {out}: {', '.join((TABLE, *FIGURES, PAGE))}")
    return 0


def write(answer: Answer, out: Path) -> None:
    """Table, figure and page of an answer; they follow from the runs, so they may be written again."""
    from infodemic_sim.plots import save_figure, sensitivity_figure

    write_text(out / TABLE, answer.table.to_csv(index=False, lineterminator="\n"))
    figure = sensitivity_figure(answer.table, answer.question.outcome)
    for name in FIGURES:
        save_figure(figure, out / name)
    write_finding(sensitivity_finding(answer, figure), out)
