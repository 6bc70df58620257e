"""The page of interventions: what each does, how strongly, at what cost, and how we know."""

from __future__ import annotations

from itertools import groupby

from infodemic_sim.catalog.interventions import Entry, catalogue
from infodemic_sim.sources import sources

HEAD = """# Interventions

Generated from the declarations in the code by `python dev.py docs`; the same table is printed by
`infodemic list interventions`. Every intervention takes part in the one grammar: `who` × `when` ×
`hours` × `capacity` × `uptake` × `delay` × `cost`, and any of them can be combined in a plan. Those that work
on a platform take `platform`, to be restricted to one.

A strength is told with its default, its unit, the range that its sources leave open (from which studies can
draw), and its source; ASSUMED means that no published value was found. A trial in the last line is one that
`infodemic trials` runs inside the model: FITTED defaults reproduce it, PREDICTED ones were chosen otherwise.
Interventions of the health system need `privacy` or `service` in the scenario where they work on these; peer
support shows in `wellbeing` where the scenario has it.
"""


def page() -> str:
    """The whole page as Markdown."""
    entries = catalogue()
    parts = [HEAD]
    for family, members in groupby(entries, key=lambda entry: entry.family):
        parts.append(f"## {family.capitalize()}\n")
        parts += [section(entry) for entry in members]
    used = sorted({key for entry in entries for key in entry.sources})
    parts.append("## Sources\n\n" + "\n".join(f"- **{key}**: {sources()[key]}" for key in used) + "\n")
    return "\n".join(parts)


def section(entry: Entry) -> str:
    """One intervention."""
    facts = {
        "Works on": ", ".join(entry.levers),
        "Strength": "; ".join(entry.strength) or "as declared in its parameters",
        "One act costs": entry.cost,
        "Trial": entry.trial,
    }
    lines = [f"- {name}: {fact}" for name, fact in facts.items() if fact]
    rule = entry.rule.replace("``", "`")
    return f"### `{entry.type}`\n\n{entry.meaning}\n\n{rule}\n\n" + "\n".join(lines) + "\n"
