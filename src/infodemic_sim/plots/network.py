"""People and their ties, coloured by what they believe: one moment of a run, or its start and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from infodemic_sim.cards import visible
from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import Film
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.convert import ties_of
from infodemic_sim.graphs.layout import layout
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.style import CREDENCE, SOFT, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.colorbar import Colorbar

WHOLE = Normalize(0.0, 1.0)
MOST_DOTS = 5_000
"""People up to whom each is a dot; beyond, fields of the mean."""
MOST_TIES = 2_500
FIELDS = 70
"""Fields from side to side."""
LEAST, MOST = 9.0, 50.0
"""Area of the dots of those who post nothing, and of who posts most, in square points; 500 people or more."""
MANY = 100
"""Posts from which on dots grow no more: the same in all pictures, so that they can be compared."""
DOTS = "larger dots: more posts since day 0"
IN_FRONT = 3.0
"""Below this height dots and ties become one picture, lest a drawing in lines be huge."""


def network(
    film: Film,
    frame: int = -1,
    ax: Axes | None = None,
    *,
    topic: str | None = None,
    places: np.ndarray | None = None,
    scale: bool = True,
) -> Axes:
    """Draw everybody at one moment: orange who believes what is false, blue who does not, grey between.

    Up to 5,000 people each is a dot, larger the more they have posted since day 0, false and accurate posts
    alike; of more than 2,500 ties one in so many is drawn. Beyond, fields show the mean of those in them.

    Parameters
    ----------
    frame : which of the film's frames; -1 is the last.
    ax : axes to draw on; none: those of a new figure.
    topic : whose credence; none: the first.
    places : float64[n, 2], where people stand; none: ``graphs.layout``.
    scale : draw the scale of the colours beside.
    """
    credence = film.credence[:, :, film.topic_index(topic)]
    if not -len(film.days) <= frame < len(film.days):
        raise ParameterError(f"network: the film has frames 0 to {len(film.days) - 1}, but got {frame}.")
    places = places_of(film, places)
    with styled():
        ax = square_figure(6, 6.6).add_subplot() if ax is None else ax
        draw_crowd(ax, film.graph, places, credence[frame], dot_sizes(film)[frame], drawing_order(film))
        ax.set_title(moment(film, frame, topic), parse_math=False)
        if scale:
            colour_scale([ax], topic_name(film, topic), explained(film.graph, DOTS))
    return ax


def network_before_after(film: Film, *, topic: str | None = None, places: np.ndarray | None = None) -> Figure:
    """The same people at the first and at the last moment of a film, see ``network``."""
    places = places_of(film, places)
    with styled():
        figure = square_figure(10, 6)
        axes = figure.subplots(1, 2)
        for ax, frame in zip(axes, (0, -1), strict=True):
            network(film, frame, ax, topic=topic, places=places, scale=False)
        colour_scale(list(axes), topic_name(film, topic), explained(film.graph, DOTS))
    return figure


def moment(film: Film, frame: int, topic: str | None) -> str:
    """A frame in words; of several topics it names the one that is drawn, on a line of its own."""
    about = f"\nabout {short_name(topic_name(film, topic))}" if len(film.scenario.topics) > 1 else ""
    return f"Day {film.days[frame]:g}: {100.0 * film.misinformed(topic)[frame]:.1f} % misinformed{about}"


def square_figure(width: float, height: float) -> Figure:
    """An empty figure for axes that are square."""
    figure = new_figure(width, height)
    figure.set_layout_engine("compressed")
    return figure


def dot_sizes(film: Film) -> np.ndarray:
    """Area of each person's dot in each frame, float64[m, n]: with the root of the posts since day 0."""
    larger = max(1.0, 500 / max(film.graph.n, 1)) ** 0.5
    posted = film.posted.sum(axis=2).cumsum(axis=0)
    return np.asarray(larger * (LEAST + (MOST - LEAST) * np.sqrt(np.minimum(1.0, posted / MANY))))


def draw_crowd(
    ax: Axes,
    graph: SocialGraph,
    places: np.ndarray,
    credence: np.ndarray,
    sizes: np.ndarray,
    order: np.ndarray,
) -> PathCollection | PolyCollection:
    """Everybody with their ties, from back to front in this order; or fields, where they are too many."""
    dress(ax)
    if graph.n > MOST_DOTS:
        return draw_fields(ax, places, credence)
    draw_ties(ax, graph, places)
    return draw_dots(ax, places[order], credence[order], sizes[order])


def ties_drawn(graph: SocialGraph) -> int:
    """One tie in so many."""
    return max(1, -(-graph.number_of_ties // MOST_TIES))


def draw_ties(ax: Axes, graph: SocialGraph, places: np.ndarray) -> None:
    """Faint lines; where there are too many, every k-th."""
    every, (sources, targets, _) = ties_drawn(graph), ties_of(graph)
    ends = np.stack([places[sources[::every]], places[targets[::every]]], axis=1)
    ax.add_collection(LineCollection(list(ends), colors=SOFT, linewidths=0.3, alpha=0.14, zorder=1))


def draw_dots(ax: Axes, places: np.ndarray, credence: np.ndarray, sizes: np.ndarray) -> PathCollection:
    """A dot for each person, the first behind the others."""
    look: dict[str, Any] = {"cmap": CREDENCE, "norm": WHOLE, "linewidths": 0.3, "edgecolors": "white"}
    x, y = places.T
    ax.set_rasterization_zorder(IN_FRONT)
    return ax.scatter(x, y, c=credence, s=sizes, zorder=2, **look)


def drawing_order(film: Film) -> np.ndarray:
    """People from back to front: who posts most stands behind."""
    return np.argsort(-film.posted.sum(axis=(0, 2)), kind="stable")


def draw_fields(ax: Axes, places: np.ndarray, credence: np.ndarray) -> PolyCollection:
    """Hexagons with the mean credence of those who stand in them."""
    look: dict[str, Any] = {"cmap": CREDENCE, "norm": WHOLE, "linewidths": 0.1}
    x, y = places.T
    ax.set_rasterization_zorder(IN_FRONT)
    return ax.hexbin(x, y, C=credence, gridsize=FIELDS, extent=(0, 1, 0, 1), **look)


def dress(ax: Axes) -> None:
    """Places have no unit: no axes are drawn."""
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(-0.02, 1.02)
    ax.set_aspect("equal")
    ax.set_axis_off()


def colour_scale(axes: list[Axes], topic: str, more: str) -> Colorbar:
    """What the colours mean, in words, below the axes; and what else there is to explain."""
    where: dict[str, Any] = {"location": "bottom", "aspect": 40, "shrink": 0.6, "pad": 0.01}
    bar = axes[0].figure.colorbar(ScalarMappable(WHOLE, CREDENCE), ax=axes, **where)
    words = ["0\nsure of what is false", "½\nundecided", "1\nsure of what is true"]
    bar.set_ticks([0.0, 0.5, 1.0], labels=words)
    bar.set_label("\n".join([f"Credence in the accurate position on {topic}", more]), parse_math=False)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0)
    return bar


def explained(graph: SocialGraph, dots: str = "") -> str:
    """What dots or fields are, and how many ties are lines."""
    if graph.n > MOST_DOTS:
        return "each field: mean of the people who stand there"
    every = ties_drawn(graph)
    return "; ".join(filter(None, [dots, f"one tie in {every} is drawn" if every > 1 else ""]))


def topic_name(film: Film, topic: str | None) -> str:
    """The topic asked for; none: the first."""
    return visible(film.scenario.topics[film.topic_index(topic)].name)


def places_of(film: Film, places: np.ndarray | None) -> np.ndarray:
    """The places given, if there is one for everybody; none: those of ``graphs.layout``."""
    found = layout(film.graph) if places is None else np.asarray(places, float)
    if found.shape != (film.graph.n, 2):
        raise ParameterError(
            f"places must have a row of two numbers for each of {film.graph.n} people, but have the shape "
            f"{found.shape}."
        )
    return found
