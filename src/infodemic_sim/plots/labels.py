"""Names beside the ends of lines, moved apart so that none hides another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.legend import Legend

from infodemic_sim.cards import visible
from infodemic_sim.plots.contrast import legible
from infodemic_sim.plots.style import SOFT

GAP = 0.062
"""Least distance between two names, as a share of the height of the axes."""


def label_line_ends(ax: Axes, ends: Mapping[str, float], colour: Mapping[str, str]) -> None:
    """Write each line's name to the right of its end, with a thin connector.

    A name has the colour of its line, as much darker as it must be to be read.
    """
    low, high = ax.get_ylim()
    ax.set_ylim(low, high)
    places = apart(np.array([(end - low) / (high - low) for end in ends.values()]), GAP)
    for (name, end), place in zip(ends.items(), places, strict=True):
        height = (end - low) / (high - low)
        if not np.isfinite(height):
            continue
        across: dict[str, Any] = {"transform": ax.transAxes, "clip_on": False}
        ax.plot([1.0, 1.025], [height, place], color=SOFT, linewidth=0.6, **across)
        ax.text(
            1.03,
            place,
            short_name(name),
            color=legible(colour[name]),
            va="center",
            fontsize=8.5,
            parse_math=False,
            **across,
        )


def note_below(ax: Axes, text: str) -> None:
    """Write small below the label of the x-axis, where it says what lines and bands are."""
    ax.annotate(
        text, (0.5, 0.0), xycoords=ax.xaxis.label, xytext=(0, -2), textcoords="offset points", ha="center",
        va="top", fontsize=7.5, color=SOFT,
    )  # fmt: skip


def names_as_they_are(legend: Legend) -> None:
    """Let no name in a legend be read as a formula, such as that of a plan for 5 $ beside one for 10 $."""
    for text in legend.get_texts():
        text.set_parse_math(False)


def short_name(name: str, most: int = 34) -> str:
    """A plan's name as it fits beside a line, and as reports show it (``cards.visible``)."""
    name = visible(name)
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def numbers_named(name: str, values: Sequence[object]) -> str:
    """What values are, if they are numbers, in words; names tell it themselves."""
    numbers = all(isinstance(each, int | float | np.number) for each in values)
    return name.replace("_", " ").capitalize() if numbers else ""


def apart(places: np.ndarray, gap: float) -> np.ndarray:
    """Places moved as little as needed so that neighbours keep the gap; their order stays."""
    order = np.argsort(places, kind="stable")
    groups = [[float(place), 1] for place in places[order]]  # centre, members
    merged: list[list[float]] = []
    for group in groups:
        merged.append(list(group))
        while len(merged) > 1 and _touch(merged[-2], merged[-1], gap):
            right, left = merged.pop(), merged.pop()
            members = left[1] + right[1]
            merged.append([(left[0] * left[1] + right[0] * right[1]) / members, members])
    moved = np.concatenate([c + gap * (np.arange(m) - (m - 1) / 2) for c, m in merged] or [places])
    out = np.empty_like(places)
    out[order] = moved
    return out


def _touch(left: list[float], right: list[float], gap: float) -> bool:
    return right[0] - left[0] < gap * (left[1] + right[1]) / 2
