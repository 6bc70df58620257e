"""How figures look, and how they become files: equal figures give equal bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, Locator, LogLocator, MaxNLocator, NullFormatter

from infodemic_sim.errors import ParameterError
from infodemic_sim.writing import replacing

INK, SOFT, FAINT = "#222222", "#6b6b6b", "#e4e4e4"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8c564b", "#5e3c99")
"""After Okabe and Ito: told apart by people with any kind of colour vision."""
BELIEFS = {"misinformed": "#f39c12", "unsure": "#7a7a7a", "accurate": "#003f7f"}
"""From light orange over grey to dark blue: in grey print, too, each is darker than the one before."""
CREDENCE = LinearSegmentedColormap.from_list("credence", list(BELIEFS.values()))
"""Colours of people by their credence in the accurate position, 0 to 1."""
POSTED_FALSE = COLOURS[1]
"""The ring around who posted misinformation."""
DASHES = ("solid", (0, (5, 1.5)), (0, (1.5, 1.2)))
STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 9,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.linewidth": 1.8,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "svg.fonttype": "none",
    "svg.hashsalt": "infodemic-sim",
}
LEAST_TICKS, MOST_TICKS = 3, 9
"""Numbers along a logarithmic axis."""
PICTURES = 120
"""Dots per inch of what is a picture within a drawing in lines, such as a network of thousands."""


@contextmanager
def styled() -> Iterator[None]:
    """The look of our figures, whatever the user's own settings, while the block lasts.

    A name in letters that our font lacks is drawn with boxes, and stands in full beside the figure.
    """
    with matplotlib.style.context(STYLE, after_reset=True), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        yield


class Picture(Figure):
    """A figure that needs no window, and that a notebook shows where it is the last value of a cell."""

    def _repr_png_(self) -> bytes:
        return png_bytes(self, self.dpi)


def new_figure(width: float, height: float) -> Figure:
    """An empty figure in inches that needs no display."""
    figure = Picture(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def axes_or_new(ax: Axes | None, width: float, height: float) -> Axes:
    """The axes given, or those of a new figure."""
    return new_figure(width, height).add_subplot() if ax is None else ax


def colours(names: Sequence[str]) -> dict[str, str]:
    """A colour for each plan: the baseline dark, the others from the palette in their order."""
    others = {name: COLOURS[k % len(COLOURS)] for k, name in enumerate(names[1:])}
    return {names[0]: INK, **others} if names else {}


def dashes(names: Sequence[str]) -> dict[str, object]:
    """A line style for each plan, which changes when the colours begin again."""
    others = {name: DASHES[k // len(COLOURS) % len(DASHES)] for k, name in enumerate(names[1:])}
    return {names[0]: "solid", **others} if names else {}


def thousands(value: float, place: float | None = None) -> str:
    """A tick with thousands apart and a true minus sign."""
    return f"{value:,.10g}".replace("-", "−")


def on_log_scale(ax: Axes, which: Literal["x", "y"]) -> None:
    """Make an axis logarithmic, once all is drawn, with three numbers at least.

    They stand at powers of ten; where few of these fit, at twice and five times as much, too; else evenly.
    """
    ax.set(**{f"{which}scale": "log"})
    axis = ax.xaxis if which == "x" else ax.yaxis
    low, high = sorted(axis.get_view_interval())
    axis.set_major_locator(_log_ticks(low, high))
    axis.set_major_formatter(FuncFormatter(thousands))
    axis.set_minor_formatter(NullFormatter())


def _log_ticks(low: float, high: float) -> Locator:
    """The sparsest places that leave three numbers between two ends."""
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.log10(high) + 1.0)
    for steps in ((1.0,), (1.0, 2.0, 5.0)):
        places = np.outer(powers, steps)
        if np.sum((low <= places) & (places <= high)) >= LEAST_TICKS:
            return LogLocator(subs=steps, numticks=MOST_TICKS)
    return MaxNLocator(LEAST_TICKS + 2, min_n_ticks=LEAST_TICKS)


def save_figure(figure: Figure | Axes, path: str | Path) -> Path:
    """Write a figure, or that of some axes, as its extension says (png, svg, pdf).

    It is there at once or not at all, without a date.
    """
    path = Path(path)
    whole = cast("Figure", figure.figure).figure  # of axes that of their part, of a figure itself
    nothing: dict[str, dict[str, str | None]] = {
        ".svg": {"Date": None, "Creator": None},
        ".png": {"Software": None},
        ".pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
    }
    if path.suffix[1:].lower() not in whole.canvas.get_supported_filetypes():
        raise ParameterError(f"{path}: a figure is written as .png, .svg or .pdf: name a file that ends so.")
    with styled(), replacing(path) as scratch:
        dpi = STYLE["savefig.dpi"] if path.suffix == ".png" else PICTURES
        whole.savefig(scratch, metadata=nothing.get(path.suffix, {}), dpi=dpi)
    return path


def png_bytes(figure: Figure, dpi: float = PICTURES) -> bytes:
    """A figure as a PNG, by default for a screen, without a date."""
    stream = io.BytesIO()
    with styled():
        figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


def svg_text(figure: Figure | Axes) -> str:
    """A figure, or that of some axes, as SVG without its prologue, to stand within a page."""
    stream = io.StringIO()
    figure = cast("Figure", figure.figure).figure
    with styled():
        figure.savefig(stream, format="svg", dpi=PICTURES, metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
