"""The gallery's pictures and the site, each made once for all tests that look at them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from docs import gallery


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    """A folder with the pictures of the gallery."""
    folder = tmp_path_factory.mktemp("pictures") / "gallery"
    gallery.write_gallery(folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory, pictures) -> Path:
    """The folder with the HTML of the whole site, made without a warning."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "docs.build", str(folder), str(pictures)]
    done = subprocess.run(command, cwd=dev.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"
