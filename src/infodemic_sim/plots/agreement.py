"""Published numbers beside ours: how far apart, in units of what is allowed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from infodemic_sim.catalog.reproduction import Compared, Reproduced
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.rows import banded, explain, off_the_edge
from infodemic_sim.plots.style import COLOURS, INK, styled

WIDEST = 3.0
"""Distances beyond so many tolerances are drawn at the edge, as an arrow."""
FILLED = {"agrees": COLOURS[0], "unclear": "white", "differs": COLOURS[1]}
EDGE = {"agrees": COLOURS[0], "unclear": COLOURS[0], "differs": COLOURS[1]}
MARKS: dict[str, dict[str, Any]] = {
    "agrees": {"color": EDGE["agrees"]},
    "too few runs to tell": {"color": EDGE["unclear"], "markerfacecolor": FILLED["unclear"]},
    "differs": {"color": EDGE["differs"]},
    "± two standard errors": {"color": INK, "marker": "", "linestyle": "solid"},
    "beyond the edge": {"color": INK, "marker": ">"},
}


def agreement(results: Sequence[Reproduced], ax: Axes | None = None) -> Axes:
    """Draw one row per published number that has a tolerance: ours minus published, over the tolerance.

    Within ±1 they agree. Numbers that were published as an order or a bound have no place here.

    Parameters
    ----------
    results : what ``reproduce`` gave.
    ax : axes to draw on; none: those of a new figure.
    """
    rows = [(result, row) for result in results for row in result.rows if has_place(row)]
    with styled():
        names = [short_name(f"{result.entry.source}: {row.published.what}", 74) for result, row in rows]
        ax = banded(ax, names, WIDEST)
        for place, (_, row) in enumerate(rows):
            _draw(ax, place, row)
        explain(ax, MARKS, "distance allowed: they agree")
        ax.set_xlabel("ours − published, in units of the distance allowed")
        keep_inside(ax)
    return ax


def has_place(row: Compared) -> bool:
    """Whether a distance can be told in units of its tolerance."""
    return row.published.measure in ("difference", "relative") and row.published.tolerance > 0.0


def _draw(ax: Axes, place: int, row: Compared) -> None:
    """One number: its distance, with two standard errors to either side."""
    unit = row.published.tolerance
    if row.published.measure == "relative":
        unit *= abs(row.published.value)
    middle = (row.ours.value - row.published.value) / unit
    if off_the_edge(ax, place, middle, WIDEST):
        return
    edge, inside = EDGE[row.verdict], FILLED[row.verdict]
    if math.isfinite(row.ours.error):
        half = 2.0 * row.ours.error / unit
        ends = max(-WIDEST, middle - half), min(WIDEST, middle + half)
        ax.plot(ends, [place, place], color=edge, linewidth=1.6, solid_capstyle="butt")
    ax.plot(middle, place, "o", color=edge, markerfacecolor=inside, markersize=6)
