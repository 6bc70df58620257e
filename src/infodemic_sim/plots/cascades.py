"""How large, deep, broad and viral cascades are: the share that goes beyond, by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.plots.cascade_tree import SIDE_COLOURS
from infodemic_sim.plots.style import FAINT, axes_or_new, new_figure, on_log_scale, styled
from infodemic_sim.study.frames import as_pandas

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table


class Shape(NamedTuple):
    """What is told of a cascade."""

    title: str
    label: str
    log: bool
    whole: bool = True


SHAPES = {
    "size": Shape("Size", "Posts in the cascade, at least", True),
    "depth": Shape("Depth", "Most times passed on in a row, at least", False),
    "breadth": Shape("Breadth", "Most posts at one depth, at least", True),
    "virality": Shape("Structural virality", "Mean steps between two posts, at least", False, False),
}
DASH = {"accurate": "solid", "false": (0, (5, 1.5)), "neither": (0, (1.5, 1.2))}


def cascade_distribution(cascades: Table, of: str = "size", ax: Axes | None = None) -> Axes:
    """Draw which share of cascades is at least so large, a line for each side, on logarithmic axes.

    Sizes and breadths stand on a logarithmic axis too; depths, which begin at 0, and viralities, which lone
    posts do not have, on an even one.

    Parameters
    ----------
    cascades : from ``cascades_of``; tables of several runs may be joined.
    of : size, depth, breadth or virality.
    ax : axes to draw on; none: those of a new figure.
    """
    cascades = as_pandas("cascades", cascades)
    if of not in SHAPES:
        raise UnknownNameError(f"'{of}' is not a shape of cascades. {did_you_mean(of, SHAPES)}")
    with styled():
        ax = axes_or_new(ax, 5.6, 4)
        for side in (name for name in SIDE_COLOURS if (cascades["side"] == name).any()):
            x, y = beyond(cascades.loc[cascades["side"] == side, of].to_numpy(float))
            many = f"{side} ({int((cascades['side'] == side).sum()):,} cascades)"
            look: dict[str, Any] = {"color": SIDE_COLOURS[side], "linestyle": DASH[side], "label": many}
            ax.step(x, 100.0 * y, where="pre", **look)
            ax.plot(x[-1:], 100.0 * y[-1:], "o", color=SIDE_COLOURS[side], markersize=4)
        _dress(ax, SHAPES[of])
    return ax


def cascades_figure(cascades: Table) -> Figure:
    """Size, depth, breadth and virality beside each other, see ``cascade_distribution``."""
    with styled():
        figure = new_figure(9.5, 7)
        for ax, (name, shape) in zip(figure.subplots(2, 2).ravel(), SHAPES.items(), strict=True):
            cascade_distribution(cascades, name, ax)
            ax.set_title(shape.title)
            if name != "size":
                ax.get_legend().remove()
    return figure


def beyond(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each value that occurs, and the share of all cascades that have it or a larger one.

    Values that are not a number count among all, but are beyond nothing.
    """
    x, times = np.unique(values[np.isfinite(values)], return_counts=True)
    return x, times[::-1].cumsum()[::-1] / max(values.size, 1)


def _dress(ax: Axes, shape: Shape) -> None:
    ax.set_xlabel(shape.label)
    ax.set_ylabel("Share of cascades (%)")
    on_log_scale(ax, "y")
    if shape.log:
        on_log_scale(ax, "x")
    else:
        ax.xaxis.set_major_locator(MaxNLocator(integer=shape.whole))
    ax.grid(color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.legend(frameon=False, loc="upper right")
