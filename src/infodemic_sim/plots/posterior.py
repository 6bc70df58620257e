"""What a calibration learnt: parameters before and after the evidence, and new runs beside it."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.rows import off_the_edge
from infodemic_sim.plots.style import COLOURS, FAINT, INK, SOFT, axes_or_new, new_figure, on_log_scale, styled
from infodemic_sim.study.shown import number

COLUMNS, BINS = 3, 14
EXPLAINED = "filled: after the evidence   dashed: before it   dot and line: mean and central 90 %"
WIDEST = 6.0
"""Beyond so many standard errors of the evidence, a number is an arrow at the edge."""


def posterior_figure(posterior: Posterior) -> Figure:
    """One panel for each parameter: how likely its values are after the evidence, and before it."""
    paths = posterior.paths
    rows = math.ceil(len(paths) / COLUMNS)
    with styled():
        figure = new_figure(3.4 * min(COLUMNS, len(paths)), 2.5 * rows + 0.4)
        for place, path in enumerate(paths):
            marginal(posterior, path, figure.add_subplot(rows, min(COLUMNS, len(paths)), place + 1))
        figure.supxlabel(EXPLAINED if len(paths) > 1 else EXPLAINED.replace("   ", "\n"), fontsize=8)
    return figure


def marginal(posterior: Posterior, path: str, ax: Axes | None = None) -> Axes:
    """Draw how likely values of one parameter are, after the evidence (filled) and before it (line).

    Axes are logarithmic where the range was. The dot is the mean, its line the central 90 %.
    """
    said = posterior.question["parameters"][path]
    log = isinstance(said, dict) and said.get("scale") == "log"
    after, before = posterior.points[path].to_numpy(float), posterior.before[path].to_numpy(float)
    low, high = min(after.min(), before.min()), max(after.max(), before.max())
    edges = np.geomspace(low, high, BINS + 1) if log else np.linspace(low, high, BINS + 1)
    row = posterior.summary().set_index("parameter").loc[path]
    with styled():
        ax = axes_or_new(ax, 3.4, 2.5)
        shares = np.histogram(after, edges, weights=posterior.points["weight"].to_numpy())[0]
        ax.stairs(shares, edges, fill=True, color=COLOURS[0], alpha=0.35)
        ax.stairs(np.full(BINS, 1.0 / BINS), edges, color=SOFT, linewidth=1.0, linestyle="dashed")
        height = -0.08 * shares.max()
        ax.plot([row["q05"], row["q95"]], [height, height], color=COLOURS[0])
        ax.plot(row["mean"], height, "o", color=COLOURS[0], markersize=5)
        if log:
            on_log_scale(ax, "x")
        ax.set_title(short_name(path.rpartition(".")[2].replace("_", " "), 36), pad=4)
        ax.set_xlabel(short_name(path, 44), fontsize=7, color=SOFT)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
    return ax


def agreement_with_evidence(posterior: Posterior, ax: Axes | None = None) -> Axes:
    """Draw one row for each number: its 95 % interval as observed, and where new runs lie.

    All in standard errors of the evidence from what was observed. The band is the observed interval, the dot
    the mean of new runs, the line the central 95 % of them; a hollow dot means that parameters were not
    inferred from the number. An arrow at the edge stands for a dot beyond it.
    """
    table = posterior.check()
    errors = posterior.observed.errors
    beyond = False
    with styled():
        ax = axes_or_new(ax, 10, 1.6 + 0.42 * len(table))
        ax.axvline(0, color=SOFT, linewidth=0.8, zorder=1)
        for place, (row, error) in enumerate(zip(table.to_dict("records"), errors, strict=True)):
            at = {name: (row[name] - row["observed"]) / error for name in PLACES}
            beyond |= _draw(ax, place, at, row)
        ax.set_yticks(range(len(table)), [short_name(name, 60) for name in table["number"]])
        ax.set_ylim(len(table) - 0.4, -0.6)
        ax.set_xlim(-WIDEST - 0.2, WIDEST + 0.2)
        ax.set_xlabel(
            "new runs − observed, in standard errors of what was observed\n"
            "grey: observed 95 %   ● fitted   ○ predicted   line: 95 % of new runs   "
            + "▶ ◀ beyond the edge   " * beyond
            + "right: ours / observed"
        )
        ax.tick_params(axis="y", length=0)
        keep_inside(ax)
    return ax


PLACES = ("observed_low", "observed_high", "ours", "ours_low", "ours_high")


def _draw(ax: Axes, place: int, at: dict[str, float], row: dict) -> bool:
    """One number; whether its dot lies beyond the edge."""
    colour = COLOURS[0] if row["inside"] else COLOURS[1]
    low, high = _cut(at["observed_low"]), _cut(at["observed_high"])
    ax.barh(place, high - low, left=low, height=0.62, color=FAINT, zorder=0)
    ours = [_cut(at["ours_low"]), _cut(at["ours_high"])]
    ax.plot(ours, [place, place], color=colour, linewidth=1.6, solid_capstyle="butt")
    if not (beyond := off_the_edge(ax, place, at["ours"], WIDEST)):
        filled = colour if row["used"] == "FITTED" else "white"
        ax.plot(at["ours"], place, "o", color=colour, markerfacecolor=filled, markersize=6)
    ax.annotate(
        f"{number(row['ours'])} / {number(row['observed'])}", (1.0, place),
        xycoords=("axes fraction", "data"), xytext=(4, 0), textcoords="offset points", va="center",
        fontsize=8, color=INK,
    )  # fmt: skip
    return beyond


def _cut(value: float) -> float:
    """A place within the edges."""
    return min(WIDEST, max(-WIDEST, value))
