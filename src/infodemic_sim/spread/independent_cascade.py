"""The independent cascade: one try for each tie."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.params import param
from infodemic_sim.spread.chance_rule import ChanceRule
from infodemic_sim.spread.status_rule import Status

SPENT = 2


class IndependentCascade(ChanceRule):
    """Whoever takes a claim up tries once to pass it to each of those who see them.

    Rounds are synchronous. A person u who became active in round t tries in round t + 1, once and never
    again, each v who sees u and is not active: v becomes active with probability p_uv (``chance``, or the
    weight of the tie), whatever else happened. Each tie has one draw, addressed by (u, v) and not by the
    round, so that who is reached is bond percolation [KempeKleinbergTardos2003], [NewmanSpread2002]. Where
    several get through to v in one round, a fair lot among them says from whom v had it.

    Levers: sharing f_u makes the chance min(1, f_u p_uv); inoculation I_v lowers the odds that a false claim
    convinces, p -> p e^-I / (1 - p + p e^-I), after sharing.
    """

    statuses: ClassVar[tuple[Status, ...]] = (
        Status("inactive", "unaware", 0),
        Status("active", "spreading", 1),
        Status("spent", "stopped", 1),
    )
    afterwards: ClassVar[int] = SPENT

    chance: float | None = param(
        0.1,
        ge=0,
        le=1,
        unit="probability per tie",
        doc="Chance that one who took it up passes it on to one who sees them; None: the weight of the tie.",
        source="KempeKleinbergTardos2003",
    )

    def people_needed(self) -> int:
        return 1

    def tie_chance(self) -> float | None:
        return self.chance
