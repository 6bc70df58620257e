"""Make the site: ``python -m docs.build [FOLDER [PICTURES NOTEBOOKS]]``. A warning is a failure."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from docs.gather import ROOT, gather

BUILD = ROOT / "docs" / "_build"
TO_INDEX = (
    '<!DOCTYPE html><meta http-equiv="refresh" content="0; url=docs/index.html"><title>infodemic-sim</title>'
)


def build(folder: Path, pictures: Path | None = None, notebooks: Path | None = None) -> int:
    """Gather the pages in a folder and make HTML of them, in ``html``; the exit status of Sphinx.

    Parameters
    ----------
    pictures : those of the gallery; none: they are drawn.
    notebooks : notebooks with what they show; none: they are run.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "source" / "docs").is_dir():
        sys.exit(f"{folder} holds something else than a site that was made here: give another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    source, html = folder / "source", folder / "html"
    gather(source, pictures, notebooks)
    status = sphinx(["-W", "--keep-going", "-q", "-c", str(ROOT / "docs"), str(source), str(html)])
    (html / "index.html").write_text(TO_INDEX, "utf-8")
    return status


if __name__ == "__main__":
    words = ArgumentParser(description=__doc__, prog="python -m docs.build")
    words.add_argument("folder", type=Path, nargs="?", default=BUILD)
    words.add_argument("pictures", type=Path, nargs="?", help="those of the gallery; none: they are drawn")
    words.add_argument("notebooks", type=Path, nargs="?", help="with what they show; none: they are run")
    asked = words.parse_args()
    if status := build(asked.folder, asked.pictures, asked.notebooks):
        sys.exit(status)
    print(f"Written to {asked.folder / 'html' / 'index.html'}.")
