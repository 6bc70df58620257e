"""A folder with everything a comparison found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim import plots
from infodemic_sim.report.page import write_report
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.store import OBSERVED, write_tables, write_text

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table

FIGURES = ("comparison.png", "comparison.svg")
OBSERVED_FIGURES = ("observed.png", "observed.svg")


def write_comparison(
    comparison: Comparison,
    out: str | Path,
    *,
    csv: bool = False,
    overwrite: bool = False,
    observed: Table | None = None,
) -> list[Path]:
    """Write runs, effects, codebook, provenance, figure and report; the paths written.

    Each file appears whole or not at all, and equal comparisons give equal bytes.

    Parameters
    ----------
    csv : also write the runs as CSV.
    overwrite : results in the folder may go.
    observed : ``comparison.observed(…)``, to be written and shown, too.

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
    if observed is not None:
        paths.append(out / OBSERVED)
        observed = as_pandas("observed", observed)
        write_text(out / OBSERVED, observed.to_csv(index=False, lineterminator="\n"))
        figure = plots.observed_figure(comparison, observed)
        paths += [plots.save_figure(figure, out / name) for name in OBSERVED_FIGURES]
    return [*paths, write_report(comparison, out / "report.html", effects=effects, observed=observed)]
