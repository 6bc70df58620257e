"""The manual, made from the declarations in the code: pages of Markdown by name."""

from __future__ import annotations

from collections.abc import Callable

from infodemic_sim.catalog.manual import interventions, measures, parts, references, rules

PAGES: dict[str, Callable[[], str]] = {
    "interventions": interventions.page,
    "measures": measures.page,
    "parts": parts.page,
    "rules": rules.page,
    "sources": references.page,
}
"""Each gives the text of its page; those but interventions link to one another as neighbours."""

__all__ = ["PAGES"]
