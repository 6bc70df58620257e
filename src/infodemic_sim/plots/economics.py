"""Is it worth its price? The plane of cost and effect, and the acceptability curve."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes

from infodemic_sim.errors import ParameterError
from infodemic_sim.plots.labels import label_line_ends, names_as_they_are, short_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.style import FAINT, INK, SOFT, axes_or_new, colours, dashes, styled, thousands
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.economics import cost_effectiveness, frontier, increments
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.overall import Row, records
from infodemic_sim.study.shown import Shown, shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

MARKERS = "os^Dv*PX<>ph"
"""So that plans are told apart without their colour, too."""
EXPLAINED = "large: mean of all pairs of runs, with 95 % intervals; dashed: efficient frontier"


def cost_effect_plane(
    source: Comparison | Table,
    measure: str | None = None,
    ax: Axes | None = None,
    *,
    wage: float | None = None,
) -> Axes:
    """Draw what each plan averts and costs against the baseline, with paired 95 % intervals of both.

    A line leads over the efficient frontier, from the baseline over the plans worth choosing at some price
    (``frontier``). Small dots are pairs of runs.

    Parameters
    ----------
    source : a comparison, or a table from ``cost_effectiveness``, which tells nothing of single pairs.
    measure : the outcome; none: the primary one, or that of the table.
    ax : axes to draw on; none: those of a new figure.
    wage : money for an hour of staff; none: cost is money alone. A table has its cost already.

    Raises
    ------
    ParameterError
        If there is no plan beside the baseline.
    """
    if isinstance(source, Comparison):
        measure = source.primary if measure is None else measure
        table, baseline = cost_effectiveness(source, measure, wage=wage), source.baseline
    else:
        table, baseline = as_pandas("source", source, Comparison), "baseline"
        measure = measure or next(iter(table.get("measure", [])), "effect")
    if table.empty:
        raise ParameterError("there is no plan beside the baseline, so no cost and effect to draw.")
    how, names = shown(measure), [baseline, *table["plan"]]
    with styled():
        ax = axes_or_new(ax, 7, 4.8)
        pairs = isinstance(source, Comparison)
        if isinstance(source, Comparison):
            _pairs(ax, source, measure, how.scale, wage)
        ax.plot(0, 0, "+", color=INK, markersize=11, markeredgewidth=2, label=short_name(baseline), zorder=3)
        colour = colours(names)
        for row, marker in zip(records(table), cycle(MARKERS)):
            _plan(ax, row, how.scale, marker, colour[row["plan"]])
        _frontier(ax, table, how.scale)
        _dress(ax, how, "Added cost" if not pairs else _money(wage))
        title = f"small: a pair of runs; {EXPLAINED}" if pairs else EXPLAINED
        where: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "alignment": "left"}
        legend = ax.legend(frameon=False, ncols=2, title=title, fontsize=8.5, title_fontsize=7.5, **where)
        names_as_they_are(legend)
        keep_inside(ax)
    return ax


def _money(wage: float | None) -> str:
    return "Added cost (money)" if wage is None else "Added cost (money and staff time)"


def _pairs(ax: Axes, comparison: Comparison, measure: str, scale: float, wage: float | None) -> None:
    """A faint dot for each pair of runs."""
    colour = colours(comparison.names)
    for name, found in increments(comparison, measure).items():
        ax.plot(scale * found.effect, found.cost(wage), ".", color=colour[name], alpha=0.35, markersize=5)


def _plan(ax: Axes, row: Row, scale: float, marker: str, colour: str) -> None:
    """The mean of one plan with its intervals."""
    x, y = scale * row["averted"], row["cost"]
    across = [[x - scale * row["averted_low"]], [scale * row["averted_high"] - x]]
    up = [[y - row["cost_low"]], [row["cost_high"] - y]]
    reach: dict[str, Any] = {"xerr": np.abs(across), "yerr": np.abs(up)}
    ax.errorbar(x, y, **reach, fmt="none", ecolor=colour, elinewidth=1.3, capsize=2, zorder=2)
    ax.plot(
        x, y, marker, color=colour, markersize=9, markeredgecolor="white", label=short_name(row["plan"]),
        linestyle="none", zorder=4,
    )  # fmt: skip


def _frontier(ax: Axes, table: pd.DataFrame, scale: float) -> None:
    found = frontier(table)
    across, up = scale * found["averted"].to_numpy(), found["cost"].to_numpy()
    ax.plot(across, up, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1, gid="frontier")


def _dress(ax: Axes, how: Shown, cost: str) -> None:
    ax.axhline(0, color=SOFT, linewidth=0.8, zorder=0)
    ax.axvline(0, color=SOFT, linewidth=0.8, zorder=0)
    unit = f" ({how.unit_of_change})" if how.unit_of_change else ""
    ax.set_xlabel(f"{how.label} {_averted(how)}{unit}, better →")
    ax.set_ylabel(cost)
    ax.grid(color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(thousands)


def _averted(how: Shown) -> str:
    return "gained" if how.better == "higher" else "averted"


def acceptability_curve(table: Table, ax: Axes | None = None, *, of: str = "probability") -> Axes:
    """Draw how sure each plan is worth its cost, by what averting one unit of the outcome is worth.

    Parameters
    ----------
    table : from ``study.economics.acceptability``; a share is drawn by what a percentage point is worth.
    ax : axes to draw on; none: those of a new figure.
    of : "probability" that the net benefit is above 0, or the share of pairs in which the plan is "best".
    """
    table = as_pandas("table", table)
    measure = next(iter(table.get("measure", [])), "")
    with styled():
        ax = axes_or_new(ax, 7, 4.2)
        plans = list(dict.fromkeys(table["plan"]))
        colour, dash = colours(["baseline", *plans]), dashes(["baseline", *plans])
        ends = {}
        for plan in plans:
            rows = table[table["plan"] == plan].sort_values("worth")
            x = rows["worth"] / shown(measure).scale
            ax.plot(x, rows[of], color=colour[plan], linestyle=dash[plan], clip_on=False)
            ends[plan] = float(rows[of].iloc[-1])
        ax.set_ylim(0, 1)
        ax.margins(x=0)
        label_line_ends(ax, ends, colour)
        ax.set_xlabel(_of_what(measure))
        ax.set_ylabel(
            "Share of runs with a net benefit" if of == "probability" else "Share of runs, best plan"
        )
        ax.grid(axis="y", color=FAINT, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.xaxis.set_major_formatter(thousands)
        keep_inside(ax)
    return ax


def _of_what(measure: str) -> str:
    """What is worth so much: one of what is counted, or a percentage point or an hour of it."""
    if not measure:
        return "What averting one unit of the outcome is worth (money)"
    how = shown(measure)
    doing = "gaining" if how.better == "higher" else "averting"
    one = "one of" if how.scale == 1.0 else f"one {how.unit_of_change.removesuffix('s')} of"
    return f"What {doing} {one} “{how.label.lower()}” is worth (money)"
