"""The page of all other parts that a scenario is made of, with every parameter."""

from __future__ import annotations

from infodemic_sim.catalog.manual.wording import parameters, section
from infodemic_sim.params import Part
from infodemic_sim.platforms.presets import PRESETS, declarations_of
from infodemic_sim.plugins import type_name
from infodemic_sim.scenario import MECHANISMS
from infodemic_sim.scenario_file.kinds import KINDS, all_parts

HEAD = """# Parts and parameters

All that a scenario is made of, but for [rules of spread](rules.md), from the declarations in the code. A default has
a source, or the word ASSUMED where no published value was found. *Plausible* is the range that sources leave open;
studies draw from it. `infodemic list parameters` prints the same.
"""
TITLES = {
    "graphs": "Networks",
    "rankings": "Rankings of feeds",
    "spaces": "Groups and forums",
    "recommenders": "Recommenders of ties",
    "interventions": "Interventions",
    "targets": "Who an intervention is for",
    "schedules": "When it is in force",
}


def page() -> str:
    """The whole page as Markdown."""
    kinds = {TITLES[kind.name]: kind.built_in for kind in KINDS if kind.name in TITLES}
    grouped = {part for kind in KINDS for part in kind.built_in}
    mechanisms = tuple(MECHANISMS.values())
    own = tuple(part for part in all_parts() if part not in grouped and part not in mechanisms)
    groups = {"Scenario, people and platforms": own, "Mechanisms that a scenario switches on": mechanisms}
    texts = [text for title, parts in {**groups, **kinds}.items() for text in _group(title, parts)]
    return "\n".join([HEAD, *texts, *_presets()])


def _group(title: str, parts: tuple[type[Part], ...]) -> list[str]:
    return [f"## {title}\n", *(section(part, type_name(part)) for part in parts)]


def _presets() -> list[str]:
    """Presets of platforms, and what each says otherwise than a plain platform."""
    texts = ["## Presets of platforms\n"]
    for name, preset in PRESETS.items():
        meaning = (preset.__doc__ or "").split("\n")[0]
        texts.append(f"### `{name}`\n\n{meaning}\n\n{parameters(declarations_of(name))}")
    return texts
