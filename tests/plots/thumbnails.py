"""What a figure draws, as a small text: to tell whether it still looks as it did.

``python -m tests.plots.thumbnails`` records all anew, after a change that is meant to be seen: look at the
figures first (``python -m docs.gallery docs/gallery``).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.legend import Legend
from matplotlib.text import Text
from PIL import Image

from infodemic_sim.plots import styled

GOLDEN = Path(__file__).parent / "golden"
WIDE, HIGH = 32, 24
TOLERANCE = 2
"""Levels of 255 by which a field may differ: a machine that rounds otherwise moves a pixel by one at most, so
the mean of a field by one, and its rounding by half."""


def thumbnail(figure) -> np.ndarray:
    """Means over 32 × 24 fields of what is drawn without words: uint8[24, 32, 3], red, green and blue.

    Words differ by machine with the program that draws letters, and so does a layout that makes room for
    them; their places are therefore left as they are before it, and what they say is for other tests.
    """
    figure.set_layout_engine("none")
    for words in (*figure.findobj(Text), *figure.findobj(Legend)):
        words.set_visible(False)
    with styled():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    image = Image.fromarray(np.array(canvas.buffer_rgba())[..., :3])
    return np.asarray(image.resize((WIDE, HIGH), Image.Resampling.BOX))


def apart(one: np.ndarray, other: np.ndarray) -> int:
    """The largest difference in any field."""
    return int(np.abs(one.astype(int) - other).max())


def as_text(small: np.ndarray) -> str:
    """A line for each row, six hexadecimal digits for each field; dots where it is white."""
    rows = (" ".join(bytes(field).hex() for field in row) for row in small)
    return "\n".join(rows).replace("ffffff", "......") + "\n"


def from_text(text: str) -> np.ndarray:
    """What ``as_text`` wrote."""
    rows = [row.replace("......", "ffffff").split() for row in text.splitlines()]
    return np.array([[list(bytes.fromhex(field)) for field in row] for row in rows], np.uint8)


def main() -> None:
    """Record every figure anew."""
    from tests.plots.figures import FIGURES

    GOLDEN.mkdir(exist_ok=True)
    for name, draw in FIGURES.items():
        (GOLDEN / f"{name}.txt").write_text(as_text(thumbnail(draw())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
