"""What every spread rule can do: get ready, and move a world one step on."""

from __future__ import annotations

from typing import ClassVar, Protocol

from infodemic_sim.params import Part
from infodemic_sim.plugins import Plugin
from infodemic_sim.world import World

GROUP = "infodemic_sim.spread_rules"


class Runner(Protocol):
    """A spread rule made ready for one run."""

    def advance(self) -> None:
        """One step: whatever people read, believe and pass on in it."""

    def settle(self) -> None:
        """Bring derived arrays up to date after interventions have acted."""

    def close(self) -> None:
        """Give threads back."""


class SpreadRule(Plugin, Part):
    """Base of all spread rules.

    ``levers`` names what interventions may use under the rule, ``unmeasured`` the measures of the codebook
    that mean nothing under it, and ``feed`` tells whether people read feeds of several topics on several
    platforms, or the rule moves one thing over one network.
    """

    levers: ClassVar[frozenset[str]] = frozenset()
    unmeasured: ClassVar[frozenset[str]] = frozenset()
    feed: ClassVar[bool] = False

    def runner(self, world: World, threads: int) -> Runner:
        """The rule made ready for one world."""
        raise NotImplementedError
