"""Effects along a number that varies, such as a day or a dose: a line a series, with 95 % intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from infodemic_sim.plots.labels import label_line_ends, note_below, numbers_named
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.style import COLOURS, FAINT, SOFT, axes_or_new, styled, thousands
from infodemic_sim.study.overall import about
from infodemic_sim.study.shown import shown

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table


def effects_along(effects: Table, measure: str, ax: Axes | None = None, *, along: str, series: str) -> Axes:
    """Draw effects against a number, a line for each series.

    Parameters
    ----------
    effects : a table like ``Comparison.effects()`` with two columns more.
    measure : rows of other measures are left out.
    ax : axes to draw on; none: those of a new figure.
    along : name of the column with the number; its name is the label of the axis.
    series : name of the column that tells which line a row belongs to.
    """
    mine, how = about(effects, measure, along, series), shown(measure)
    with styled():
        ax = axes_or_new(ax, 7, 4)
        ax.axhline(0, color=SOFT, linewidth=1)
        names = list(dict.fromkeys(mine[series]))
        said = {name: f"{numbers_named(series, names)} {name}".strip() for name in names}
        colour = {said[name]: COLOURS[k % len(COLOURS)] for k, name in enumerate(names)}
        ends = {}
        for name in names:
            rows = mine[mine[series] == name].sort_values(along)
            x, y = rows[along].to_numpy(float), how.scale * rows["difference"].to_numpy(float)
            low, high = (how.scale * rows[end].to_numpy(float) for end in ("low", "high"))
            ax.fill_between(x, low, high, color=colour[said[name]], alpha=0.13, linewidth=0)
            ax.plot(x, y, color=colour[said[name]], marker="o", markersize=5)
            ends[said[name]] = float(y[-1])
        ax.set_xticks(sorted(set(mine[along].tolist())))
        _dress(ax, along, f"Change in {how.label.lower()}", how.unit_of_change)
        label_line_ends(ax, ends, colour)
        note_below(ax, "bands: 95 % intervals")
        keep_inside(ax)
    return ax


def _dress(ax: Axes, along: str, label: str, unit: str) -> None:
    ax.set_xlabel(along[:1].upper() + along[1:])
    ax.set_ylabel(f"{label}\n({unit})" if unit else label)
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.yaxis.set_major_formatter(thousands)
