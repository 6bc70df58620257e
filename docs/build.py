"""Make the site: ``python -m docs.build [FOLDER]``. Any warning is a failure, and all are told."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from docs.gather import ROOT, gather

BUILD = ROOT / "docs" / "_build"


def build(folder: Path) -> int:
    """Gather the pages in a folder and make HTML of them, in ``html``; the exit status of Sphinx."""
    source = folder / "source"
    shutil.rmtree(folder, ignore_errors=True)
    gather(source)
    return sphinx(
        ["-W", "--keep-going", "-q", "-b", "html", "-c", str(ROOT / "docs"), str(source), str(folder / "html")]
    )


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD
    status = build(target)
    print(f"Written to {target / 'html' / 'index.html'}." if not status else "The site has warnings: see above.")
    sys.exit(status)
