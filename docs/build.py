"""Make the site: ``python -m docs.build [FOLDER [PICTURES NOTEBOOKS]]``. A warning is a failure."""

from __future__ import annotations

import shutil
import sys
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
    shutil.rmtree(folder, ignore_errors=True)
    source, html = folder / "source", folder / "html"
    gather(source, pictures, notebooks)
    status = sphinx(["-W", "--keep-going", "-q", "-c", str(ROOT / "docs"), str(source), str(html)])
    (html / "index.html").write_text(TO_INDEX, "utf-8")
    return status


if __name__ == "__main__":
    target, *given = (Path(argument) for argument in sys.argv[1:] or [BUILD])
    if status := build(target, *given):
        sys.exit(status)
    print(f"Written to {target / 'html' / 'index.html'}.")
