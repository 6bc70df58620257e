"""The page of spread rules: each stated exactly, with its parameters."""

from __future__ import annotations

from infodemic_sim.catalog.manual.wording import prose, section
from infodemic_sim.plugins import type_name
from infodemic_sim.scenario_file.kinds import BY_NAME

HEAD = """# Rules of spread

`spread` in a scenario names one of these. `feed_spread` is the rule of feeds, with people who visit platforms, read
and share; the others are those of the textbooks, which move one claim, or opinion, over one network, and run over a
bare network, too: `ids.SIR(starters=5).run(graph, seed=1)`.
"""
SHARED = """## What several rules share

Rules say in their texts which of these they follow.
"""


def page() -> str:
    """The whole page as Markdown."""
    rules = BY_NAME["rules"].built_in
    own = [section(part, type_name(part), 2) for part in rules]
    shared = [f"### `{base.__name__}`\n\n{prose(base.__doc__ or '')}\n" for base in bases(rules)]
    return "\n".join([HEAD, *own, SHARED, *shared])


def bases(rules: tuple[type, ...]) -> list[type]:
    """Classes between the base of all rules and a rule, each once, the most general first."""
    base = BY_NAME["rules"].base
    between = (
        part for rule in rules for part in rule.__mro__[1:] if issubclass(part, base) and part is not base
    )
    found = dict.fromkeys(part for part in between if part not in rules)
    return sorted(found, key=lambda part: len(part.__mro__))
