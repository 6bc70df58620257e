"""What sources leave open: scenarios whose strengths are drawn from their plausible ranges."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

import numpy as np

from infodemic_sim.errors import whole
from infodemic_sim.params import Part, declarations
from infodemic_sim.randomness import Draws, Purpose, name_key
from infodemic_sim.scenario import Scenario

P = TypeVar("P", bound=Part)


def draw_plausible(
    scenario: Scenario, *, seed: int, replicate: int = 0, kept: Collection[str] = ()
) -> Scenario:
    """The scenario with every strength that stands at its default drawn from its plausible range, uniformly.

    A strength is known by its class and name, so plans that are drawn with one seed share the same draw of
    each, and what a user has set is left as it is.

    Parameters
    ----------
    seed, replicate : whole numbers, 0 or more; each draw of a study has its own seed or replicate.
    kept : paths of strengths that are left as they are also at their defaults; interventions by name.
    """
    whole("seed", seed)
    whole("replicate", replicate)
    draws = Draws(seed, replicate)
    return scenario.but(
        spread=_drawn(scenario.spread, "spread", draws, kept),
        interventions=tuple(
            _drawn(part, f"interventions.{part.key}", draws, kept) for part in scenario.interventions
        ),
    )


def _drawn(part: P, path: str, draws: Draws, kept: Collection[str]) -> P:
    changes: dict[str, Any] = {}
    for row in declarations(type(part)):
        if row.plausible is None or f"{path}.{row.name}" in kept:
            continue
        if getattr(part, row.name) == row.default:
            low, high = row.plausible
            key = np.array([name_key(f"{type(part).__name__}.{row.name}")], np.uint64)
            changes[row.name] = low + (high - low) * float(draws.uniform(Purpose.PLAUSIBLE, key)[0])
    return part.but(**changes) if changes else part
