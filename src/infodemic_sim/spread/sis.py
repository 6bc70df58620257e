"""SIS: people take it up, pass it on for a while, drop it, and may take it up again."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.status_rule import Status


class SIS(EpidemicRule):
    """Susceptible, infectious, susceptible again [PastorSatorras2015].

    S -> I: with probability ``transmission`` a round (or at that rate a day) for every infectious person whom
    one sees; I -> S: with probability ``recovery`` a round (or at that rate). Within a round people pass it
    on first and then stop, all by the statuses at its start: who stops can take it up again from the next
    round on. Below transmission / recovery = 1 / (largest eigenvalue of the network) it dies out fast
    [VanMieghem2009]; above, it may stay for very long, so a run needs a number of steps.
    """

    endless: ClassVar[bool] = True
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("susceptible", "unaware", 0),
        Status("infectious", "spreading", 1),
    )
    ends: ClassVar[int] = 0
