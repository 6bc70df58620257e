"""Is it worth its price? The plane of cost and effect, and the acceptability curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from infodemic_sim.plots.labels import label_line_ends, short_name
from infodemic_sim.plots.style import FAINT, SOFT, axes_or_new, colours, dashes, styled, thousands
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.economics import increments
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.shown import shown

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table


def cost_effect_plane(
    comparison: Comparison, measure: str = "cases", ax: Axes | None = None, *, wage: float | None = None
) -> Axes:
    """Draw what each plan averts and costs, a small dot for each pair of runs, a large one for their mean.

    Parameters
    ----------
    wage : money for an hour of staff; none: cost is money alone.
    ax : axes to draw on; none: those of a new figure.
    """
    with styled():
        ax = axes_or_new(ax, 7, 4.5)
        colour = colours(comparison.names)
        ax.axhline(0, color=SOFT, linewidth=1)
        ax.axvline(0, color=SOFT, linewidth=1)
        for name, found in increments(comparison, measure).items():
            cost = found.cost(wage)
            ax.plot(found.effect, cost, ".", color=colour[name], alpha=0.35, markersize=5)
            ax.plot(
                found.effect.mean(),
                cost.mean(),
                "o",
                color=colour[name],
                markersize=8,
                label=short_name(name),
            )
        how = shown(measure)
        ax.set_xlabel(f"{how.label} {'averted' if how.better == 'lower' else 'gained'}, better →")
        ax.set_ylabel("Added cost (money)" if wage is None else "Added cost (money and staff time)")
        ax.grid(color=FAINT, linewidth=0.8)
        ax.set_axisbelow(True)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(thousands)
        where: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "alignment": "left"}
        ax.legend(frameon=False, ncols=2, title="small: a pair of runs, large: mean of all", **where)
    return ax


def acceptability_curve(table: Table, ax: Axes | None = None, *, of: str = "probability") -> Axes:
    """Draw how sure each plan is worth its cost, by what averting one unit is worth.

    Parameters
    ----------
    table : from ``study.economics.acceptability``.
    ax : axes to draw on; none: those of a new figure.
    of : "probability" that the net benefit is above 0, or the share of pairs in which the plan is "best".
    """
    table = as_pandas("table", table)
    with styled():
        ax = axes_or_new(ax, 7, 4.2)
        plans = list(dict.fromkeys(table["plan"]))
        colour, dash = colours(["baseline", *plans]), dashes(["baseline", *plans])
        ends = {}
        for plan in plans:
            rows = table[table["plan"] == plan].sort_values("worth")
            ax.plot(rows["worth"], rows[of], color=colour[plan], linestyle=dash[plan], clip_on=False)
            ends[plan] = float(rows[of].iloc[-1])
        ax.set_ylim(0, 1)
        ax.margins(x=0)
        label_line_ends(ax, ends, colour)
        ax.set_xlabel("What averting one unit is worth (money)")
        ax.set_ylabel(
            "Share of runs with a net benefit" if of == "probability" else "Share of runs, best plan"
        )
        ax.grid(axis="y", color=FAINT, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.xaxis.set_major_formatter(thousands)
    return ax
