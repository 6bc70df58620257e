"""Docstrings and declarations as Markdown; sources become links to the page of sources."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

from infodemic_sim.catalog.declared import parameter_row
from infodemic_sim.params import Declaration, Part, declarations
from infodemic_sim.sources import keys_of, sources

CITED = re.compile(r"\[([A-Z]\w+\d{4}\w?)\](?!\()")
COLUMNS = ("parameter", "default", "unit", "range", "meaning", "source")


def linked(text: str) -> str:
    """The text with a link at each key of a source."""
    return CITED.sub(lambda found: link(found[1]) if found[1] in sources() else found[0], text)


def link(key: str) -> str:
    """A key of a source as a link; ASSUMED stands for itself."""
    return f"[{key}](sources.md#{key.lower()})" if key in sources() else key


def prose(docstring: str) -> str:
    """A docstring as Markdown: paragraphs run on, and what is set in columns stays as it is."""
    blocks = re.split(r"\n\s*\n", inspect.cleandoc(docstring))
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: str) -> str:
    lines = block.split("\n")
    if lines[0].startswith("  "):
        return f"```text\n{inspect.cleandoc(block)}\n```"
    if any(line.startswith("- ") for line in lines):
        return linked(plain(block))
    return linked(plain(" ".join(block.split()))).replace("::", ":")


def plain(text: str) -> str:
    """Text in which no sign has a meaning to Markdown but those of code."""
    pieces = re.split(r"(`+[^`]+`+)", text)
    return "".join(
        f"`{piece.strip('`')}`" if piece.startswith("`") else re.sub(r"([*<|~])", r"\\\1", piece)
        for piece in pieces
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("\n", " ") for cell in line) + " |" for line in lines) + "\n"
    )


def parameters(rows: Iterable[Declaration]) -> str:
    """Parameters as a table; nothing if there are none."""
    cells = [_cells(row) for row in rows]
    return table(COLUMNS, cells) if cells else ""


def _cells(row: Declaration) -> list[str]:
    shown = parameter_row(row)
    ranges = [shown["bounds"], f"plausible {shown['plausible']}" if shown["plausible"] else ""]
    default = "none" if shown["default"] is None else str(shown["default"])
    return [
        f"`{row.name}`",
        f"`{default}`".replace("|", "\\|") if default else "",
        plain(row.unit),
        "; ".join(filter(None, ranges)),
        linked(plain(row.doc)),
        ", ".join(link(key) for key in keys_of(row.source)),
    ]


def section(part: type[Part], title: str, level: int = 3) -> str:
    """One part: what it is, its rule, and its parameters."""
    texts = [f"{'#' * level} `{title}`", prose(part.__doc__ or ""), parameters(declarations(part))]
    return "\n\n".join(filter(None, texts)).rstrip() + "\n"
