"""The same people before, and at the end of two plans: where on the network a plan helps."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure

from infodemic_sim.filming import Film
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.network import (
    DOTS,
    colour_scale,
    explained,
    moment,
    network,
    places_of,
    square_figure,
    topic_name,
)
from infodemic_sim.plots.style import styled


def networks_of_plans(films: Mapping[str, Film]) -> Figure:
    """Draw the first moment of the first plan, and the last of each, see ``network``.

    Parameters
    ----------
    films : by name of the plan; of the same people and draws, so that the first moment is that of all.
    """
    names = list(films)
    first = films[names[0]]
    places = places_of(first, None)
    with styled():
        figure = square_figure(3.2 * (1 + len(names)), 4.6)
        axes = figure.subplots(1, 1 + len(names))
        network(first, 0, axes[0], places=places, scale=False)
        for ax, name in zip(axes[1:], names, strict=True):
            network(films[name], -1, ax, places=places, scale=False)
            ax.set_title(f"{short_name(name, 30)}\n{moment(films[name], -1, None)}", parse_math=False)
        axes[0].set_title(f"Before\n{moment(first, 0, None)}", parse_math=False)
        colour_scale(list(axes), topic_name(first, None), explained(first.graph, DOTS))
    return figure
