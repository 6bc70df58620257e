"""The front end as one script, for hosts that have no server: a file, a notebook."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parent / "page"
MODULES = ("dom", "answer", "charts", "fields", "pictures", "film", "form", "designs", "page")
"""In an order in which nothing is used before it is there. Their names at the top are all different."""


def script(host: str) -> str:
    """All modules and the one of a host, last, without the imports between them."""
    return "\n".join([*(_inner(name) for name in MODULES), _without_imports(host)])


def style() -> str:
    """The one style sheet."""
    return (PAGE / "style.css").read_text("utf-8")


def _without_imports(name: str) -> str:
    text = (PAGE / f"{name}.js").read_text("utf-8")
    return re.sub(r"^import .*;\n", "", text, flags=re.MULTILINE)


def _inner(name: str) -> str:
    return re.sub(r"^export ", "", _without_imports(name), flags=re.MULTILINE)
