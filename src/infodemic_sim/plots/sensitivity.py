"""On which parameters an outcome hangs: indices with intervals, and tornadoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.style import COLOURS, INK, SOFT, axes_or_new, new_figure, styled
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.shown import shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

TITLES = {
    "mu_star": "Mean absolute effect (Morris’ μ*)",
    "ST": "Share of the variance, with interactions (Sobol’s total index)",
    "S1": "Share of the variance, alone (Sobol’s first index)",
    "delta": "Shift of the distribution (Borgonovo’s δ)",
    "pawn": "Distance between distributions (PAWN, median)",
}
IN_UNITS = ("mu_star", "sigma")
"""Numbers in the unit of what was measured; the others are shares."""


def sensitivity_bars(
    table: Table, outcome: str, measure: str, ax: Axes | None = None, *, index: str = ""
) -> Axes:
    """Draw a bar with its 95 % interval for each parameter, the one on which most hangs on top.

    Parameters
    ----------
    table : that of an answer (``Answer.table``).
    outcome : one of its outcomes.
    measure : what was measured, for the unit of effects.
    ax : axes to draw on; none: those of a new figure.
    index : which number; none: the first of the method.
    """
    rows = _ranked(table, outcome, index)
    name, how = str(rows["index"].iloc[0]), shown(measure)
    scale, unit = (how.scale, how.unit_of_change) if name in IN_UNITS else (1.0, "")
    value, low, high = (scale * rows[each].to_numpy(float) for each in ("value", "low", "high"))
    with styled():
        ax = axes_or_new(ax, 7.5, 1.2 + 0.34 * len(rows))
        places = np.arange(len(rows))
        ax.barh(places, value, height=0.6, color=COLOURS[0])
        reach = np.nan_to_num(np.clip([value - low, high - value], 0.0, None))
        ax.errorbar(value, places, xerr=reach, fmt="none", ecolor=INK, elinewidth=1.2)
        _dress(ax, list(rows["parameter"]))
        ax.set_title(TITLES.get(name, name) + f"\n{_shortened(outcome)}", parse_math=False)
        ax.set_xlabel(unit)
        ax.axvline(0.0, color=SOFT, linewidth=0.8)
        keep_inside(ax)
    return ax


def tornado(table: Table, outcome: str, measure: str, ax: Axes | None = None) -> Axes:
    """Draw how far an outcome moves from one end of each parameter's range to the other.

    Parameters
    ----------
    table : that of an answer (``Answer.table``).
    outcome : one of its outcomes.
    measure : what was measured, for its unit.
    ax : axes to draw on; none: those of a new figure.
    """
    rows = _ranked(table, outcome, "")
    rows = rows.assign(width=(rows["at_high"] - rows["at_low"]).abs()).sort_values(
        "width", ascending=False, kind="stable"
    )
    how, is_change = shown(measure), " − " in outcome
    with styled():
        ax = axes_or_new(ax, 7.5, 1.2 + 0.34 * len(rows))
        for place, row in enumerate(rows.to_dict("records")):
            low, high = float(row["at_low"]) * how.scale, float(row["at_high"]) * how.scale
            ax.plot([low, high], [place, place], color=SOFT, linewidth=5, alpha=0.35, solid_capstyle="butt")
            ax.plot(low, place, "o", color=COLOURS[5], label="lowest value" if place == 0 else None)
            ax.plot(high, place, "o", color=COLOURS[1], label="highest value" if place == 0 else None)
        _dress(ax, list(rows["parameter"]))
        if is_change:
            ax.axvline(0.0, color=SOFT, linewidth=0.8)
        ax.set_title(f"Where the parameter is low, and high\n{_shortened(outcome)}", parse_math=False)
        what = f"change in {how.label.lower()}" if is_change else how.label.lower()
        unit = how.unit_of_change if is_change else how.unit
        ax.set_xlabel(f"{what} ({unit})" if unit else what)
        ax.legend(frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(0.62, 0.98), ncols=2)
        keep_inside(ax)
    return ax


def sensitivity_figure(table: Table, measure: str) -> Figure:
    """Both drawings of every outcome of an answer, a row each."""
    table = as_pandas("table", table)
    outcomes = list(dict.fromkeys(table["outcome"]))
    parameters = table["parameter"].nunique()
    with styled():
        figure = new_figure(13.5, len(outcomes) * (1.5 + 0.32 * parameters))
        axes = figure.subplots(len(outcomes), 2, squeeze=False)
        for (left, right), outcome in zip(axes, outcomes, strict=True):
            sensitivity_bars(table, outcome, measure, left)
            tornado(table, outcome, measure, right)
    return figure


def _ranked(table: Table, outcome: str, index: str) -> pd.DataFrame:
    table = as_pandas("table", table)
    mine = table[table["outcome"] == outcome]
    mine = mine[mine["index"] == (index or mine["index"].iloc[0])]
    return mine.sort_values("rank", kind="stable")


def _dress(ax: Axes, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), [readable(name) for name in names], parse_math=False)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)


def _shortened(outcome: str) -> str:
    """An outcome whose plans have no longer names than there is room for."""
    return " − ".join(short_name(plan, 28) for plan in outcome.split(" − "))


def readable(path: str) -> str:
    """The end of a path, and what it belongs to, in words; of what has a place in a list, the list's name."""
    *_, several, owner, name = ["", "", *path.split(".")]
    owner = several.removesuffix("s") if owner.isdecimal() else owner
    return short_name(f"{owner}: {name}".replace("_", " ").removeprefix(": "), 44)
