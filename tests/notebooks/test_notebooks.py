"""Notebooks run, say what their scripts say, and need nothing but what the package offers to all."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

import infodemic_sim as ids
from notebooks.convert import ANSWER, SOURCES, executed, notebook, target, text

OTHERS = {"math", "networkx", "numpy", "pandas", "pathlib", "statistics"}
"""What notebooks may import beside the package: what their readers know."""
each = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


def code(source: Path) -> list[str]:
    return [cell.source for cell in notebook(source).cells if cell.cell_type == "code"]


def test_they_are_numbered_one_by_one():
    assert [int(source.stem[:2]) for source in SOURCES] == list(range(1, len(SOURCES) + 1))
    names = {source.stem for source in SOURCES}
    assert {path.stem for path in SOURCES[0].parent.glob("*.ipynb")} == names
    listed = (SOURCES[0].parent / "README.md").read_text("utf-8")
    assert set(re.findall(r"\((\w+)\.ipynb\)", listed)) == names


@each
def test_notebook_and_script_say_the_same(source):
    assert target(source).read_text("utf-8") == text(source), "run `python dev.py docs`"


@each
def test_no_output_is_stored(source):
    cells = json.loads(target(source).read_text("utf-8"))["cells"]
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@each
def test_it_says_what_one_learns_and_asks(source):
    """A title, what one learns, and at least three exercises, each followed by its answer."""
    cells = notebook(source).cells
    assert re.match(r"# \d\d\. ", cells[0].source)
    assert cells[0].source.startswith(f"# {source.stem[:2]}. ")
    assert "**You learn**" in cells[0].source
    asked = [
        place for place, cell in enumerate(cells) if re.search(r"^\*\*Exercise", cell.source, re.MULTILINE)
    ]
    answers = [place for place, cell in enumerate(cells) if ANSWER in cell.metadata.get("tags", ())]
    assert len(asked) >= 3
    assert answers == [place + 1 for place in asked]
    assert all(cells[place].cell_type == "code" for place in answers)


@each
def test_only_public_names_are_used(source):
    """Modules that readers know, and names that the package and its modules list."""
    tree = ast.parse("\n".join(code(source)))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.module in OTHERS, ast.unparse(node)
        if isinstance(node, ast.Import):
            known = {"infodemic_sim": "ids", **dict.fromkeys(OTHERS)}
            for alias in node.names:
                assert alias.name in known, ast.unparse(node)
                assert known[alias.name] in (None, alias.asname), ast.unparse(node)
    for name in re.findall(r"\bids\.([A-Za-z_]+(?:\.[A-Za-z_]+)?)", "\n".join(code(source))):
        first, _, second = name.partition(".")
        assert first in ids.__all__, name
        if second and first in ("calibration", "graphs", "plots", "report", "testing", "theory"):
            assert second in getattr(ids, first).__all__, name


@pytest.mark.slow
@each
def test_it_runs(source, tmp_path, monkeypatch):
    """In a folder of its own; it shows figures, warns of nothing, and leaves this folder as it was."""
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    before = sorted(source.parent.iterdir())
    work = tmp_path / "work"
    work.mkdir()
    ran = executed(source, work)
    outputs = [output for cell in ran.cells for output in cell.get("outputs", ())]
    said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert not said
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert sorted(source.parent.iterdir()) == before
    nbformat.validate(ran)
