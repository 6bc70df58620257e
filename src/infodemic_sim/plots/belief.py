"""How many people believe what, day by day."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from infodemic_sim.filming import Film
from infodemic_sim.plots.labels import label_line_ends
from infodemic_sim.plots.network import topic_name
from infodemic_sim.plots.room import keep_inside
from infodemic_sim.plots.style import CREDENCE, INK, axes_or_new, styled

EDGES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Credences at which one band ends and the next begins; below one half people are misinformed."""
NAMES = (
    "sure of what is false (below .1)",
    "believe what is false (.1 to .3)",
    "lean to what is false (.3 to .5)",
    "lean to what is true (.5 to .7)",
    "believe what is true (.7 to .9)",
    "sure of what is true (.9 and up)",
)


def belief_distribution(film: Film, topic: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the shares of people by credence in the accurate position, as bands over time.

    The bold line is the upper edge of those below one half: the share of the misinformed.

    Parameters
    ----------
    topic : whose credence; none: the first.
    ax : axes to draw on; none: those of a new figure.
    """
    below = shares_below(film.credence[:, :, film.topic_index(topic)])
    with styled():
        ax = axes_or_new(ax, 8.5, 4.5)
        edges = np.column_stack([np.zeros(len(below)), below, np.full(len(below), 100.0)])
        for band, (low, high) in enumerate(zip(edges.T, edges.T[1:], strict=False)):
            ax.fill_between(film.days, low, high, color=CREDENCE(band / len(EDGES)), linewidth=0)
        ax.plot(film.days, below[:, 2], color=INK, linewidth=2.2)
        _dress(ax)
        title = f"What people believe on {topic_name(film, topic)}"
        ax.set_title(f"{title}\n{_below_the_line(film, below[:, 2])}", parse_math=False)
        middles = (edges[-1, 1:] + edges[-1, :-1]) / 2.0
        label_line_ends(ax, dict(zip(NAMES, middles.tolist(), strict=True)), dict.fromkeys(NAMES, INK))
        keep_inside(ax)
    return ax


def shares_below(credence: np.ndarray) -> np.ndarray:
    """Per cent of people below each edge in each frame: float64[m, edges] from float32[m, n]."""
    return 100.0 * np.stack([(credence < np.float32(edge)).mean(axis=1) for edge in EDGES], axis=1)


def _below_the_line(film: Film, share: np.ndarray) -> str:
    first, last = (f"{share[frame]:.1f} % on day {film.days[frame]:g}" for frame in (0, -1))
    return f"below the line they are misinformed: {first}, {last}"


def _dress(ax: Axes) -> None:
    ax.set_xlabel("Days")
    ax.set_ylabel("Share of people (%)")
    ax.set_ylim(0, 100)
    ax.margins(x=0)
    ax.locator_params(axis="x", integer=True)
