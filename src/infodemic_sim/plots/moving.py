"""Pictures in a row as one file: a GIF, or an MP4 by the program ffmpeg."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import numpy as np
from PIL import Image

from infodemic_sim.errors import OutputExistsError, ParameterError, UnwritableError
from infodemic_sim.writing import replacing

KINDS = (".gif", ".mp4")


def check_path(path: Path, overwrite: bool) -> None:
    """Refuse, before anything is drawn, what cannot be written."""
    if path.suffix not in KINDS:
        raise ParameterError(f"{path}: a film is a GIF or an MP4: name a file that ends in .gif or .mp4.")
    if path.exists() and not overwrite:
        raise OutputExistsError(f"{path} is there already: choose another name, or overwrite it.")
    if not path.parent.is_dir():
        raise UnwritableError(f"{path}: there is no folder {path.parent}: make it first.")
    if path.suffix == ".mp4" and shutil.which("ffmpeg") is None:
        raise UnwritableError(
            f"{path}: MP4 needs the program ffmpeg, which is not found: install it (on Debian: apt install "
            "ffmpeg) or name a file that ends in .gif."
        )


def write_pictures(
    pictures: Iterator[np.ndarray], path: Path, *, per_second: float, palette: np.ndarray
) -> None:
    """Write pictures, uint8[height, width, 3] of even sides, at once or not at all.

    palette : uint8[k, 3], the colours of a GIF, 256 at most.
    """
    with replacing(path) as scratch:
        if path.suffix == ".gif":
            _as_gif(pictures, scratch, per_second, palette)
        else:
            _as_mp4(pictures, scratch, per_second)


def _as_gif(pictures: Iterator[np.ndarray], path: Path, per_second: float, palette: np.ndarray) -> None:
    """All in the same colours, lest they flicker."""
    known = Image.new("P", (1, 1))
    known.putpalette(palette.tobytes())
    images = (Image.fromarray(each).quantize(palette=known, dither=Image.Dither.NONE) for each in pictures)
    next(images).save(path, save_all=True, append_images=images, duration=round(1000 / per_second), loop=0)


def _as_mp4(pictures: Iterator[np.ndarray], path: Path, per_second: float) -> None:
    first = next(pictures)
    height, width, _ = first.shape
    read = [
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        f"{width}x{height}",
        "-r",
        f"{per_second:g}",
        "-i",
        "-",
    ]
    plain = ["-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    command = ["ffmpeg", "-y", "-loglevel", "error", *read, "-pix_fmt", "yuv420p", *plain, str(path)]
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said)
        with suppress(BrokenPipeError), program:  # it ended early; why, it has said
            for picture in chain([first], pictures):
                program.stdin.write(picture.tobytes())  # type: ignore[union-attr]
        if program.returncode:
            said.seek(0)
            reason = said.read().decode(errors="replace").strip().splitlines() or ["no reason given"]
            raise UnwritableError(
                f"{path.name}: ffmpeg failed ({reason[-1]}): name a file that ends in .gif."
            )
