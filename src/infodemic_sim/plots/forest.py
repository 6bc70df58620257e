"""Trials beside their publications: published intervals, and where ours lie."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from infodemic_sim.catalog.trial import Conducted, Judged
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.style import COLOURS, FAINT, INK, SOFT, axes_or_new, styled

WIDEST = 2.6
COLOUR = {"inside": COLOURS[0], "unclear": COLOURS[4], "outside": COLOURS[1]}


def forest(results: Sequence[Conducted], ax: Axes | None = None) -> Axes:
    """Draw one row per published effect: the published interval as the band ±1, ours with its 95 % interval.

    Effects without a width, which are exact, have no place here. Filled: fitted; hollow: predicted.

    Parameters
    ----------
    results : what ``conduct`` gave.
    ax : axes to draw on; none: those of a new figure.
    """
    rows = [(result, row) for result in results for row in result.rows if row.outcome.high > row.outcome.low]
    with styled():
        ax = axes_or_new(ax, 9, 1.3 + 0.3 * len(rows))
        ax.axvspan(-1, 1, color=FAINT, zorder=0)
        ax.axvline(0, color=SOFT, linewidth=0.8, zorder=1)
        for place, (_, row) in enumerate(rows):
            _draw(ax, place, row)
        names = [short_name(f"{result.trial.source}: {row.outcome.what}", 70) for result, row in rows]
        ax.set_yticks(range(len(rows)), names)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(-WIDEST - 0.2, WIDEST + 0.2)
        ax.set_xlabel("our effect on a scale on which the published interval runs from −1 to 1")
        ax.tick_params(axis="y", length=0)
    return ax


def _draw(ax: Axes, place: int, row: Judged) -> None:
    """One effect with its interval; beyond the edge, an arrow."""
    outcome = row.outcome
    middle, half = (outcome.low + outcome.high) / 2.0, (outcome.high - outcome.low) / 2.0
    value, low, high = ((number - middle) / half for number in (row.ours.value, row.ours.low, row.ours.high))
    if not abs(value) <= WIDEST:
        sign = 1.0 if value > 0 else -1.0
        ax.plot(sign * WIDEST, place, ">" if sign > 0 else "<", color=INK, markersize=6, clip_on=False)
        return
    colour = COLOUR[row.reading]
    ax.plot([max(-WIDEST, low), min(WIDEST, high)], [place, place], color=colour, linewidth=1.6)
    inside = colour if outcome.kind == "FITTED" else "white"
    ax.plot(value, place, "o", color=colour, markerfacecolor=inside, markersize=6)
