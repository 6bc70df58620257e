"""The catalogue of interventions as a table: what each does, how strongly, at what cost, and how we know."""

from __future__ import annotations

from typing import NamedTuple

from infodemic_sim.interventions import BUILT_IN, Cost, Intervention
from infodemic_sim.interventions.base import FAMILIES
from infodemic_sim.params import ASSUMED, Declaration, declarations
from infodemic_sim.plugins import type_name
from infodemic_sim.sources import keys_of

TRIED = {
    "AccuracyPrompt": "pennycook_rand_2022 FITTED",
    "CrowdNotes": "slaughter_2025 PREDICTED, range FITTED",
    "Inoculation": "maertens_2025 FITTED",
    "MediaLiteracyTips": "guess_2020 FITTED, discernment PREDICTED",
    "PeerCorrection": "bode_vraga_2018 PREDICTED",
    "PeerSupport": "griffiths_2009 FITTED",
    "ProviderCorrection": "walter_2021 FITTED",
    "WarningLabel": "martel_rand_2024 FITTED",
}
"""By class: the trial in which it is run inside the model, see ``infodemic trials``."""


class Entry(NamedTuple):
    """One intervention as texts."""

    type: str
    family: str
    meaning: str
    rule: str
    levers: list[str]
    strength: list[str]
    cost: str
    sources: list[str]
    trial: str


def catalogue() -> list[Entry]:
    """Every built-in intervention, by family and name."""
    ordered = sorted(BUILT_IN, key=lambda part: (FAMILIES.index(part.family), part.__name__))
    return [entry(part) for part in ordered]


def entry(part: type[Intervention]) -> Entry:
    """One intervention."""
    declared = list(declarations(part))
    meaning, _, rule = (part.__doc__ or "").partition("\n")
    sources = {key: None for row in declared for key in keys_of(row.source) if key != ASSUMED}
    return Entry(
        type=type_name(part),
        family=part.family,
        meaning=meaning.strip(),
        rule=" ".join(rule.split()),
        levers=sorted(part.needs),
        strength=[
            told(row)
            for row in declared
            if row.plausible or any(row.name in names for names in part.strengths())
        ],
        cost=next(told_cost(row.default) for row in declared if row.name == "cost"),
        sources=list(sources),
        trial=TRIED.get(part.__name__, ""),
    )


def told(row: Declaration) -> str:
    """A strength with its unit, the range its sources leave open, and what they are."""
    open_ = f", plausible {row.plausible[0]:g} to {row.plausible[1]:g}" if row.plausible else ""
    unit = f" {row.unit}" if row.unit else ""
    return f"{row.name} {row.default:g}{unit}{open_} ({row.source})"


def told_cost(cost: Cost) -> str:
    """What one act costs."""
    parts = [f"{cost.minutes:g} min"] if cost.minutes else []
    parts += [f"{cost.money:g} of money"] if cost.money else []
    return " and ".join(parts) or "nothing"
