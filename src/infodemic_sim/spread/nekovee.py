"""The rumour of Nekovee and others: telling, stifling and forgetting each at a rate of its own."""

from __future__ import annotations

import math

from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.kernels.rumour import Habits
from infodemic_sim.params import param
from infodemic_sim.spread.rumour import RumourRule


class Nekovee(RumourRule):
    """A rumour on a network with rates of spreading, stifling and forgetting.

    Along each tie between a spreader i and somebody j who sees i, per day: if j is ignorant, j becomes a
    spreader at the rate ``spread`` (lambda); if j is a spreader or a stifler, i becomes a stifler at the
    rate ``stifle`` (alpha). Besides, each spreader becomes a stifler at the rate ``forget`` (delta), all in
    continuous time [Nekovee2007]. Where everybody has k contacts, mean-field theory gives the share R that
    hears of it by R = 1 - exp(-epsilon R), epsilon = k (lambda + alpha) / (k alpha + delta), and extinction
    if delta > k lambda. ``degree`` sets k apart from the network: rates per tie are multiplied by degree /
    (number of contacts), so that on a large complete graph theory becomes exact. Ties may have weights,
    which are not used.

    Time and levers: see ``RumourRule``.
    """

    spread: float = param(
        0.1, ge=0, le=1000, unit="per day and tie", doc="lambda: rate of telling an ignorant."
    )
    stifle: float = param(
        0.1, ge=0, le=1000, unit="per day and tie", doc="alpha: rate of losing interest by meeting who knows."
    )
    forget: float = param(
        0.5, ge=0, le=1000, unit="per day", doc="delta: rate of losing interest of oneself."
    )
    degree: float | None = param(
        None,
        gt=0,
        le=1e6,
        unit="people",
        doc="k: contacts whom rates are meant for; None: as many as there are.",
    )

    @model_validator(mode="after")
    def _ends(self) -> Nekovee:
        if self.forget == 0 and (self.spread == 0 or self.stifle == 0):
            raise ParameterError(
                "forget is 0 per day, and so is spread or stifle, so that somebody would spread for ever: "
                "set forget, or both others, above 0."
            )
        return self

    def habits(self) -> Habits:
        """Rates as they are, and one failed contact is enough."""
        return Habits(self.degree or math.nan, self.spread, self.stifle, self.forget, 1, False)
