"""``infodemic graph …``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from infodemic_sim.graphs import describe, fetch, read_graph


def describe_file(path: Path, options: dict[str, Any], *, as_json: bool) -> None:
    """Print what a network looks like."""
    found = describe(read_graph(path, **options))
    print(json.dumps(found.to_dict(), indent=2, ensure_ascii=False) if as_json else found)


def fetch_file(name: str, folder: Path | None, url: str | None) -> None:
    """Print the path of a public network."""
    print(fetch(name, folder, url=url))
