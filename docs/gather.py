"""Gather what the site shows into one folder, laid out like the project, so that links stay what they are."""

from __future__ import annotations

import shutil
from pathlib import Path

from docs import api, gallery
from infodemic_sim.catalog.manual import PAGES
from notebooks.convert import write_executed

ROOT = Path(__file__).parents[1]
SHOWN = (
    *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "changelog.d/README.md"),
    *("docs/*.md", "docs/how_to/*.md", "docs/decisions/*.md"),
    *(f"experiments/**/*.{kind}" for kind in ("md", "svg", "csv", "py", "yaml")),
    *("notebooks/*.md", "notebooks/*.ipynb"),
    *("examples/plugin/README.md", "examples/plugin/pyproject.toml", "examples/plugin/**/*.py"),
)
CHAPTERS = {
    "docs/index": (
        *("docs/start", "docs/how_to/README", "notebooks/README", "docs/model", "docs/validation"),
        *("docs/generated/api/index", "docs/project"),
    ),
    "docs/how_to/README": ("docs/how_to/*", "examples/plugin/README", "docs/calibration", "docs/gallery"),
    "notebooks/README": ("notebooks/*",),
    "docs/model": (
        *(f"docs/generated/{name}" for name in ("rules", "parts", "measures", "sources")),
        *("docs/interventions", "docs/generated/decisions"),
    ),
    "docs/generated/decisions": ("docs/decisions/*",),
    "docs/validation": (
        "docs/validation_table",
        "docs/other_tools",
        "docs/responsible_use",
        "experiments/README",
    ),
    "experiments/README": ("experiments/*/README", "experiments/*"),
    "docs/generated/api/index": ("docs/generated/api/*",),
    "docs/project": ("ARCHITECTURE", "CONTRIBUTING", "CHANGELOG", "changelog.d/README", "docs/*"),
}
"""Which pages stand below which, in their order; a page stands where it comes first."""

DECISIONS = (
    "# Decisions\n\nWhy things are as they are: a question, what was decided, and what follows from it.\n"
)


def gather(folder: Path, pictures: Path | None = None, notebooks: Path | None = None) -> None:
    """Copy the pages that are written by hand, and write those that are generated.

    Parameters
    ----------
    pictures : those of the gallery; none: they are drawn, which takes half a minute.
    notebooks : notebooks with what they show; none: they are run, which takes some minutes.
    """
    for path in sorted({path for pattern in SHOWN for path in ROOT.glob(pattern)}):
        put(path, folder / path.relative_to(ROOT))
    for name, page in PAGES.items():
        if not (folder / "docs" / f"{name}.md").exists():
            write(folder / "docs" / "generated" / f"{name}.md", page())
    for name, text in api.pages().items():
        write(folder / "docs" / "generated" / "api" / f"{name}.md", text)
    write(folder / "docs" / "generated" / "decisions.md", DECISIONS)
    if pictures is None:
        gallery.write_gallery(folder / "docs" / "gallery")
    else:
        shutil.copytree(pictures, folder / "docs" / "gallery")
    if notebooks is None:
        write_executed(folder / "notebooks")
    else:
        shutil.copytree(notebooks, folder / "notebooks", dirs_exist_ok=True)
    bind(folder)


def bind(folder: Path) -> None:
    """Give each page that leads a chapter the list of those below it, which readers of files do not need."""
    pages = sorted(path.relative_to(folder).with_suffix("") for path in folder.rglob("*") if is_page(path))
    placed = {Path(chapter) for chapter in CHAPTERS} - {Path(p) for ps in CHAPTERS.values() for p in ps}
    for chapter, patterns in CHAPTERS.items():
        fitting = (page for pattern in patterns for page in pages if page.match(pattern))
        below = [page for page in dict.fromkeys(fitting) if page not in placed and page != Path(chapter)]
        placed |= set(below)
        listed = "\n".join(f"/{page.as_posix()}" for page in below)
        with (folder / f"{chapter}.md").open("a", encoding="utf-8") as stream:
            stream.write(f"\n```{{toctree}}\n:hidden:\n:maxdepth: 1\n\n{listed}\n```\n")
    if left := sorted(set(pages) - placed):
        raise ValueError(f"docs/gather.py: give {left[0]} its place in CHAPTERS.")


def is_page(path: Path) -> bool:
    return path.suffix in (".md", ".ipynb")


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
