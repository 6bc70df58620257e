"""SIR: people take it up, pass it on for a while, and are through with it for good."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.status_rule import Status


class SIR(EpidemicRule):
    """Susceptible, infectious, recovered [KermackMcKendrick1927], on a network [PastorSatorras2015].

    S -> I: with probability ``transmission`` a round (or at that rate a day) for every infectious person whom
    one sees; I -> R: with probability ``recovery`` a round (or at that rate). Within a round people pass it
    on first and then recover, all by the statuses at its start, so that one is infectious for at least one
    round, and 1/r on average. Recovery 1 gives the Reed-Frost model. Over its time an infectious person
    reaches a given contact with probability

    T = p / (1 - (1 - p)(1 - r))  in rounds,   T = beta / (beta + gamma)  in continuous time.

    The infectious hold the claim for true, the recovered do not hold it any more: for a claim that stays
    believed when it is no longer passed on, take a rumour rule.
    """

    statuses: ClassVar[tuple[Status, ...]] = (
        Status("susceptible", "unaware", 0),
        Status("infectious", "spreading", 1),
        Status("recovered", "stopped", 0),
    )
