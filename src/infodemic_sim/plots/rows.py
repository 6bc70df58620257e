"""Rows of numbers beside a band from −1 to 1, in which they agree with what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from infodemic_sim.plots.style import FAINT, INK, SOFT, axes_or_new


def banded(ax: Axes | None, names: Sequence[str], widest: float) -> Axes:
    """Axes with the band, a row for each name, and room for numbers of a size."""
    ax = axes_or_new(ax, 9, 1.3 + 0.3 * len(names))
    ax.axvspan(-1, 1, color=FAINT, zorder=0)
    ax.axvline(0, color=SOFT, linewidth=0.8, zorder=1)
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(-widest - 0.2, widest + 0.2)
    ax.tick_params(axis="y", length=0)
    return ax


def explain(ax: Axes, marks: Mapping[str, Mapping[str, Any]], band: str) -> None:
    """Say above the rows what marks and the band mean.

    Parameters
    ----------
    marks : how each looks, by what it means.
    """
    known = [Patch(color=FAINT, label=band)]
    lines = [
        Line2D([], [], **{"linestyle": "none", "marker": "o", "markersize": 6, **look}, label=label)
        for label, look in marks.items()
    ]
    ax.legend(
        handles=[*known, *lines], loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, frameon=False,
        fontsize=8, handletextpad=0.4, columnspacing=1.2,
    )  # fmt: skip


def off_the_edge(ax: Axes, place: int, value: float, widest: float) -> bool:
    """Whether a number has no place between the edges; it is then drawn as an arrow at one of them."""
    if abs(value) <= widest:
        return False
    sign = 1.0 if value > 0 else -1.0
    ax.plot(sign * widest, place, ">" if sign > 0 else "<", color=INK, markersize=6, clip_on=False)
    return True
