"""Trials beside their publications: published intervals, and where ours lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from infodemic_sim.catalog.trial import Conducted, Judged
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.rows import banded, explain, off_the_edge
from infodemic_sim.plots.style import COLOURS, INK, SOFT, styled

WIDEST = 2.6
COLOUR = {"inside": COLOURS[0], "unclear": COLOURS[4], "outside": COLOURS[1]}
MARKS: dict[str, dict[str, Any]] = {
    "ours lies inside": {"color": COLOUR["inside"]},
    "our 95 % interval reaches it": {"color": COLOUR["unclear"]},
    "outside": {"color": COLOUR["outside"]},
    "fitted": {"color": SOFT},
    "predicted": {"color": SOFT, "markerfacecolor": "white"},
    "beyond the edge": {"color": INK, "marker": ">"},
}


def forest(results: Sequence[Conducted], ax: Axes | None = None) -> Axes:
    """Draw one row per published effect: its interval as the band ±1, our effect with its 95 % interval.

    A star marks intervals that we set, since none was published. Effects without a width, which are exact,
    have no place here. Filled: fitted; hollow: predicted.

    Parameters
    ----------
    results : what ``conduct`` gave.
    ax : axes to draw on; none: those of a new figure.
    """
    rows = [(result, row) for result in results for row in result.rows if row.outcome.high > row.outcome.low]
    with styled():
        names = [
            short_name(f"{result.trial.source}: {row.outcome.what}", 68) + " *" * row.outcome.ours
            for result, row in rows
        ]
        ax = banded(ax, names, WIDEST)
        for place, (_, row) in enumerate(rows):
            _draw(ax, place, row)
        starred = any(row.outcome.ours for _, row in rows)
        explain(ax, MARKS, "published interval" + " (* set by us: none was published)" * starred)
        ax.set_xlabel("our effect on a scale on which the interval beside it runs from −1 to 1")
        keep_inside(ax)
    return ax


def _draw(ax: Axes, place: int, row: Judged) -> None:
    """One effect with its interval; beyond the edge, an arrow."""
    outcome = row.outcome
    middle, half = (outcome.low + outcome.high) / 2.0, (outcome.high - outcome.low) / 2.0
    value, low, high = ((number - middle) / half for number in (row.ours.value, row.ours.low, row.ours.high))
    if off_the_edge(ax, place, value, WIDEST):
        return
    colour = COLOUR[row.reading]
    ax.plot([max(-WIDEST, low), min(WIDEST, high)], [place, place], color=colour, linewidth=1.6)
    inside = colour if outcome.kind == "FITTED" else "white"
    ax.plot(value, place, "o", color=colour, markerfacecolor=inside, markersize=6)
