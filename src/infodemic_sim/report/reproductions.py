"""The page of published results that were computed again, and the same as a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from infodemic_sim import plots
from infodemic_sim.catalog.reproduction import Compared, Estimate, Reproduced, Size
from infodemic_sim.plots.agreement import has_place
from infodemic_sim.report.alternatives import of_readings
from infodemic_sim.report.inline import inline
from infodemic_sim.report.page import environment
from infodemic_sim.sources import sources
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.shown import number
from infodemic_sim.study.store import write_text
from infodemic_sim.writing import replacing

if TYPE_CHECKING:
    import pandas as pd

PAGE, TABLE = "reproductions.html", "reproductions.csv"
BOUND = {"at least": "≥ ", "at most": "≤ "}


def write_reproductions(results: Sequence[Reproduced], out: str | Path, size: Size) -> list[Path]:
    """Write page and table into a folder, each at once or not at all; the paths written.

    Parameters
    ----------
    size : seed and scale with which the results were made.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / PAGE, reproductions_html(results, size))
    with replacing(out / TABLE) as scratch:
        reproductions_table(results).to_csv(scratch, index=False)
    return [out / PAGE, out / TABLE]


def reproductions_html(results: Sequence[Reproduced], size: Size) -> str:
    """The page as text: it loads nothing from anywhere."""
    compared = [row for result in results for row in result.rows]
    chart = Markup("")
    if any(map(has_place, compared)):
        figure = plots.agreement(results).figure
        drawn = [row.verdict for row in compared if has_place(row)]
        chart = inline(figure, "agreement", of_readings("Our numbers beside the published ones", drawn))
    return environment().get_template("reproductions.html").render(
        parts=[part(result) for result in results],
        counts=Counter(row.verdict for row in compared),
        total=len(compared), chart=chart, size=size, versions=versions(),
    )  # fmt: skip


def reproductions_table(results: Sequence[Reproduced]) -> pd.DataFrame:
    """One row per published number, as plain numbers."""
    import pandas as pd

    rows = [
        {
            "name": result.entry.name,
            "source": result.entry.source,
            **row.published._asdict(),
            "ours": row.ours.value,
            "standard_error": row.ours.error,
            "distance": row.distance,
            "verdict": row.verdict,
        }
        for result in results
        for row in result.rows
    ]
    return pd.DataFrame(rows).rename(columns={"value": "published"})


def part(result: Reproduced) -> dict[str, Any]:
    """One publication as texts."""
    return {
        "name": result.entry.name,
        "title": result.entry.title,
        "setting": result.entry.setting,
        "reference": str(sources()[result.entry.source]),
        "rows": [cells(row) for row in result.rows],
        "seconds": number(result.seconds, 0),
    }


def cells(row: Compared) -> dict[str, str]:
    """One number as texts."""
    published, relative = row.published, row.published.measure == "relative"
    distance, allowed = (
        f"{number(100 * share, 2)} %" if relative else number(share)
        for share in (row.distance, published.tolerance)
    )
    return {
        "what": published.what,
        "published": BOUND.get(published.measure, "") + f"{published.value:.5g}",
        "where": published.where,
        "ours": told(row.ours),
        "distance": distance,
        "allowed": allowed,
        "verdict": row.verdict,
    }


def told(ours: Estimate) -> str:
    """Our number, with its standard error where it has one."""
    if not math.isfinite(ours.error) or ours.error == 0.0:
        return number(ours.value)
    places = min(6, max(0, 1 - math.floor(math.log10(ours.error))))
    return f"{number(ours.value, places)} ± {number(ours.error, places)}"
