"""``infodemic reproduce``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from infodemic_sim.catalog.papers import PAPERS
from infodemic_sim.catalog.reproduction import Reproduced, Size, chosen, reproduce
from infodemic_sim.cli.showing import show
from infodemic_sim.report.reproductions import write_reproductions
from infodemic_sim.study.store import demand_room

DIFFERS = 1
"""Exit code: a number is not what was published."""


def show_names() -> None:
    """Print what can be reproduced."""
    rows = [
        {"name": entry.name, "numbers": len(entry.published), "what": entry.title, "source": entry.source}
        for entry in PAPERS
    ]
    show(rows, title="published results")


def run(names: Sequence[str], out: Path, seed: int, scale: float, *, quiet: bool) -> int:
    """Compute, tell as it goes, and write; the exit code."""
    entries = chosen(PAPERS, names)
    demand_room(out)
    results: list[Reproduced] = []
    for result in reproduce(entries, seed=seed, scale=scale):
        results.append(result)
        if not quiet:
            print(line(result, len(results), len(entries)), file=sys.stderr, flush=True)
    paths = write_reproductions(results, out, Size(seed, scale))
    if not quiet:
        print("Written:", *(f"  {path}" for path in paths), sep="\n")
    return DIFFERS if any(result.count("differs") for result in results) else 0


def line(result: Reproduced, place: int, total: int) -> str:
    """What came out of one publication."""
    told = [f"{result.count('agrees')} of {len(result.rows)} numbers agree"]
    told += [f"{count} {kind}" for kind in ("unclear", "differs") if (count := result.count(kind))]
    return f"{place} of {total}: {result.entry.name}: {', '.join(told)} ({result.seconds:.0f} s)"
