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
from infodemic_sim.study.shown import CURRENCY, counted, paired_runs, shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

DIRECTION = {"lower": "← better", "higher": "better →", "": ""}


def comparison_figure(comparison: Comparison, effects: Table | None = None) -> Figure:
    """Ranked effects on the primary outcome, its course over time, costs and accurate posts lost.

    Costs are staff time, and money where any plan costs or saves some.

    Parameters
    ----------
    effects : ``comparison.effects()``, if it is at hand.
    """
    effects = comparison.effects() if effects is None else as_pandas("effects", effects)
    with styled():
        order = ranking(overall(effects, comparison.primary))
        beside = _beside(comparison.primary, effects)
        figure = new_figure(
            5.2 + 2.9 * len(beside) if len(beside) > 2 else 11, 5.2 + 0.34 * max(3, len(order))
        )
        rows = 0.34 * max(3, len(order)) + 0.9
        grid = figure.add_gridspec(2, 1, height_ratios=[rows, 3.6], hspace=0.06)
        if order:
            _prices(figure.add_subfigure(grid[0]), comparison, effects, order, beside)
        _course(figure.add_subfigure(grid[1] if order else grid[:]), comparison)
        _head(figure, comparison)
    return figure


def _beside(primary: str, effects: pd.DataFrame) -> dict[str, str]:
    """Titles of costs and of the side effect, by measure; the outcome itself is none of them."""
    titles = {"staff_minutes": "Cost: staff time", "money": "Cost: money", LOST.name: LOST.label}
    if not overall(effects, "money")["difference"].any():
        del titles["money"]
    titles.pop(primary, None)
    return titles


def _prices(
    figure: SubFigure,
    comparison: Comparison,
    effects: pd.DataFrame,
    order: list[str],
    beside: dict[str, str],
) -> None:
    """Panels with one row per plan: benefit, costs, side effect."""
    how, colour = shown(comparison.primary), colours(comparison.names)
    titles = {comparison.primary: how.label, **beside}
    panels = figure.subplots(1, len(titles), width_ratios=[2.1, *[1] * (len(titles) - 1)])
    for place, (ax, (measure, title)) in enumerate(zip(panels, titles.items(), strict=True)):
        effects_ranked(effects, measure, ax, order=order, colour=colour, numbers=place == 0)
        ax.set_title(title)
        ax.set_xlabel("\n".join(filter(None, (_unit(measure), DIRECTION[shown(measure).better]))))
        if place:
            ax.set_yticklabels([])


def _unit(measure: str) -> str:
    unit = shown(measure).unit_of_change
    if measure == LOST.name:
        return unit
    return "change, in the currency\nof the costs given" if unit == CURRENCY else f"change in {unit}"


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
        f"After {counted(days, 'day')}; mean of {paired_runs(pairs)} with 95 % intervals.  "
        "● told from zero   ○ not told from zero   × no difference in any run"
    )
