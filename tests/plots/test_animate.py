"""Films hold every frame of the run, appear whole or not at all, and tell what they need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from PIL import Image

from infodemic_sim import plots
from infodemic_sim.errors import OutputExistsError, ParameterError, UnwritableError
from infodemic_sim.plots.animate import Stage, palette
from infodemic_sim.plots.network import explained
from tests.plots.films import CIRCLE, filmed


@pytest.fixture(scope="module")
def film():
    return filmed()


def needs_ffmpeg() -> None:
    """Skip where there is no ffmpeg; where changes are judged, its absence is a failure."""
    if shutil.which("ffmpeg") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("ffmpeg is not installed: see apt.txt")


def test_each_frame_shows_its_own_moment(film):
    with plots.styled():
        stage = Stage(film, "diets", CIRCLE)
        pictures = [stage.picture(frame) for frame in range(len(film.days))]
    assert isinstance(stage.people, PathCollection)
    for frame in (0, len(film.days) - 1):
        stage.picture(frame)
        assert sorted(stage.people.get_array()) == sorted(film.credence[frame, :, 1])
        np.testing.assert_allclose(stage.line.get_ydata(), 100 * film.misinformed("diets")[: frame + 1])
        assert stage.said.get_text().startswith(f"Day {film.days[frame]:g}: ")
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)


def test_going_back_leaves_no_trace_of_later_frames(film):
    with plots.styled():
        stage = Stage(film, None, CIRCLE)
        first = stage.picture(0)
        stage.picture(5)
        np.testing.assert_array_equal(stage.picture(0), first)


def test_a_gif_has_a_picture_for_each_frame_and_equal_bytes(film, tmp_path):
    paths = [
        plots.animate(film, tmp_path / name, places=CIRCLE, per_second=10) for name in ("a.gif", "b.gif")
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with Image.open(paths[0]) as image:
        assert image.n_frames == len(film.days)
        times = []
        for frame in range(image.n_frames):
            image.seek(frame)
            times.append(image.info["duration"])
        corner = image.convert("RGB").getpixel((3, 300))
    assert times[:-1] == [100] * (len(film.days) - 1)
    assert times[-1] == 2_000
    assert corner == (255, 255, 255)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gif", "b.gif"]


def test_a_palette_fits_a_gif():
    assert palette().shape[0] <= 256


def test_an_mp4_has_a_picture_for_each_frame(film, tmp_path):
    needs_ffmpeg()
    path = plots.animate(film, tmp_path / "film.mp4", places=CIRCLE, per_second=10)
    ask = ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames,r_frame_rate"]
    said = subprocess.run([*ask, str(path)], capture_output=True, text=True, check=True).stdout
    assert f"nb_read_frames={len(film.days) + 19}" in said
    assert "r_frame_rate=10/1" in said


def test_a_crowd_is_filmed_as_fields(film, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[explained.__module__], "MOST_DOTS", 100)
    with plots.styled():
        stage = Stage(film, None, CIRCLE)
        last, first = stage.picture(-1), stage.picture(0)
        assert not np.array_equal(first, last)
        np.testing.assert_array_equal(stage.picture(-1), last)


def test_nothing_is_overwritten_unless_asked(film, tmp_path):
    path = tmp_path / "film.gif"
    path.write_text("precious")
    with pytest.raises(OutputExistsError, match="is there already"):
        plots.animate(film, path, places=CIRCLE)
    assert path.read_text() == "precious"
    short = replace(film, days=film.days[:2], credence=film.credence[:2], posted=film.posted[:2])
    plots.animate(short, path, places=CIRCLE, overwrite=True)
    assert path.read_bytes()[:3] == b"GIF"


def test_what_cannot_be_written_is_refused_before_anything_is_drawn(film, tmp_path, monkeypatch):
    with pytest.raises(ParameterError, match=r"ends in \.gif or \.mp4"):
        plots.animate(film, tmp_path / "film.avi")
    with pytest.raises(UnwritableError, match="make it first"):
        plots.animate(film, tmp_path / "none" / "film.gif")
    with pytest.raises(ParameterError, match=r"from 0\.1 to 60 frames, but got 0"):
        plots.animate(film, tmp_path / "film.gif", per_second=0)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnwritableError, match=r"install it .* or name a file that ends in \.gif"):
        plots.animate(film, tmp_path / "film.mp4")
    assert not list(tmp_path.iterdir())


def test_a_failing_ffmpeg_is_told_and_leaves_nothing(film, tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "ffmpeg"
    program.write_text("#!/bin/sh\necho no such codec >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UnwritableError, match=r"ffmpeg failed \(no such codec\)"):
        plots.animate(film, tmp_path / "film.mp4", places=CIRCLE)
    assert [path.name for path in tmp_path.iterdir()] == ["bin"]
