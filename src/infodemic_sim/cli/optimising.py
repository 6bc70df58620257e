"""``infodemic optimise``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim.cli import INTERRUPTED
from infodemic_sim.cli.comparing import cores
from infodemic_sim.cli.showing import show
from infodemic_sim.decisions.answering import changed, share, spent
from infodemic_sim.decisions.deciding import Advice, optimise
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.decisions.decision_file import read_decision
from infodemic_sim.study.progress import shown_progress

if TYPE_CHECKING:
    import pandas as pd

MOST_SHOWN, MOST_BEYOND = 15, 3


def run(name: Path, out: Path, workers: int | None, *, quiet: bool) -> int:
    """Look for the best portfolios of a decision file, and write what was found; the exit code."""
    from infodemic_sim.plots import pareto_front, save_figure

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
    figure = pareto_front(advice)
    for kind in ("svg", "png"):
        save_figure(figure, out / f"front.{kind}")
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


def report(advice: Advice, out: Path) -> None:
    """Print the front and the answer."""
    rows = [_shown(row, advice) for row in records(advice.front)[:MOST_SHOWN]]
    show(rows, title="Plans on the Pareto front within the budget (change against today, 95 % interval)")
    if len(advice.front) > MOST_SHOWN:
        print(f"… and {len(advice.front) - MOST_SHOWN:,} more.")
    print(*advice.answer)
    if beyond := [f"“{row['plan']}” at {spent(row, 'cost')}" for row in records(advice.beyond)[:MOST_BEYOND]]:
        print(f"Expected to do better, but not surely within the budget: {'; '.join(beyond)}.")
    print(f"Tables and the figure are in {out}.")


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Rows by name of the column."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _shown(row: dict[str, object], advice: Advice) -> dict[str, object]:
    leading = advice.decision.wanted[0]
    return {
        "plan": row["plan"],
        leading.shown.label.lower(): changed(row, leading),
        "cost": spent(row, "cost"),
        "staff hours": spent(row, "staff_hours"),
        "on the front": f"{row['front']} ({share(float(str(row['probability_on_front'])))})",
    }
