"""Real series over the runs: a panel for each series, with the interval in which nine in ten runs lie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from infodemic_sim.cards import visible
from infodemic_sim.plots.series import by_day
from infodemic_sim.plots.style import COLOURS, FAINT, INK, new_figure, styled, thousands
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import KEYS
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.observed import interval_of, predicted
from infodemic_sim.study.shown import shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

MOST_PANELS = 12
LABELS = ("median run", "observed, inside", "observed, outside")


def observed_figure(comparison: Comparison, points: Table) -> Figure:
    """Draw observed points over the median of the runs and their 90 % predictive interval.

    Fewer than 19 runs hold less: then it reaches from the lowest to the highest, and its name says how much
    that is. A filled point lies inside the interval, a hollow one outside. The first twelve series are drawn.

    Parameters
    ----------
    points : from ``comparison.observed``.
    """
    points = as_pandas("points", points)
    groups = list(points.groupby(KEYS, sort=False, observed=True))[:MOST_PANELS]
    columns = min(2, len(groups))
    rows = math.ceil(len(groups) / columns)
    with styled():
        figure = new_figure(4.8 * columns + 2.2 * (columns == 1), 2.9 * rows + 0.5)
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for ax, (key, part) in zip(axes, groups, strict=False):
            _draw(ax, comparison, tuple(map(str, key)), part)
        for ax in axes[len(groups) :]:
            ax.set_visible(False)
        _name(figure, list(axes[: len(groups)]))
    return figure


def _draw(ax: Axes, comparison: Comparison, key: tuple[str, ...], points: pd.DataFrame) -> None:
    """One series: band, median and points."""
    measure, platform, topic, subgroup = key
    plan, how = str(points["plan"].iloc[0]), shown(measure)
    table = by_day(comparison.runs, measure, platform, topic, subgroup)[plan].dropna(how="all")
    days = table.index.to_numpy(float)
    median, low, high = (line * how.scale for line in predicted(table.to_numpy(float)))
    held = interval_of(int(points["replicates"].min()))
    ax.fill_between(days, low, high, color=COLOURS[0], alpha=0.18, linewidth=0, label=held)
    ax.plot(days, median, color=COLOURS[0], label=LABELS[0])
    for inside, label in zip((True, False), LABELS[1:], strict=True):
        mine = points[points["inside"] == inside]
        face = COLOURS[1] if inside else "white"
        look: dict[str, Any] = {"markersize": 5, "markeredgewidth": 1.4, "clip_on": False}
        if len(mine):
            y = mine["observed"] * how.scale
            ax.plot(mine["day"], y, "o", color=COLOURS[1], markerfacecolor=face, label=label, **look)
    parts = [name.replace("=", ": ", 1).replace("_", " ") for name in key[1:] if name != "all"]
    ax.set_title(visible(", ".join([how.label, *parts])), color=INK, parse_math=False)
    _dress(ax, how.unit)


def _dress(ax: Axes, unit: str) -> None:
    ax.set_ylabel(unit)
    ax.set_xlabel("Days")
    ax.margins(x=0.02)
    ax.locator_params(axis="x", integer=True)
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.yaxis.set_major_formatter(thousands)


def _name(figure: Figure, axes: Sequence[Axes]) -> None:
    """What lines, bands and points are, once for all panels."""
    named = {label: line for ax in axes for line, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    order = [label for label in named if label not in LABELS] + [label for label in LABELS if label in named]
    handles = [named[label] for label in order]
    figure.legend(handles, order, loc="outside upper center", ncols=len(order), frameon=False)
