"""Which numbers of a scenario can be moved on the page, and how far."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from infodemic_sim.interventions import Intervention
from infodemic_sim.params import Part, declaration
from infodemic_sim.scenario import Scenario

SHOWN_FIRST = {
    "network": ("people", "mean_degree", "rewiring", "triads", "homophily"),
    "people": ("providers", "peer_supporters", "fact_checkers", "trust_providers"),
    "topics": ("accurate_share", "false_posts"),
    "interventions": ("uptake", "recall", "delay", "per_actor_per_day"),
    "time": ("days",),
}
"""Parameters that stand on top, by group, with the strengths of interventions; others wait behind “more”."""

NOT_SHOWN = frozenset(["warm_up", "hours_per_step"])
MOST_PEOPLE = 20_000
"""What is still quick enough to watch; a file may hold more."""

GROUPS = {
    "population.graph": "network",
    "population": "people",
    "topics": "topics",
    "platforms": "platforms",
    "interventions": "interventions",
    "spread": "rules",
}
"""Where a path belongs, the longest beginning first; what is in none of them is told under “time”."""


class Control(NamedTuple):
    """One number: its path in the scenario, its words, and from where to where it may be moved."""

    path: str
    group: str
    part: str
    name: str
    unit: str
    doc: str
    source: str
    whole: bool
    value: float
    low: float
    high: float
    first: bool


def controls(scenario: Scenario) -> list[Control]:
    """All numbers of a scenario that are set, in the order of their declaration."""
    return [control for control in _within(scenario, "", scenario) if control.name not in NOT_SHOWN]


def _within(part: Part, path: str, owner: Part) -> Iterator[Control]:
    for name in type(part).model_fields:
        value, here = getattr(part, name), f"{path}.{name}".lstrip(".")
        if isinstance(value, Part):
            yield from _within(value, here, owner)
        elif isinstance(value, tuple):
            for place, inner in enumerate(value):
                if isinstance(inner, Part):
                    step = getattr(inner, "key", None) or getattr(inner, "name", None) or str(place)
                    yield from _within(inner, f"{here}.{step}", inner)
        elif isinstance(value, int | float) and not isinstance(value, bool) and not _follows(part, name):
            yield _control(part, name, here, value, owner)


def _follows(part: Part, name: str) -> bool:
    """Whether a number follows from others: people, where communities have sizes."""
    return name == "people" and "sizes" in type(part).model_fields


def _control(part: Part, name: str, path: str, value: float, owner: Part) -> Control:
    told = declaration(type(part), name)
    group = next((word for start, word in GROUPS.items() if path.startswith(f"{start}.")), "time")
    low, high = reach(part, name, value)
    strong = isinstance(part, Intervention) and any(name in names for names in part.strengths())
    return Control(
        path=path,
        group=group,
        part=str(getattr(owner, "key", None) or getattr(owner, "name", None) or ""),
        name=name,
        unit=told.unit,
        doc=told.doc,
        source=told.source,
        whole=isinstance(value, int) or (name == "days" and value.is_integer()),
        value=value,
        low=low,
        high=high,
        first=strong or name in SHOWN_FIRST.get(group, ()),
    )


def reach(part: Part, name: str, value: float) -> tuple[float, float]:
    """From where to where a number may be moved: within its bounds, and not much beyond ten times itself."""
    least, most = _bounds(part, name, value)
    if name == "people":
        return min(max(least, 50), value), max(MOST_PEOPLE, value)
    if name == "seed":
        return 0, max(1000, value)
    if name == "days":
        return min(1, value), max(365, value)
    far = _round_up(10 * abs(value)) if value else 1.0
    high = most if most <= 1.5 * far else far
    low = least if math.isfinite(least) else -high
    return min(low, value), max(high, value)


def _bounds(part: Part, name: str, value: float) -> tuple[float, float]:
    """The declared bounds; one that may not be reached is left by a thousandth of the way, or by one."""
    low, high = -math.inf, math.inf
    for rule in type(part).model_fields[name].metadata:
        low, high = max(low, getattr(rule, "ge", low)), min(high, getattr(rule, "le", high))
        if (open_ := getattr(rule, "gt", None)) is not None:
            low = max(low, open_ + (1 if isinstance(value, int) else (value - open_) / 1000))
        if (open_ := getattr(rule, "lt", None)) is not None:
            high = min(high, open_ - (1 if isinstance(value, int) else (open_ - value) / 1000))
    return low, high


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20 …"""
    base = 10.0 ** math.floor(math.log10(value))
    return next(base * step for step in (1, 2, 5, 10) if base * step >= value * (1 - 1e-12))
