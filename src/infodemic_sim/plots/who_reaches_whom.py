"""From which group of people what each group passes on comes."""

from __future__ import annotations

from textwrap import fill
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import SIDE_NAMES, Film
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.plots.contrast import ink_on
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.room import break_title, keep_inside, turn_if_crowded
from infodemic_sim.plots.style import COLOURS, INK, SOFT, axes_or_new, styled

MOST_GROUPS = 12
NONE_TO_ALL = LinearSegmentedColormap.from_list("none to all", ["white", "#a9cfe6", COLOURS[0]])


def who_reaches_whom(
    film: Film,
    by: str | Categories,
    ax: Axes | None = None,
    *,
    of: Literal["passed on", "seen"] = "passed on",
    side: Literal["all", "accurate", "false"] = "all",
) -> Axes:
    """Draw a row for each group: of the posts that its people passed on, how many per cent came from whom.

    Rows add up to 100 % of the number beside them. Frames mark what stays within a group. Beyond twelve
    groups the smallest are "others"; people in no group are left out.

    Parameters
    ----------
    by : a partition of people (role, literacy, age, trust, or an attribute of the graph), or categories.
    ax : axes to draw on; none: those of a new figure.
    of : the posts passed on since day 0, or the ties over which people see each other.
    side : of posts, only those of one side.
    """
    codes, names = few(*_groups(film, by))
    table = passing(film, codes, len(names), of, side)
    with styled():
        ax = axes_or_new(ax, 3.2 + 0.82 * len(names), 2.2 + 0.42 * len(names))
        totals = table.sum(axis=1)
        share = 100.0 * table / np.where(totals > 0, totals, 1)[:, None]
        ax.pcolormesh(share, cmap=NONE_TO_ALL, vmin=0.0, vmax=100.0, edgecolors="white", linewidth=1.0)
        for reader, author in np.ndindex(*share.shape):
            _number(ax, float(share[reader, author]), author, reader, known=totals[reader] > 0)
        for k in range(len(names)):
            ax.plot([k, k + 1, k + 1, k, k], [k, k, k + 1, k + 1, k], color=INK, linewidth=1.0)
        _dress(ax, names, totals, of, side)
        keep_inside(ax)
        turn_if_crowded(ax)
        keep_inside(ax)  # upright words are longer
        break_title(ax)
        keep_inside(ax)  # two lines are higher
    return ax


def passing(film: Film, codes: np.ndarray, groups: int, of: str, side: str) -> np.ndarray:
    """How often people of each group (rows) pass on, or see, people of each group (columns): int64."""
    if of not in ("passed on", "seen") or side not in ("all", "accurate", "false"):
        raise ParameterError(
            "who_reaches_whom: of must be 'passed on' or 'seen', and side 'all', 'accurate' or 'false', but "
            f"got {of!r} and {side!r}."
        )
    if of == "seen":
        readers = np.repeat(np.arange(film.graph.n), film.graph.degrees())
        authors = film.graph.indices
    else:
        readers, authors = _passed_on(film, side)
    both = codes[readers], codes[authors]
    known = (both[0] >= 0) & (both[1] >= 0)
    places = both[0][known].astype(np.int64) * groups + both[1][known]
    return np.bincount(places, minlength=groups * groups).reshape(groups, groups)


def _passed_on(film: Film, side: str) -> tuple[np.ndarray, np.ndarray]:
    """Who passed on a post since day 0, and whose: int32[m] each."""
    posts = film.posts
    mine = (posts["parent"] >= 0) & (posts["step"] >= film.scenario.warm_up_steps)
    if side != "all":
        sign = next(sign for sign, name in SIDE_NAMES.items() if name == side)
        mine &= film.messages["side"][posts["message"]] == sign
    return posts["person"][mine], posts["person"][posts["parent"][mine]]


def _groups(film: Film, by: str | Categories) -> tuple[np.ndarray, tuple[str, ...]]:
    if isinstance(by, str):
        codes, names = film.partition(by)
        return codes, tuple(f"{by} {name}" if name.isdecimal() else name for name in names)
    if len(by) != film.graph.n:
        raise ParameterError(
            f"who_reaches_whom: by must tell the group of each of {film.graph.n} people, but tells {len(by)}."
        )
    return by.codes, by.levels


def few(codes: np.ndarray, names: tuple[str, ...]) -> tuple[np.ndarray, list[str]]:
    """Groups that somebody is in; the smallest of too many together."""
    people = np.bincount(codes[codes >= 0], minlength=len(names))
    kept = np.flatnonzero(people)
    others = kept.size > MOST_GROUPS
    if others:
        kept = np.sort(np.argsort(-people, kind="stable")[: MOST_GROUPS - 1])
    place = np.full(len(names) + 1, kept.size if others else -1)
    place[kept], place[-1] = np.arange(kept.size), -1
    counted = [f"{names[k]} ({people[k]:,})".replace("_", " ") for k in kept]
    rest = int(people.sum() - people[kept].sum())
    return place[codes], [*counted, *([f"others ({rest:,})"] * others)]


def _number(ax: Axes, share: float, x: int, y: int, *, known: bool) -> None:
    text = "–" if not known else f"{share:.0f}" if share >= 0.5 or share == 0 else "<1"
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8.5}
    ax.text(x + 0.5, y + 0.5, text, color=ink_on(NONE_TO_ALL(share / 100.0)), **look)


def _in_lines(name: str) -> str:
    """A group's name over its number of people, for below a column."""
    called, _, number = name.rpartition(" (")
    return f"{fill(short_name(called), 12)}\n({number}"


def _dress(ax: Axes, names: list[str], totals: np.ndarray, of: str, side: str) -> None:
    places = np.arange(len(names)) + 0.5
    ax.set_xticks(places, [_in_lines(name) for name in names], parse_math=False)
    ax.set_yticks(places, [short_name(name) for name in names], parse_math=False)
    ax.set_xlim(0, len(names))
    ax.set_ylim(len(names), 0)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    for place, total in zip(places, totals, strict=True):
        ax.text(len(names) + 0.1, place, f"of {total:,}", va="center", fontsize=8.5, color=SOFT)
    what = "posts" if side == "all" else f"{side} posts"
    ax.set_title("Whom people see (%)" if of == "seen" else f"Whose {what} people pass on (%)")
    ax.set_xlabel("… see these" if of == "seen" else "… come from these")
    ax.set_ylabel("These …" if of == "seen" else "What these pass on …")
