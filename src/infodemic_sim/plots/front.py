"""What portfolios gain and cost, and which of them no other beats."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from infodemic_sim.decisions.answering import share
from infodemic_sim.decisions.deciding import Advice
from infodemic_sim.decisions.objectives import COST, Objective
from infodemic_sim.plots.style import COLOURS, FAINT, INK, SOFT, new_figure, styled, thousands

if TYPE_CHECKING:
    import pandas as pd

MOST_NUMBERED = 12
"""Plans on the front that are named beside the figure."""
LINES_OF_A_NAME = 3
FAR = 1.5
"""A budget so many times beyond all costs is not drawn: there would be nothing else to see."""
RAMP = ("#cfe3f0", COLOURS[0], "#08263f")


def pareto_front(advice: Advice) -> Figure:
    """Draw benefit against cost: each portfolio tried, those on the front by their third objective.

    Up and to the left is better. Large dots: surely or possibly on the front, with 95 % intervals and the
    colour of the third objective, numbered by benefit; their names stand beside. Small dots: other
    portfolios within the budget. Crosses: over it, or not surely within. The ring is the advice.
    """
    with styled():
        figure = new_figure(12, 6.2)
        ax, names = figure.subplots(1, 2, width_ratios=(3, 2))
        front = _numbered(advice)
        _others(ax, advice)
        _points(ax, advice, front)
        _budget(ax, advice)
        _dress(ax, advice)
        _names(names, advice, front)
        _head(figure, advice)
    return figure


def _numbered(advice: Advice) -> pd.DataFrame:
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
    ax.plot(within["cost"], _benefit(within, leading), ".", color="#b5b5b5", markersize=7, zorder=1)
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
        textcoords="offset points", color=COLOURS[1], fontsize=8.5, va="top",
    )  # fmt: skip


def _dress(ax: Axes, advice: Advice) -> None:
    leading, budget = advice.decision.wanted[0], advice.decision.budget
    fewer = "averted" if leading.sign < 0 else "gained"
    unit = f" ({_unit(leading)})" if _unit(leading) else ""
    ax.set_ylabel(f"{leading.shown.label} {fewer}{unit}, better ↑")
    staff = "" if budget.wage is None else " and staff time"
    ax.set_xlabel(f"← cheaper, added cost (money{staff})")
    ax.axhline(0, color=SOFT, linewidth=0.8, zorder=0)
    ax.grid(color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(thousands)


def _names(ax: Axes, advice: Advice, front: pd.DataFrame) -> None:
    """Which plan has which number, and how sure it is that it is on the front."""
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    place = 1.0
    ax.text(0, place, "Plans that no other beats in every objective", fontweight="bold", va="top")
    place -= 0.065
    for number, row in enumerate(front.to_dict("records"), start=1):
        sure = f"{row['front']}, {share(row['probability_on_front'])}"
        lines = [*wrap(str(row["plan"]), 62, max_lines=LINES_OF_A_NAME, placeholder=" …"), f"– {sure}"]
        if len(lines[-2]) + len(lines[-1]) < 62:
            lines[-2:] = [" ".join(lines[-2:])]
        colour = COLOURS[1] if row["advised"] else INK
        ax.text(0.0, place, str(number), fontweight="bold", va="top", color=colour, fontsize=8.5)
        ax.text(0.06, place, "\n".join(lines), va="top", fontsize=8.5, color=colour, parse_math=False)
        place -= 0.018 + 0.037 * len(lines)
    more = len(advice.front) - len(front)
    told = [f"… and {more} more, see front.csv"] * (more > 0)
    told += ["○ the advice    · others within the budget    × over it, or not surely within"]
    ax.text(0.0, place - 0.01, "\n".join(told), va="top", fontsize=8, color=SOFT)


def _head(figure: Figure, advice: Advice) -> None:
    """What the figure shows, in two lines."""
    title = f"What to buy with {advice.decision.budget.said()}\n"
    figure.suptitle(
        title, x=0.012, ha="left", fontsize=13, fontweight="bold", linespacing=1.6, parse_math=False
    )
    pairs = int(advice.judged["pairs"].max())
    new = "new " if advice.decision.confirm else ""
    caption = (
        f"{advice.tried:,} of {advice.possible:,} portfolios tried; on the front: mean of {pairs} {new}"
        "paired runs with 95 % intervals, and how probable it is that a plan is on the front."
    )
    figure.text(0.012, 1 - 0.5 / figure.get_figheight(), caption, fontsize=9, color=SOFT, va="center")
