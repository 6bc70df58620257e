"""The gallery's pictures and the site, each made once for all tests that look at them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from docs import gallery
from notebooks.convert import SOURCES, write_executed


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    """A folder with the pictures of the gallery."""
    folder = tmp_path_factory.mktemp("pictures") / "gallery"
    gallery.write_gallery(folder)
    return folder


@pytest.fixture(scope="session")
def shown(tmp_path_factory) -> Path:
    """A folder with the first notebook and what it shows; the tests of notebooks run them all."""
    folder = tmp_path_factory.mktemp("shown")
    write_executed(folder, SOURCES[:1])
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory, pictures, shown) -> Path:
    """The folder with the HTML of the whole site, made without a warning."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "docs.build", str(folder), str(pictures), str(shown)]
    done = subprocess.run(command, cwd=dev.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"
