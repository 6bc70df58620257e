"""A run as a film: everybody, coloured by what they believe, and the curve of the misinformed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import Film
from infodemic_sim.plots.moving import check_path, write_pictures
from infodemic_sim.plots.network import (
    DOTS,
    colour_scale,
    dot_sizes,
    draw_crowd,
    draw_fields,
    drawing_order,
    explained,
    moment,
    places_of,
    square_figure,
    topic_name,
)
from infodemic_sim.plots.style import CREDENCE, FAINT, INK, styled, thousands

DOTS_PER_INCH = 100
REST = 2.0
"""Seconds for which the last moment stays."""


def animate(
    film: Film,
    path: str | Path,
    *,
    topic: str | None = None,
    places: np.ndarray | None = None,
    per_second: float = 6.0,
    overwrite: bool = False,
) -> Path:
    """Write a film of a run, a picture for each frame; the file appears whole or not at all.

    Dots and fields are those of ``network``; beside them grows the share of the misinformed.

    Parameters
    ----------
    path : a file that ends in .gif, or in .mp4, for which ffmpeg must be there.
    topic : whose credence; none: the first.
    places : float64[n, 2], where people stand; none: ``graphs.layout``.
    per_second : frames shown in a second.
    overwrite : replace a file that is there.

    Raises
    ------
    OutputExistsError
        If the file is there and ``overwrite`` is false.
    UnwritableError
        If ffmpeg is needed and is not there, or fails.
    """
    path = Path(path)
    check_path(path, overwrite)
    if not 0.1 <= per_second <= 60.0:
        raise ParameterError(f"animate: per_second must be from 0.1 to 60 frames, but got {per_second!r}.")
    rest = max(0, round(REST * per_second) - 1)
    with styled():
        pictures = _pictures(Stage(film, topic, places_of(film, places)), len(film.days), rest)
        write_pictures(pictures, path, per_second=per_second, palette=palette())
    return path


class Stage:
    """What stays is drawn once; what moves is drawn over it, frame by frame."""

    def __init__(self, film: Film, topic: str | None, places: np.ndarray) -> None:
        self.film, self.topic, self.places = film, topic, places
        self.credence = film.credence[:, :, film.topic_index(topic)]
        self.share = 100.0 * film.misinformed(topic)
        self.sizes, self.order = dot_sizes(film), drawing_order(film)
        self.figure = square_figure(10, 6)
        self.crowd, curve = self.figure.subplots(1, 2)
        last = (places, self.credence[-1], self.sizes[-1], self.order)
        self.people = draw_crowd(self.crowd, film.graph, *last)
        self.line, self.end = _curve(curve, film.days, self.share)
        self.said = self.crowd.set_title(moment(film, -1, topic), parse_math=False)
        colour_scale([self.crowd], topic_name(film, topic), explained(film.graph, DOTS))
        self.canvas = _settled(self.figure)
        self.renderer, self.behind = self.canvas.get_renderer(), _background(self.canvas, self.moving)

    @property
    def moving(self) -> list[Artist]:
        """What is drawn anew in each frame."""
        return [self.people, self.line, self.end, self.said]

    def picture(self, frame: int) -> np.ndarray:
        """One frame, uint8[height, width, 3]."""
        self._show(frame)
        self.canvas.restore_region(self.behind)
        for artist in self.moving:
            artist.draw(self.renderer)
        return np.array(self.canvas.buffer_rgba())[..., :3]

    def _show(self, frame: int) -> None:
        if isinstance(self.people, PolyCollection):
            self.people.remove()
            self.people = draw_fields(self.crowd, self.places, self.credence[frame])
        else:
            self.people.set_array(self.credence[frame][self.order])
            self.people.set_sizes(self.sizes[frame][self.order])
        days, share = self.film.days[: frame + 1], self.share[: frame + 1]
        self.line.set_data(days, share)
        self.end.set_data(days[-1:], share[-1:])
        self.said.set_text(moment(self.film, frame, self.topic))


def _pictures(stage: Stage, frames: int, rest: int) -> Iterator[np.ndarray]:
    for frame in range(frames):
        yield (last := stage.picture(frame))
    for _ in range(rest):
        yield last


def palette() -> np.ndarray:
    """Greys from black to white, and the colours of belief, whole and mixed with white: uint8[224, 3]."""
    grey = np.repeat(np.linspace(0.0, 1.0, 32)[:, None], 3, axis=1)
    belief = CREDENCE(np.linspace(0.0, 1.0, 64))[:, :3]
    mixed = [1.0 - part * (1.0 - belief) for part in (1.0, 0.7, 0.4)]
    return np.round(255.0 * np.concatenate([grey, *mixed])).astype(np.uint8)


def _curve(ax: Axes, days: np.ndarray, share: np.ndarray) -> tuple[Line2D, Line2D]:
    """Axes wide enough for the whole run, and a line that grows."""
    ax.set_xlim(days[0], max(days[-1], days[0] + 1e-9))
    ax.set_ylim(0.0, max(1.0, 1.15 * float(share.max())))
    ax.set_xlabel("Days")
    ax.set_title("Misinformed people (%)")
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.yaxis.set_major_formatter(thousands)
    (line,) = ax.plot(days, share, color=INK, clip_on=False)
    (end,) = ax.plot(days[-1:], share[-1:], "o", color=INK, markersize=6, clip_on=False)
    return line, end


def _settled(figure: Figure) -> FigureCanvasAgg:
    """The figure's canvas, its layout done once and for all."""
    figure.set_dpi(DOTS_PER_INCH)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    figure.set_layout_engine("none")
    return canvas


def _background(canvas: FigureCanvasAgg, moving: list[Artist]) -> Any:
    """The picture without what moves."""
    for artist in moving:
        artist.set_animated(True)
    canvas.draw()
    return canvas.copy_from_bbox(canvas.figure.bbox)
