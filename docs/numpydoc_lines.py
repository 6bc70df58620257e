"""What numpydoc needs to read our docstrings, in which a parameter and its meaning share a line."""

from __future__ import annotations

import re
from typing import Any

SECTIONS = {"Parameters", "Other Parameters", "Attributes", "Returns", "Yields"}
PARAMETER = re.compile(r"^([*\w]+(?:, [*\w]+)*) : (.+)$")


def two_lines(lines: list[str]) -> list[str]:
    """The lines of a docstring with each meaning below its names."""
    found: list[str] = []
    section = ""
    for place, line in enumerate(lines):
        if place + 1 < len(lines) and set(lines[place + 1].strip()) == {"-"}:
            section = line.strip()
        split = PARAMETER.match(line) if section in SECTIONS else None
        found += [split[1], f"    {split[2]}"] if split else [line]
    return found


def process(app: Any, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Change the lines in place, before numpydoc reads them."""
    lines[:] = two_lines(lines)


def setup(app: Any) -> dict[str, bool]:
    """An extension of Sphinx."""
    app.connect("autodoc-process-docstring", process, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
