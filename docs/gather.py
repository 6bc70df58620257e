"""Gather what the site shows into one folder, laid out like the project, so that links stay what they are."""

from __future__ import annotations

import shutil
from pathlib import Path

from docs import api
from docs.gallery import write_gallery
from infodemic_sim.catalog.manual import PAGES

ROOT = Path(__file__).parents[1]
SHOWN = (
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "changelog.d/README.md",
    "docs/**/*.md",
    "experiments/**/*.md",
    "experiments/**/*.svg",
    "experiments/**/*.csv",
    "experiments/**/*.py",
    "experiments/**/*.yaml",
    "notebooks/*.md",
    "notebooks/*.ipynb",
)
GENERATED = Path("docs", "generated")


def gather(folder: Path) -> None:
    """Copy the pages that are written by hand, and write those that are generated."""
    for pattern in SHOWN:
        for path in ROOT.glob(pattern):
            place = path.relative_to(ROOT)
            if "_build" not in place.parts and "__pycache__" not in place.parts:
                copied(path, folder / place)
    copied(ROOT / "docs" / "index.md", folder / "index.md")
    (folder / "docs" / "index.md").unlink()
    write_gallery(folder / "docs" / "gallery")
    for name, page in PAGES.items():
        written(folder / GENERATED / f"{name}.md", page())
    for name, text in api.pages().items():
        written(folder / GENERATED / "api" / f"{name}.md", text)


def copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def written(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
