"""Make the site: ``python -m docs.build [FOLDER [PICTURES]]``. Any warning is a failure, and all are told."""

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


def build(folder: Path, pictures: Path | None = None) -> int:
    """Gather the pages in a folder and make HTML of them, in ``html``; the exit status of Sphinx.

    Parameters
    ----------
    pictures : those of the gallery; none: they are drawn.
    """
    shutil.rmtree(folder, ignore_errors=True)
    source, html = folder / "source", folder / "html"
    gather(source, pictures)
    status = sphinx(["-W", "--keep-going", "-q", "-c", str(ROOT / "docs"), str(source), str(html)])
    (html / "index.html").write_text(TO_INDEX, "utf-8")
    return status


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD
    if status := build(target, Path(sys.argv[2]) if len(sys.argv) > 2 else None):
        sys.exit(status)
    print(f"Written to {target / 'html' / 'index.html'}.")
