"""Plans ranked by their effect on a measure, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.style import COLOURS, FAINT, INK, SOFT, axes_or_new, styled, thousands
from infodemic_sim.study.overall import Row, about, by_plan, overall, ranking
from infodemic_sim.study.shown import change, shown, verdict

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table


def effects_ranked(
    effects: Table,
    measure: str,
    ax: Axes | None = None,
    *,
    order: list[str] | None = None,
    colour: Mapping[str, str] | None = None,
    numbers: bool = True,
    among: Table | None = None,
) -> Axes:
    """Draw the paired difference of each plan from the baseline, the best plan on top.

    A filled marker: told from zero, as ``study.shown.from_zero`` says. A hollow one: not. A cross: no
    difference in any pair.

    Parameters
    ----------
    effects : a table like ``Comparison.effects()``.
    ax : axes to draw on; none: those of a new figure.
    order : plans from top to bottom; none: by effect.
    numbers : write each difference with its interval beside its row.
    among : effects of the same plans at single designs, if these are their means: a wide grey bar reaches
        from the smallest to the largest.
    """
    with styled():
        rows = overall(about(effects, measure), measure)
        order = ranking(rows) if order is None else order
        ax = axes_or_new(ax, 8, 1.4 + 0.36 * len(order))
        found = by_plan(rows)
        if among is not None:
            _draw_ranges(ax, about(among, measure, "plan"), order)
        for place, plan in enumerate(order):
            if plan in found:
                _draw(ax, place, found[plan], (colour or {}).get(plan, COLOURS[0]), numbers)
        _dress(ax, measure, order)
        keep_inside(ax)
    return ax


def _draw(ax: Axes, place: int, row: Row, colour: str, numbers: bool) -> None:
    """One plan: its interval, its mean and its numbers."""
    how, kind = shown(row["measure"]), verdict(row)
    middle, low, high = (float(row[name]) * how.scale for name in ("difference", "low", "high"))
    if np.isfinite(low) and kind != "none":
        ax.plot([low, high], [place, place], color=colour, linewidth=2, solid_capstyle="butt")
    if kind == "none":
        ax.plot(middle, place, "x", color=SOFT, markersize=6, markeredgewidth=1.5)
    else:
        face = "white" if kind == "unclear" else colour
        ax.plot(middle, place, "o", color=colour, markerfacecolor=face, markersize=7, markeredgewidth=1.6)
    if numbers:
        text = "no difference in any run" if kind == "none" else change(row)
        ax.text(
            1.02, place, text, transform=ax.get_yaxis_transform(), va="center", fontsize=8.5,
            color=SOFT if kind in ("none", "unclear") else INK,
        )  # fmt: skip


def _draw_ranges(ax: Axes, rows: pd.DataFrame, order: list[str]) -> None:
    """Behind each plan, how far its effects reach at single designs."""
    scale = shown(str(rows["measure"].iloc[0])).scale
    for place, plan in enumerate(order):
        mine = rows.loc[rows["plan"] == plan, "difference"].dropna().to_numpy(float) * scale
        if mine.size:
            ends = [mine.min(), mine.max()]
            ax.plot(
                ends, [place, place], color=SOFT, linewidth=9, alpha=0.25, solid_capstyle="butt", zorder=1
            )


def _dress(ax: Axes, measure: str, order: list[str]) -> None:
    how = shown(measure)
    ax.axvline(0, color=SOFT, linewidth=1, zorder=0)
    ax.set_yticks(range(len(order)), [fill(short_name(name, 60), 32) for name in order], parse_math=False)
    ax.set_ylim(len(order) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(thousands)
    _show_zero(ax)
    unit = f" ({how.unit_of_change})" if how.unit_of_change else ""
    ax.set_xlabel(f"Change in {how.label.lower()}{unit}")


def _show_zero(ax: Axes) -> None:
    """Zero stands within the axes, also where there is nothing but zero."""
    low, high = ax.get_xlim()
    nothing = all(np.all(np.isclose(line.get_xdata(), 0)) for line in ax.lines)
    ax.set_xlim(*((-1, 1) if nothing else (min(low, -0.05 * abs(high)), max(high, 0.05 * abs(low)))))
