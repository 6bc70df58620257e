"""Room for words on axes that somebody gave: within their figure, and beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from textwrap import fill
from typing import cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

LEAST = 0.15
"""Share of its figure that axes keep, however long their words are."""
APART = 2.0
"""Pixels between words that stand beside each other."""
ROUNDS = 3
"""Narrower axes may have other ticks, whose words are of another size."""
EDGE = 8.0
"""Pixels that stay free: words are a little wider at other resolutions."""


def keep_inside(ax: Axes) -> None:
    """Shrink axes until their words lie within the figure, and clear of axes beside them.

    A figure with a layout of its own, as ours have, sees to that itself.
    """
    if _root(ax).get_layout_engine() is not None:
        return
    room = _room(ax)
    for _ in range(ROUNDS):
        words = _words(ax)
        if room.x0 <= words.x0 and room.y0 <= words.y0 and words.x1 <= room.x1 and words.y1 <= room.y1:
            return
        _shrink(ax, words, room)


def _root(ax: Axes) -> Figure:
    return cast("Figure", ax.figure).figure  # of axes that of their part


def _words(ax: Axes) -> Bbox:
    """What axes take up with their words; narrower axes have no shorter title, so its length counts not."""
    return cast("Bbox", ax.get_tightbbox(for_layout_only=True))


def _room(ax: Axes) -> Bbox:
    """Where the words may stand, in pixels: up to the edges, or to the words of the axes beside them."""
    whole, mine = ax.figure.bbox, ax.get_window_extent()
    left, low, right, high = whole.x0, whole.y0, whole.x1, whole.y1
    for each in filter(Axes.get_visible, ax.figure.axes):
        other, words = each.get_window_extent(), _words(each)
        if other.y0 < mine.y1 and mine.y0 < other.y1:
            left = max(left, words.x1) if other.x1 <= mine.x0 else left
            right = min(right, words.x0) if other.x0 >= mine.x1 else right
        if other.x0 < mine.x1 and mine.x0 < other.x1:
            low = max(low, words.y1) if other.y1 <= mine.y0 else low
            high = min(high, words.y0) if other.y0 >= mine.y1 else high
    return Bbox.from_extents(left + EDGE, low + EDGE, right - EDGE, high - EDGE)


def _shrink(ax: Axes, words: Bbox, room: Bbox) -> None:
    """Move each side in by as much as words stick out there."""
    whole, place = ax.figure.bbox, ax.get_position()
    x0 = place.x0 + max(0.0, room.x0 - words.x0) / whole.width
    y0 = place.y0 + max(0.0, room.y0 - words.y0) / whole.height
    x1 = place.x1 - max(0.0, words.x1 - room.x1) / whole.width
    y1 = place.y1 - max(0.0, words.y1 - room.y1) / whole.height
    ax.set_position(Bbox.from_extents(x0, y0, max(x1, x0 + LEAST), max(y1, y0 + LEAST)))
    ax.set_in_layout(True)  # which setting a place by hand takes away, and bbox_inches="tight" needs


@contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    """The figure as it will be drawn; its axes then stand again where they stood."""
    places = {ax: ax.get_position(original=True) for ax in figure.axes if ax.get_in_layout()}
    figure.draw_without_rendering()
    yield
    for ax, place in places.items():
        ax.set_position(place)
        ax.set_in_layout(True)


def turn_if_crowded(ax: Axes) -> None:
    """Turn the words below axes upright, in one line each, where they would run into each other."""
    labels = ax.get_xticklabels()
    with _laid_out(_root(ax)):
        boxes = [label.get_window_extent() for label in labels]
    if any(one.x1 + APART > other.x0 for one, other in pairwise(boxes)):
        names = [label.get_text().replace("\n", " ") for label in labels]
        ax.set_xticks(ax.get_xticks(), names, rotation=90, parse_math=False)


def break_title(ax: Axes) -> None:
    """Break the title at the left of axes into lines where it would reach beyond its figure."""
    text = ax.get_title("left")
    title = next(each for each in ax.findobj(Text) if each.get_text() == text)
    for _ in range(ROUNDS):
        with _laid_out(_root(ax)):
            words, edge = title.get_window_extent(), ax.figure.bbox.x1 - EDGE
        if words.x1 <= edge:
            return
        longest = max(map(len, title.get_text().splitlines()))
        title.set_text(fill(text, max(1, int(longest * (edge - words.x0) / words.width))))
