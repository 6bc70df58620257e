"""Complex contagion: one voice is not enough."""

from __future__ import annotations

from infodemic_sim.params import param
from infodemic_sim.spread.chance_rule import ChanceRule


class ComplexContagion(ChanceRule):
    """People take a claim up once k of those whom they see have, and got through to them.

    Rounds are synchronous. A person u who became active in round t gets through in round t + 1, or never,
    to each v who sees u: with probability ``chance``, one draw for each tie (u, v). A person becomes active
    in the round in which the number of different people who have got through reaches k = ``threshold``,
    however many they see [CentolaMacy2007]. ``chance`` = 1 is the rule of that paper; k = 1 is the
    independent cascade, draw for draw. A fair lot among those who got through in the last round says from
    whom they had it.

    Isolated starters convince nobody when k > 1: name ``start`` to start from people who share contacts.

    Levers: sharing f_u makes the chance min(1, f_u p); inoculation I_v lowers the odds that a false claim
    gets through, p -> p e^-I / (1 - p + p e^-I), after sharing: where the chance is 1 it changes nothing.
    """

    threshold: int = param(
        2,
        ge=1,
        le=2**31 - 1,
        unit="people",
        doc="How many people have to get through to one before they follow.",
        source="CentolaMacy2007",
    )
    chance: float = param(
        1.0,
        ge=0,
        le=1,
        unit="probability per tie",
        doc="Chance that one who took it up gets through to one who sees them.",
        source="CentolaMacy2007",
    )

    def people_needed(self) -> int:
        return self.threshold

    def tie_chance(self) -> float | None:
        return self.chance
