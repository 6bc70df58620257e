"""``infodemic optimise``."""

from __future__ import annotations

import sys
from pathlib import Path

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.announcing import imports_at
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.cli.showing import show
from infodemic_sim.decisions.answering import beyond
from infodemic_sim.decisions.deciding import OTHER_DRAWS, Advice, optimise
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.decisions.decision_file import read_decision
from infodemic_sim.report.advices import advice_finding, front
from infodemic_sim.report.finding import PAGE, write_finding
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.sweeps.agenda import agenda_of

MOST_SHOWN = 15


def run(name: Path, out: Path, workers: int | None, *, quiet: bool) -> int:
    """Look for the best portfolios of a decision file, and write what was found; the exit code."""
    from infodemic_sim.plots import pareto_figure, save_figure

    with meant_as("a decision", name):
        decision = read_decision(name)
    if not quiet:
        announce(decision)
    workers = cores() if workers is None else workers
    try:
        with shown_progress("runs", quiet=quiet) as progress:
            advice = optimise(decision, out, workers=workers, progress=progress)
    except KeyboardInterrupt:
        print(
            f"Stopped; the same command goes on from here, with all runs that are in {out}.", file=sys.stderr
        )
        return INTERRUPTED
    figure = pareto_figure(advice)
    for kind in ("svg", "png"):
        save_figure(figure, out / f"front.{kind}")
    write_finding(advice_finding(advice, figure), out)
    if not quiet:
        report(advice, out)
    return 0


def announce(decision: Decision) -> None:
    """Say before starting how many portfolios there are, and how many will be tried."""
    possible = decision.portfolio.number(decision.scenario)
    how = (
        "all of them are tried"
        if possible <= decision.trials
        else f"up to {decision.trials:,} of them are tried, as NSGA-II asks for them"
    )
    print(f"{possible:,} portfolios can be bought; {how}, {decision.replicates} runs each.")
    for sentence in imports_in(decision):
        print(f"Note: {sentence}")


def imports_in(decision: Decision) -> list[str]:
    """What reading the graph files of the scenario, and of all draws, left out."""
    scenario, portfolio = decision.scenario, decision.portfolio
    points = [portfolio.point(scenario, portfolio.alone(scenario)[0])]
    asked = {decision.seed: decision.replicates}
    if decision.confirm:
        asked[decision.seed + OTHER_DRAWS] = decision.confirm
    studies = (decision.study(points, replicates=number, seed=seed) for seed, number in asked.items())
    return list(dict.fromkeys(said for study in studies for said in imports_at(agenda_of(study))))


def report(advice: Advice, out: Path) -> None:
    """Print the front and the answer."""
    told = front(advice, MOST_SHOWN)
    show(told.rows, title=told.title)
    print(told.note)
    print(*advice.answer, *beyond(advice))
    for sentence in advice.notes():
        print(f"Note: {sentence}")
    print(f"Tables, the figure and {PAGE} are in {out}.")
