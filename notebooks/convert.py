"""Make the notebooks from the scripts beside them: ``python -m notebooks.convert``.

The scripts are what people edit: cells begin with ``# %%``. A notebook is the same without any output; the
answers to its exercises (cells with the tag ``hide-cell``) are folded until a reader opens them.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import jupytext
import nbclient
import nbformat

FOLDER = Path(__file__).parent
SOURCES = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
ANSWER = "hide-cell"
HANGS = 1800
"""Seconds after which a kernel or a cell is not waited for any more: many times what any of them takes."""
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(source: Path) -> nbformat.NotebookNode:
    """The notebook that a script says: equal scripts give equal notebooks."""
    found = jupytext.read(source, fmt="py:percent")
    found.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(found.cells):
        cell.id = f"cell-{number}"
        if ANSWER in cell.metadata.get("tags", ()):
            cell.metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
    nbformat.validate(found)
    return found


def text(source: Path) -> str:
    """The same as it stands in its file."""
    return nbformat.writes(notebook(source)) + "\n"


def executed(source: Path, work: Path) -> nbformat.NotebookNode:
    """The notebook with what it shows, run in a folder of its own; an error in it is raised."""
    found = notebook(source)
    patience = {"timeout": HANGS, "startup_timeout": HANGS}
    nbclient.NotebookClient(found, **patience, kernel_name="python3").execute(cwd=str(work))
    return found


def write_executed(folder: Path, sources: list[Path] = SOURCES) -> None:
    """Run notebooks, each in an empty folder, and put them into ``folder`` with what they show."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        with TemporaryDirectory() as work:
            nbformat.write(executed(source, Path(work)), folder / target(source).name)


def target(source: Path) -> Path:
    """Where the notebook of a script stands."""
    return source.with_suffix(".ipynb")


if __name__ == "__main__":
    for script in SOURCES:
        target(script).write_text(text(script), "utf-8", newline="\n")
