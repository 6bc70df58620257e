"""The Daley–Kendall rumour: of two who meet and both know, both lose interest."""

from __future__ import annotations

from infodemic_sim.kernels.rumour import Habits
from infodemic_sim.params import param
from infodemic_sim.spread.rumour import RumourRule


class DaleyKendall(RumourRule):
    """A rumour among ignorants, spreaders and stiflers, in which both who meet may lose interest.

    Each spreader makes ``contacts`` per day, at the times of a Poisson process, with one of those who see
    them, each time uniformly drawn; a contact holds both ways. An ignorant who is met becomes a spreader. If
    a spreader meets a stifler, the contact failed for the spreader; if two spreaders meet, for both. After
    ``failures`` failed contacts (k) a spreader becomes a stifler, for good [DaleyKendall1965]. As two
    spreaders may each make the contact, each counts with a chance of 1/2: so on the complete graph all pairs
    meet at one rate, 1/(n - 1) of ``contacts``, as in the process of the book with X ignorants, Y spreaders
    and Z stiflers and the rates XY, Y(Y - 1)/2 and YZ. The share of ignorants left tends to the root below
    1 of theta = exp(-(k + 1)(1 - theta)) unless the rumour dies at once. Ties may have
    weights, which are not used.

    Time and levers: see ``RumourRule``.
    """

    contacts: float = param(1.0, gt=0, le=1000, unit="per day", doc="Contacts that each spreader makes.")
    failures: int = param(
        1,
        ge=1,
        lt=2**31,
        unit="contacts",
        doc="k: failed contacts after which a spreader stops.",
        source="DaleyKendall1965",
    )

    def habits(self) -> Habits:
        """One rate for all meetings, whatever the number of contacts."""
        return Habits(1.0, self.contacts, self.contacts, 0.0, self.failures, True)
