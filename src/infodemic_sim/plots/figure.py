"""One figure for those who decide: what each plan changes, when, and at what price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure, SubFigure

from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.ranked import effects_ranked
from infodemic_sim.plots.style import SOFT, colours, new_figure, styled
from infodemic_sim.plots.trajectories import trajectories
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import LOST
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.overall import overall, ranking
from infodemic_sim.study.shown import shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

DIRECTION = {"lower": "← better", "higher": "better →", "": ""}


def comparison_figure(comparison: Comparison, effects: Table | None = None) -> Figure:
    """Ranked effects on the primary outcome, its course over time, staff time and accurate posts lost.

    Parameters
    ----------
    effects : ``comparison.effects()``, if it is at hand.
    """
    effects = comparison.effects() if effects is None else as_pandas("effects", effects)
    with styled():
        order = ranking(overall(effects, comparison.primary))
        figure = new_figure(11, 5.2 + 0.34 * max(3, len(order)))
        rows = 0.34 * max(3, len(order)) + 0.9
        grid = figure.add_gridspec(2, 1, height_ratios=[rows, 3.6], hspace=0.06)
        if order:
            _prices(figure.add_subfigure(grid[0]), comparison, effects, order)
        _course(figure.add_subfigure(grid[1] if order else grid[:]), comparison)
        _head(figure, comparison)
    return figure


def _prices(figure: SubFigure, comparison: Comparison, effects: pd.DataFrame, order: list[str]) -> None:
    """Panels with one row per plan: benefit, cost, side effect; two where the cost is the outcome."""
    how, colour = shown(comparison.primary), colours(comparison.names)
    beside = {"staff_minutes": "Cost: staff time", LOST.name: LOST.label}
    beside.pop(comparison.primary, None)
    titles = {comparison.primary: how.label, **beside}
    panels = figure.subplots(1, len(titles), width_ratios=[2.1, *[1] * (len(titles) - 1)])
    for place, (ax, (measure, title)) in enumerate(zip(panels, titles.items(), strict=True)):
        effects_ranked(effects, measure, ax, order=order, colour=colour, numbers=place == 0)
        ax.set_title(title)
        ax.set_xlabel("\n".join(filter(None, (_unit(measure), DIRECTION[shown(measure).better]))))
        if place:
            ax.set_yticklabels([])


def _unit(measure: str) -> str:
    how = shown(measure)
    return how.unit_of_change if measure == LOST.name else f"change in {how.unit_of_change}"


def _course(figure: SubFigure, comparison: Comparison) -> None:
    ax = figure.subplots()
    trajectories(comparison, comparison.primary, ax, difference=len(comparison.names) > 1)
    ax.set_title("How the change builds up" if len(comparison.names) > 1 else "Over time")


def _head(figure: Figure, comparison: Comparison) -> None:
    """What the figure shows, in two lines."""
    figure.suptitle(
        _title(comparison) + "\n",
        x=0.012, ha="left", fontsize=13, fontweight="bold", linespacing=1.6, parse_math=False,
    )  # fmt: skip
    height = 1 - 0.5 / figure.get_figheight()
    figure.text(0.012, height, _caption(comparison), fontsize=9, color=SOFT, va="center")


def _title(comparison: Comparison) -> str:
    baseline = short_name(comparison.baseline, 60)
    if len(comparison.names) == 1:
        return f"'{baseline}' over time"
    return f"What each plan changes, compared with '{baseline}'"


def _caption(comparison: Comparison) -> str:
    days, pairs = float(comparison.runs["day"].max()), len(comparison.finished)
    return (
        f"After {days:g} days; mean of {pairs} paired run{'s' * (pairs != 1)} with 95 % intervals.  "
        "● told from zero   ○ not told from zero   × no difference in any run"
    )
