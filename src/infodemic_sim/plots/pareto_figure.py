"""The figure of an advice: what portfolios gain and cost, and the names of those that no other beats."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from infodemic_sim.cards import visible
from infodemic_sim.decisions.answering import on_front
from infodemic_sim.decisions.deciding import Advice
from infodemic_sim.plots.contrast import legible
from infodemic_sim.plots.front import draw_advice, numbered
from infodemic_sim.plots.style import COLOURS, INK, SOFT, new_figure, styled
from infodemic_sim.study.overall import records

if TYPE_CHECKING:
    import pandas as pd

LINES_OF_A_NAME = 3


def pareto_figure(advice: Advice) -> Figure:
    """Draw ``pareto_front`` of an advice, with the names of its plans and how sure each is beside it."""
    with styled():
        figure = new_figure(12, 6.2)
        ax, names = figure.subplots(1, 2, width_ratios=(3, 2))
        draw_advice(ax, advice)
        _names(names, advice, numbered(advice))
        _head(figure, advice)
    return figure


def _names(ax: Axes, advice: Advice, front: pd.DataFrame) -> None:
    """Which plan has which number, and how sure it is that it is on the front."""
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    place = 1.0
    ax.text(0, place, "Plans that no other beats in every objective", fontweight="bold", va="top")
    place -= 0.065
    for number, row in enumerate(records(front), start=1):
        sure = on_front(row)
        lines = [
            *wrap(visible(str(row["plan"])), 62, max_lines=LINES_OF_A_NAME, placeholder=" …"),
            f"– {sure}",
        ]
        if len(lines[-2]) + len(lines[-1]) < 62:
            lines[-2:] = [" ".join(lines[-2:])]
        colour = legible(COLOURS[1]) if row["advised"] else INK
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
