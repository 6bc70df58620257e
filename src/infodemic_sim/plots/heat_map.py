"""Effects by two things that vary: a field of cells, each with its number and 95 % interval."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from infodemic_sim.plots.labels import numbers_named, short_name
from infodemic_sim.plots.room import keep_inside, turn_if_crowded
from infodemic_sim.plots.style import COLOURS, FAINT, axes_or_new, styled
from infodemic_sim.study.overall import Row, about, records
from infodemic_sim.study.shown import RANGE, decimals_of_interval, from_zero, number, shown

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table

WORSE_TO_BETTER = LinearSegmentedColormap.from_list("worse to better", [COLOURS[1], "white", COLOURS[0]])
DEEPEST = 0.6
"""How far from white the largest effect is drawn, so that black numbers can be read on it."""
UNCLEAR = 0.3
"""Share of its depth that is left to the colour of an effect that cannot be told from zero."""


def heat_map(
    effects: Table,
    measure: str,
    ax: Axes | None = None,
    *,
    rows: str,
    columns: str,
    what: Literal["difference", "relative"] = "difference",
) -> Axes:
    """Draw one cell for each row of an effects table, where two columns of it say.

    Blue is better, orange worse (where neither is: more is blue); the deeper, the larger. Bold numbers: told
    from zero; the others are paler. A grey cell: there is no such row.

    Parameters
    ----------
    effects : a table like ``Comparison.effects()`` with two columns more; one row a cell.
    measure : rows of other measures are left out.
    ax : axes to draw on; none: those of a new figure.
    rows, columns : names of those columns; their values stand in the order in which they come.
    what : the paired difference, or the change relative to the baseline.
    """
    mine = about(effects, measure, rows, columns, what, "better", "pairs")
    down, across = (list(dict.fromkeys(mine[name])) for name in (rows, columns))
    with styled():
        ax = axes_or_new(ax, 1.8 + 1.15 * len(across), 1.2 + 0.55 * len(down))
        largest = float(np.nanmax(mine[what].abs().to_numpy(), initial=0.0))
        for row in records(mine):
            place = across.index(row[columns]), down.index(row[rows])
            _cell(ax, place, row, what, largest)
        _dress(ax, down, across, measure, what)
        ax.set_xlabel(numbers_named(columns, across))
        ax.set_ylabel(numbers_named(rows, down))
        keep_inside(ax)
        turn_if_crowded(ax)
        keep_inside(ax)  # upright words are longer
    return ax


def _cell(ax: Axes, place: tuple[int, int], row: Row, what: str, largest: float) -> None:
    """One square with its number and interval."""
    x, y = place
    middle, low, high = _shown(row, what)
    toward, sure = (-1.0 if row["better"] == "lower" else 1.0), from_zero(low, high, row["pairs"])
    depth = DEEPEST * float(row[what]) / largest if largest > 0 and np.isfinite(row[what]) else 0.0
    colour = WORSE_TO_BETTER(0.5 + 0.5 * toward * depth * (1.0 if sure else UNCLEAR))
    ax.fill([x - 0.5, x + 0.5, x + 0.5, x - 0.5], [y - 0.5, y - 0.5, y + 0.5, y + 0.5], color=colour, lw=0)
    wide = np.isfinite(low) and not np.isclose(low, high)
    decimals = decimals_of_interval(low, high) if wide else None
    weight = "bold" if sure else "normal"
    ax.text(x, y - 0.14, number(middle, decimals), ha="center", va="center", fontsize=9, fontweight=weight)
    if wide:
        interval = number(low, decimals) + RANGE + number(high, decimals)
        ax.text(x, y + 0.22, interval, ha="center", va="center", fontsize=6.5)


def _shown(row: Row, what: str) -> tuple[float, float, float]:
    """Estimate and ends of its interval, in the unit in which they are shown."""
    scale = 100.0 if what == "relative" else shown(row["measure"]).scale
    ends = ("low", "high") if what == "difference" else ("relative_low", "relative_high")
    middle, low, high = (float(row[name]) * scale for name in (what, *ends))
    return middle, low, high


def _dress(ax: Axes, down: list[object], across: list[object], measure: str, what: str) -> None:
    how = shown(measure)
    ax.set_xticks(range(len(across)), [fill(short_name(str(name)), 14) for name in across], parse_math=False)
    ax.set_yticks(range(len(down)), [fill(short_name(str(name)), 24) for name in down], parse_math=False)
    ax.set_xlim(-0.5, max(len(across), 1) - 0.5)
    ax.set_ylim(max(len(down), 1) - 0.5, -0.5)
    ax.tick_params(length=0)
    ax.set_facecolor(FAINT)
    for spine in ax.spines.values():
        spine.set_visible(False)
    unit = "per cent of the baseline" if what == "relative" else how.unit_of_change
    ax.set_title(f"Change in {how.label.lower()}" + f"\n({unit})" * bool(unit))
