"""The page of sources: every publication that a number or a measure names."""

from __future__ import annotations

from infodemic_sim.sources import sources

HEAD = """# Sources

The publications on which parameters, rules and measures rest, by key.
"""


def page() -> str:
    """The whole page as Markdown; each source has its key as an anchor."""
    entries = [f"## {key}\n\n{source}\n" for key, source in sorted(sources().items())]
    return "\n".join([HEAD, *entries])
