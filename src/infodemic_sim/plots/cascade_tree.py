"""One cascade as a tree: who passed a message on after whom, and when."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import SIDE_NAMES, Film
from infodemic_sim.plots.style import COLOURS, FAINT, SOFT, axes_or_new, styled, thousands

MOST_LINES = 3_000
"""Posts up to whose number they are lines in a drawing; beyond, a picture within it."""
SIDE_COLOURS = {"accurate": COLOURS[0], "false": COLOURS[1], "neither": SOFT}


class Tree(NamedTuple):
    """Posts of one message in the order of the log, parents before children.

    ``parent`` int64[m], row here, -1 the first; ``depth`` int64[m]; ``place`` float64[m], from bottom to top:
    posts that nobody passed on stand one apart, the others amid those who passed them on; ``step`` int64[m].
    """

    parent: np.ndarray
    depth: np.ndarray
    place: np.ndarray
    step: np.ndarray


def cascade_tree(
    source: Film | tuple[np.ndarray, np.ndarray],
    message: int | None = None,
    ax: Axes | None = None,
    *,
    along: Literal["time", "depth"] = "time",
) -> Axes:
    """Draw a cascade: each dot is a post, joined to the post that its author passed on.

    Parameters
    ----------
    source : a film, or the logs ``messages`` and ``posts`` as a film has them.
    message : row of the messages, see ``cascades_of``; none: the one with the most posts.
    ax : axes to draw on; none: those of a new figure.
    along : what is told from left to right, the time since the first post or the steps from it.
    """
    messages, posts = (source.messages, source.posts) if isinstance(source, Film) else source
    message = _largest(posts, messages.size) if message is None else message
    if not 0 <= message < messages.size:
        raise ParameterError(f"cascade_tree: there are messages 0 to {messages.size - 1}, but got {message}.")
    tree, side = tree_of(posts, message), SIDE_NAMES[int(messages["side"][message])]
    across, label = _across(source, tree, along)
    with styled():
        ax = axes_or_new(ax, 8, 4.8)
        _draw(ax, across, tree, SIDE_COLOURS[side])
        many = f"{tree.parent.size:,} post{'s' * (tree.parent.size != 1)}"
        named = "" if side == "neither" else f"{side} "
        ax.set_title(f"Cascade of one {named}message: {many}, {tree.depth.max()} steps deep")
        _dress(ax, label)
    return ax


def tree_of(posts: np.ndarray, message: int) -> Tree:
    """The posts of one message, and where to draw each."""
    rows = np.flatnonzero(posts["message"] == message)
    parent = np.where(posts["parent"][rows] < 0, -1, np.searchsorted(rows, posts["parent"][rows]))
    depth = np.zeros(rows.size, np.int64)
    children: list[list[int]] = [[] for _ in range(rows.size)]
    for post in range(1, rows.size):
        depth[post] = depth[parent[post]] + 1
        children[parent[post]].append(post)
    return Tree(parent, depth, _places(children), posts["step"][rows].astype(np.int64))


def _places(children: list[list[int]]) -> np.ndarray:
    """Leaves one after another, each branch together; the others amid their first and last child."""
    place, leaves, waiting = np.zeros(len(children)), 0, [0]
    while waiting:
        post = waiting.pop()
        if not children[post]:
            place[post], leaves = leaves, leaves + 1
        waiting += children[post]
    for post in range(len(children) - 1, -1, -1):
        if children[post]:
            place[post] = (place[children[post][0]] + place[children[post][-1]]) / 2.0
    return place


def _largest(posts: np.ndarray, number: int) -> int:
    """The message with the most posts, the first of equals."""
    if not posts.size:
        raise ParameterError("cascade_tree: nobody posted anything: give a run in which somebody does.")
    return int(np.bincount(posts["message"], minlength=number).argmax())


def _across(source: Film | tuple[np.ndarray, np.ndarray], tree: Tree, along: str) -> tuple[np.ndarray, str]:
    """Places from left to right, and what they mean."""
    if along not in ("time", "depth"):
        raise ParameterError(f"cascade_tree: along must be 'time' or 'depth', but got {along!r}.")
    if along == "depth":
        return tree.depth, "Times passed on since the first post"
    since = tree.step - tree.step[0]
    if isinstance(source, Film):
        return since * source.scenario.hours_per_step / 24.0, "Days since the first post"
    return since, "Time steps since the first post"


def _draw(ax: Axes, across: np.ndarray, tree: Tree, colour: str) -> None:
    """A line from each post back and over to the one it passed on; dots smaller where there are many."""
    child = np.arange(1, across.size)
    x, y, parent = across, tree.place, tree.parent[1:]
    corners = [(x[parent], y[parent]), (x[parent], y[child]), (x[child], y[child])]
    lines = np.stack([np.column_stack(corner) for corner in corners], axis=1)
    if across.size > MOST_LINES:
        ax.set_rasterization_zorder(5)
    width = 0.9 if child.size < 300 else 0.5
    ax.add_collection(LineCollection(list(lines), colors=colour, linewidths=width, alpha=0.55))
    ax.scatter(x, y, s=min(26.0, max(3.0, 4_000 / x.size)), color=colour, linewidths=0, zorder=3)
    ax.scatter(x[:1], y[:1], s=90, color=colour, edgecolors="white", linewidths=1.2, zorder=4)


def _dress(ax: Axes, label: str) -> None:
    ax.set_xlabel(label)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.margins(x=0.02, y=0.03)
    ax.locator_params(axis="x", integer="Days" not in label)
    ax.xaxis.set_major_formatter(thousands)
