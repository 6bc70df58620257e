"""``infodemic trials``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from infodemic_sim.catalog.fitting import fit
from infodemic_sim.catalog.reproduction import chosen, size_of
from infodemic_sim.catalog.trial import Conducted, conduct
from infodemic_sim.catalog.trials import TRIALS
from infodemic_sim.cli.showing import show
from infodemic_sim.plugins import type_name
from infodemic_sim.report.trials import write_trials
from infodemic_sim.study.store import demand_room


def show_names() -> None:
    """Print which trials there are."""
    rows = [
        {"name": trial.name, "effects": len(trial.outcomes), "what": trial.title, "source": trial.source}
        for trial in TRIALS
    ]
    show(rows, title="published trials", as_json=False)


def show_fit() -> None:
    """Solve for the fitted defaults, and print each beside what is declared."""
    rows = []
    for found in fit():
        print(f"{found.trial.name}: {found.name} {found.solution:.4g}", file=sys.stderr, flush=True)
        where = f"{type_name(found.part)}.{found.name}{', upper end' if found.upper_end else ''}"
        solution = f"{found.solution:.4g}"
        rows.append(
            {"parameter": where, "trial": found.trial.name, "fitted": solution, "declared": found.declared}
        )
    show(rows, title="what is fitted", as_json=False)


def run(names: Sequence[str], out: Path, seed: int, scale: float, *, quiet: bool) -> None:
    """Run trials, tell as it goes, and write."""
    trials, size = chosen(TRIALS, names), size_of(seed, scale)
    demand_room(out)
    results: list[Conducted] = []
    for result in conduct(trials, size):
        results.append(result)
        if not quiet:
            print(line(result, len(results), len(trials)), file=sys.stderr, flush=True)
    paths = write_trials(results, out, size)
    if not quiet:
        print("Written:", *(f"  {path}" for path in paths), sep="\n")


def line(result: Conducted, place: int, total: int) -> str:
    """What came out of one trial."""
    told = [f"{result.count('inside')} of {len(result.rows)} effects inside"]
    told += [f"{count} {kind}" for kind in ("unclear", "outside") if (count := result.count(kind))]
    return f"{place} of {total}: {result.trial.name}: {', '.join(told)} ({result.seconds:.0f} s)"
