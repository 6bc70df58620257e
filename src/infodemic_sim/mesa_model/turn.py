"""The place of an institution among the interventions of a run."""

from __future__ import annotations

from typing import Any, ClassVar

from infodemic_sim.errors import NotWritableError
from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.params import param
from infodemic_sim.world import World


class Turn(Intervention):
    """Gives an institution its turn in the order of keys, and keeps its ledger like any intervention's."""

    staff: ClassVar[bool] = True

    agent: Any = param(doc="The institution.")

    def start(self, world: World) -> Memory:
        """The institution prepares itself; what it remembers beside its ledger is its own affair."""
        self.agent.start()
        return {}

    def run(self, world: World, memory: Memory) -> None:
        """What the institution decides now, and what it has queued, is done."""
        self.agent.take_turn()

    def to_dict(self) -> dict[str, Any]:
        """Refused: an outside agent cannot be written down."""
        raise NotWritableError(f"the outside agent {self.key} runs, but cannot be written down.")
