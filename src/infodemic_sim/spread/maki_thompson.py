"""The Maki–Thompson rumour: who tells somebody who knows already loses interest."""

from __future__ import annotations

from infodemic_sim.kernels.rumour import Habits
from infodemic_sim.params import param
from infodemic_sim.spread.rumour import RumourRule


class MakiThompson(RumourRule):
    """A rumour among ignorants, spreaders and stiflers, in which the one who tells may lose interest.

    Each spreader makes ``contacts`` per day, at the times of a Poisson process, with one of those who see
    them, each time uniformly drawn. An ignorant who is met becomes a spreader; any other makes the contact
    fail, and after ``failures`` failed contacts (k) the one who made them becomes a stifler, for good
    [Sudbury1985], k-fold [Lebensztayn2011]. On the complete graph the share of ignorants left tends to the
    root below 1 of theta = exp(-(k + 1)(1 - theta)), .203 for k = 1, and n times its variance to
    theta (1 - theta) / (1 - 2 theta) for k = 1. Ties may have weights, which are not used.

    Time and levers: see ``RumourRule``.
    """

    contacts: float = param(1.0, gt=0, le=1000, unit="per day", doc="Contacts that each spreader makes.")
    failures: int = param(
        1,
        ge=1,
        lt=2**31,
        unit="contacts",
        doc="k: failed contacts after which a spreader stops.",
        source="Sudbury1985",
    )

    def habits(self) -> Habits:
        """One rate for all meetings, whatever the number of contacts."""
        return Habits(1.0, self.contacts, self.contacts, 0.0, self.failures, False)
