"""Make the notebooks from the scripts beside them: ``python -m notebooks.convert``.

The scripts are what people edit: cells begin with ``# %%``. A notebook is the same without any output; the
answers to its exercises (cells with the tag ``hide-cell``) are folded until a reader opens them.
"""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat

FOLDER = Path(__file__).parent
SOURCES = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
ANSWER = "hide-cell"
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


def target(source: Path) -> Path:
    """Where the notebook of a script stands."""
    return source.with_suffix(".ipynb")


if __name__ == "__main__":
    for script in SOURCES:
        target(script).write_text(text(script), "utf-8", newline="\n")
