"""What notebooks show of an object: a small table, whose every word is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

CELL = "text-align: left; vertical-align: top; padding: .15em .8em .15em 0"
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """A text for a page, with a sign in place of characters that show nothing or turn a line round.

    A name with U+202E would have the numbers after it read from right to left; Arabic and Hebrew need none.
    """
    return HIDDEN.sub("\ufffd", text)


def card(title: str, rows: Iterable[Sequence[object]], head: Sequence[str] = ()) -> str:
    """A title and a table as HTML.

    Parameters
    ----------
    rows : cells of each row; of two, the first names the second.
    head : names of the columns.
    """
    top = f"<thead>{_row(head, 'th')}</thead>" if head else ""
    body = "".join(_row(row, "td") for row in rows)
    return f"<div><strong>{escape(visible(title))}</strong><table>{top}<tbody>{body}</tbody></table></div>"


def _row(cells: Sequence[object], kind: str) -> str:
    found = "".join(f'<{kind} style="{CELL}">{escape(visible(str(cell)))}</{kind}>' for cell in cells)
    return f"<tr>{found}</tr>"
