"""A folder with everything a comparison found."""

from __future__ import annotations

from pathlib import Path

from infodemic_sim import plots
from infodemic_sim.report.page import write_report
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.store import write_tables

FIGURES = ("comparison.png", "comparison.svg")


def write_comparison(
    comparison: Comparison, out: str | Path, *, csv: bool = False, overwrite: bool = False
) -> list[Path]:
    """Write runs, effects, codebook, provenance, figure and report; the paths written.

    Each file appears whole or not at all, and equal comparisons give equal bytes.

    Parameters
    ----------
    csv : also write the runs as CSV.
    overwrite : results in the folder may go.

    Raises
    ------
    OutputExistsError
        If the folder holds results and ``overwrite`` is false.
    """
    out = Path(out)
    paths = write_tables(comparison, out, csv=csv, overwrite=overwrite)
    effects = comparison.effects()
    figure = plots.comparison_figure(comparison, effects)
    paths += [plots.save_figure(figure, out / name) for name in FIGURES]
    return [*paths, write_report(comparison, out / "report.html", effects=effects)]
