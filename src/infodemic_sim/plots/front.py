"""What plans gain and cost, and which of them no other beats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from infodemic_sim.decisions.deciding import Advice
from infodemic_sim.decisions.objectives import COST, Objective
from infodemic_sim.plots.contrast import legible
from infodemic_sim.plots.labels import names_as_they_are, short_name
from infodemic_sim.plots.plane import Plane, plane_of
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.style import COLOURS, FAINT, INK, SOFT, axes_or_new, styled, thousands
from infodemic_sim.study.frames import as_pandas

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

MOST_NUMBERED = 12
"""Plans on the front that are named beside the figure."""
LONG = 44
"""Letters of a name, of which two do not stand beside each other."""
FAR = 1.5
"""A budget so many times beyond all costs is not drawn: there would be nothing else to see."""
REST = "#b5b5b5"
RAMP = ("#cfe3f0", COLOURS[0], "#08263f")


def pareto_front(source: Advice | Table, measure: str = "", ax: Axes | None = None) -> Axes:
    """Draw benefit against cost: up and to the left is better.

    Large dots, numbered by benefit and named above: plans on the front, which no other beats, with 95 %
    intervals. Of an advice, that is surely or possibly so, and colours tell the third objective; the ring is
    the advice; crosses are over the budget, or not surely within. Small dots: other plans.

    Parameters
    ----------
    source : an advice; or a table: ``cost_effectiveness``, or one that ``optimise`` wrote.
    measure : what is gained, in a table that ``optimise`` wrote.
    ax : axes to draw on; none: those of a new figure.
    """
    with styled():
        ax = axes_or_new(ax, 8, 5.6)
        if isinstance(source, Advice):
            front = draw_advice(ax, source)
        else:
            front = _draw_plane(ax, plane_of(as_pandas("source", source, Advice), measure))
        marks = [
            Line2D([], [], linestyle="none", marker=f"${number}$", color=INK, label=short_name(plan, 80))
            for number, plan in enumerate(front, start=1)
        ]
        where: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "alignment": "left"}
        title = "On the front (no other beats them)"
        columns = 1 if max(map(len, front), default=0) > LONG else 2
        names_as_they_are(
            ax.legend(handles=marks, title=title, frameon=False, ncols=columns, fontsize=8, **where)
        )
        keep_inside(ax)
    return ax


def _draw_plane(ax: Axes, plane: Plane) -> list[str]:
    """Plans of a table; the names of those on the front, by number."""
    points = plane.points
    front = points[points["front"]].sort_values("benefit", ascending=False, kind="stable")[:MOST_NUMBERED]
    rest = points[~points["plan"].isin(front["plan"])]
    ax.plot(rest["cost"], rest["benefit"], ".", color=REST, markersize=7, zorder=1)
    ends: dict[str, Any] = {
        f"{axis}err": np.abs([front[f"{name}_low"] - front[name], front[f"{name}_high"] - front[name]])
        for axis, name in (("x", "cost"), ("y", "benefit"))
    }
    x, y = front["cost"].to_numpy(float), front["benefit"].to_numpy(float)
    ax.step(x, y, where="pre", color=COLOURS[0], linewidth=1, alpha=0.6, zorder=1)
    ax.errorbar(x, y, **ends, fmt="none", ecolor=SOFT, elinewidth=1, zorder=2)
    ax.scatter(x, y, s=170, edgecolors=INK, linewidths=0.8, zorder=3, color=RAMP[0])
    _numbers(ax, x, y)
    _lines(ax)
    ax.set_ylabel(plane.gain)
    ax.set_xlabel("← cheaper, added cost")
    return list(front["plan"])


def draw_advice(ax: Axes, advice: Advice) -> list[str]:
    """Every portfolio of an advice; the names of those on the front, by number."""
    front = numbered(advice)
    _others(ax, advice)
    _points(ax, advice, front)
    _budget(ax, advice)
    _dress(ax, advice)
    return list(front["plan"])


def numbered(advice: Advice) -> pd.DataFrame:
    """The plans on the front that are named: the advice, and those most surely on it; best first."""
    front = advice.front.assign(advised=advice.front["plan"] == advice.recommended)
    most = front.sort_values(["advised", "probability_on_front"], ascending=False, kind="stable")
    return front.loc[most.index[:MOST_NUMBERED].sort_values()].reset_index(drop=True)


def _benefit(rows: pd.DataFrame, objective: Objective, column: str = "") -> np.ndarray:
    """Gain in the unit in which it is shown; better is up."""
    scale = objective.shown.scale * objective.sign
    return rows[objective.name + column].to_numpy(float) * scale


def _others(ax: Axes, advice: Advice) -> None:
    """Portfolios that are not on the front."""
    rows, leading = advice.portfolios, advice.decision.wanted[0]
    shown = set(advice.front["plan"])
    within = rows[(rows["budget"] == "within") & ~rows["plan"].isin(shown)]
    dear = rows[rows["budget"].isin(["over", "unclear"])]
    ax.plot(within["cost"], _benefit(within, leading), ".", color=REST, markersize=7, zorder=1)
    ax.plot(dear["cost"], _benefit(dear, leading), "x", color="#c9c9c9", markersize=5, zorder=1)


def _points(ax: Axes, advice: Advice, front: pd.DataFrame) -> None:
    """Plans on the front, with intervals, colour and number."""
    leading, third = advice.decision.wanted[0], _third(advice)
    x, y = front["cost"].to_numpy(float), _benefit(front, leading)
    ends = [np.abs(_benefit(front, leading, end) - y) for end in ("_low", "_high")]
    across = [np.abs(front[f"cost{end}"].to_numpy(float) - x) for end in ("_low", "_high")]
    if leading.sign < 0:
        ends.reverse()
    ax.errorbar(x, y, yerr=ends, xerr=across, fmt="none", ecolor=SOFT, elinewidth=1, zorder=2)
    colour: dict[str, Any] = {"color": COLOURS[0]}
    if third is not None:
        values = front[third.name].to_numpy(float) * third.shown.scale
        ramp = LinearSegmentedColormap.from_list("front", RAMP)
        spread = Normalize(values.min(), values.max() if values.max() > values.min() else values.min() + 1.0)
        colour = {"c": values, "cmap": ramp, "norm": spread}
        bar = ax.figure.colorbar(ScalarMappable(spread, ramp), ax=ax, pad=0.02, aspect=30)
        bar.set_label(f"Change in {third.shown.label.lower()} ({_unit(third)})".replace(" ()", ""))
        bar.outline.set_visible(False)
    ax.scatter(x, y, s=170, edgecolors=INK, linewidths=0.8, zorder=3, **colour)
    advised = front["advised"].to_numpy(bool)
    ax.scatter(
        x[advised], y[advised], s=380, facecolors="none", edgecolors=COLOURS[1], linewidths=2.2, zorder=4
    )
    _numbers(ax, x, y)


def _numbers(ax: Axes, x: np.ndarray, y: np.ndarray) -> None:
    for number, place in enumerate(zip(x, y, strict=True), start=1):
        ax.annotate(
            str(number), place, ha="center", va="center", fontsize=8, fontweight="bold", color=INK, zorder=5,
            path_effects=[withStroke(linewidth=2.5, foreground="white")],
        )  # fmt: skip


def _third(advice: Advice) -> Objective | None:
    """The objective that is told by colour: the first beside benefit and cost."""
    return next((each for each in advice.decision.wanted[1:] if each.name != COST), None)


def _unit(objective: Objective) -> str:
    return objective.shown.unit_of_change


def _budget(ax: Axes, advice: Advice) -> None:
    """The most that may be spent."""
    limit = advice.decision.budget.money
    if limit is None or limit > FAR * max(ax.get_xlim()[1], 1e-9):
        return
    ax.axvline(limit, color=COLOURS[1], linewidth=1.2, linestyle=(0, (5, 3)), zorder=0)
    ax.annotate(
        "budget", (limit, 1.0), xycoords=("data", "axes fraction"), xytext=(4, -2),
        textcoords="offset points", color=legible(COLOURS[1]), fontsize=8.5, va="top",
    )  # fmt: skip


def _dress(ax: Axes, advice: Advice) -> None:
    leading, budget = advice.decision.wanted[0], advice.decision.budget
    fewer = "averted" if leading.sign < 0 else "gained"
    unit = f" ({_unit(leading)})" if _unit(leading) else ""
    ax.set_ylabel(f"{leading.shown.label} {fewer}{unit}, better ↑")
    staff = "" if budget.wage is None else " and staff time"
    ax.set_xlabel(f"← cheaper, added cost (money{staff})")
    _lines(ax)


def _lines(ax: Axes) -> None:
    ax.axhline(0, color=SOFT, linewidth=0.8, zorder=0)
    ax.grid(color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(thousands)
