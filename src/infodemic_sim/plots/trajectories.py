"""A measure over time, one line per plan with the 95 % interval of its mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from infodemic_sim.errors import ParameterError
from infodemic_sim.plots.labels import label_line_ends, note_below
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.series import by_day, differences, interval, runs_of
from infodemic_sim.plots.style import FAINT, SOFT, axes_or_new, colours, dashes, styled, thousands
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.shown import Shown, shown

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table


def trajectories(
    source: Comparison | Table,
    measure: str,
    ax: Axes | None = None,
    *,
    platform: str = "all",
    topic: str = "all",
    subgroup: str = "all",
    difference: bool = False,
) -> Axes:
    """Draw a measure by day for each plan.

    Parameters
    ----------
    source : a comparison, or a table like its ``runs``.
    ax : axes to draw on; none: those of a new figure, ``.figure`` of what comes back.
    difference : draw each plan minus the baseline, pair by pair, which takes out what chance did to both.

    Raises
    ------
    ParameterError
        If a difference is asked for, and there is one plan only.
    """
    values = by_day(runs_of(source), measure, platform, topic, subgroup)
    names, how = list(values), shown(measure)
    if difference and len(names) < 2:
        raise ParameterError("there is one plan only, so no difference to draw: draw the plan itself.")
    with styled():
        ax = axes_or_new(ax, 8, 4.5)
        if difference:
            values = differences(values)
            ax.axhline(0, color=SOFT, linewidth=1)
        _draw(ax, values, names, how.scale)
        _dress(ax, how, difference)
        note_below(ax, bands(values, difference=difference))
        keep_inside(ax)
    return ax


def bands(values: Mapping[str, pd.DataFrame], *, difference: bool) -> str:
    """What lines and bands are, in a few words; one run has no band."""
    runs = max((table.shape[1] for table in values.values()), default=0)
    what = "paired differences" if difference else "runs"
    if runs < 2:
        return "lines: the difference of one pair of runs" if difference else "lines: one run"
    return f"lines: mean of {runs} {what}; bands: 95 % interval of the mean"


def _draw(ax: Axes, values: dict[str, pd.DataFrame], names: list[str], scale: float) -> None:
    """Bands first, so that no band hides a line."""
    colour, dash = colours(names), dashes(names)
    faint = min(0.15, 0.5 / max(1, len(values)))
    ends = {name: 0.0 for name in names if name not in values}
    for layer in ("band", "line"):
        for name, table in values.items():
            days = table.index.to_numpy(float)
            mean, low, high = (line * scale for line in interval(table))
            if layer == "band":
                ax.fill_between(days, low, high, color=colour[name], alpha=faint, linewidth=0)
            else:
                ax.plot(days, mean, color=colour[name], linestyle=dash[name])
                ends[name] = float(mean[-1])
    label_line_ends(ax, ends, colour)


def _dress(ax: Axes, how: Shown, difference: bool) -> None:
    unit = how.unit_of_change if difference else how.unit
    wording = f"Change in {how.label.lower()}" if difference else how.label
    ax.set_ylabel(f"{wording}\n({unit})" if unit else wording)
    ax.set_xlabel("Days")
    ax.margins(x=0)
    ax.locator_params(axis="x", integer=True)
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.yaxis.set_major_formatter(thousands)
