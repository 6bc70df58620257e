"""SEIR: as SIR, with a while between taking it up and passing it on."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.params import param
from infodemic_sim.spread.epidemic import FASTEST, EpidemicRule
from infodemic_sim.spread.status_rule import Status


class SEIR(EpidemicRule):
    """Susceptible, exposed, infectious, recovered, on a network [PastorSatorras2015].

    S -> E: with probability ``transmission`` a round (or at that rate a day) for every infectious person whom
    one sees; E -> I: with probability ``incubation`` a round (or at that rate); I -> R: with probability
    ``recovery`` a round (or at that rate). All of a round rests on the statuses at its start: one is exposed
    for at least one round, and infectious for at least one. Those who start are infectious. Incubation delays
    but does not limit the spread: sizes are those of SIR.

    The exposed have met the claim and hold nothing yet; an adoption is dated by this moment.
    """

    statuses: ClassVar[tuple[Status, ...]] = (
        Status("susceptible", "unaware", 0),
        Status("exposed", "incubating", 0),
        Status("infectious", "spreading", 1),
        Status("recovered", "stopped", 0),
    )
    enters: ClassVar[int] = 1
    spreads: ClassVar[int] = 2
    ends: ClassVar[int] = 3

    incubation: float = param(
        0.2,
        ge=0,
        le=FASTEST,
        unit="chance per round, or rate per day",
        doc="How readily the exposed become infectious.",
    )

    def _chances(self) -> dict[str, float]:
        return {**super()._chances(), "incubation": self.incubation}
