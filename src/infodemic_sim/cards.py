"""What notebooks show of an object: a small table, whose every word is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

CELL = "text-align: left; vertical-align: top; padding: .15em .8em .15em 0"


def card(title: str, rows: Iterable[Sequence[object]], head: Sequence[str] = ()) -> str:
    """A title and a table as HTML.

    Parameters
    ----------
    rows : cells of each row; of two, the first names the second.
    head : names of the columns.
    """
    top = f"<thead>{_row(head, 'th')}</thead>" if head else ""
    body = "".join(_row(row, "td") for row in rows)
    return f"<div><strong>{escape(title)}</strong><table>{top}<tbody>{body}</tbody></table></div>"


def _row(cells: Sequence[object], kind: str) -> str:
    found = "".join(f'<{kind} style="{CELL}">{escape(str(cell))}</{kind}>' for cell in cells)
    return f"<tr>{found}</tr>"
