"""What every spread rule can do: get ready, and move a world one step on."""

from __future__ import annotations

from typing import ClassVar, Protocol

from infodemic_sim.kernels.layout import Rule
from infodemic_sim.params import Part
from infodemic_sim.plugins import Plugin
from infodemic_sim.world import World

GROUP = "infodemic_sim.spread_rules"


class Runner(Protocol):
    """A spread rule made ready for one run."""

    def advance(self) -> None:
        """One step: sessions, reading, resharing, posting, slow processes."""

    def settle(self) -> None:
        """Bring derived arrays up to date after interventions have acted."""

    def close(self) -> None:
        """Give threads back."""


class SpreadRule(Plugin, Part):
    """Base of all spread rules. ``levers`` names what interventions may use under this rule."""

    levers: ClassVar[frozenset[str]] = frozenset()

    def constants(self, world: World, platform: int) -> Rule:
        """Constants of perceived veracity, belief and sharing on one platform, as kernels take them."""
        raise NotImplementedError

    def runner(self, world: World, threads: int) -> Runner:
        """The rule made ready for one world."""
        raise NotImplementedError
