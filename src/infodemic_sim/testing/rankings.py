"""What every ranking must be: pulls are numbers, and background posts have a law of arrival."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from infodemic_sim.platforms import Ranking
from infodemic_sim.platforms.ranking import chatter_law
from infodemic_sim.testing.parts import PART_CHECKS, require, title
from infodemic_sim.testing.runs import RUN_CHECKS


def pulls_are_numbers(part: Ranking) -> None:
    """Recency and popularity are finite, at least 0, above 0 for a fresh post, and always the same."""
    for name, values in (("recency", np.linspace(0.0, 480.0, 97).tolist()), ("popularity", range(200))):
        pull = getattr(part, name)
        found = [pull(value) for value in values]
        require(all(isinstance(x, int | float) for x in found), f"{title(part)}.{name} must give numbers.")
        require(bool(np.isfinite(found).all()), f"{title(part)}.{name} must give finite numbers.")
        require(min(found) >= 0.0, f"{title(part)}.{name} must not be negative, but gives {min(found):g}.")
        require(found[0] > 0.0, f"{title(part)}.{name}(0) must be above 0, or nobody reads anything.")
        require(found == [pull(value) for value in values], f"{title(part)}.{name} changes when asked again.")


def background_arrives(part: Ranking) -> None:
    """Background posts take places as the ranking would have it: their law rises from nothing."""
    law = chatter_law(part, 48.0)
    rises = bool((np.diff(law) >= 0.0).all()) and law[0] >= 0.0 and law[-1] <= 1.0 + 1e-12
    require(rises, f"{title(part)} gives background posts no law of arrival.")


RANKING_CHECKS: tuple[Callable[[Any], None], ...] = (
    *PART_CHECKS,
    pulls_are_numbers,
    background_arrives,
    *RUN_CHECKS,
)
