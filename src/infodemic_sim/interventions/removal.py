"""Removal: the platform takes misinformation down, and gives back what it took by mistake."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.finding import FindingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World

NO_OBJECTS = np.empty((0, 2), np.uint64)


class Removal(FindingIntervention):
    """Found messages are shown to nobody any more; authors may appeal.

    Of accurate messages removed by mistake the share ``restored`` comes back after ``appeal`` days, if it
    still stands anywhere by then.
    """

    family: ClassVar[str] = "platform"
    needs: ClassVar[frozenset[str]] = frozenset({"hiding"})

    recall: float = param(
        0.3,
        ge=0,
        le=1,
        unit="share",
        doc="False messages that are found.",
        source=ASSUMED,
        plausible=(0.1, 0.7),
    )
    restored: float = param(
        0.5, ge=0, le=1, unit="share", doc="Mistakes that are put right on appeal.", source=ASSUMED
    )
    appeal: float = param(1.0, ge=0, unit="d", doc="Time that an appeal takes.", source=ASSUMED)

    def start(self, world: World) -> Memory:
        """Messages that are to come back, and when."""
        return {"back_due": np.empty(0), "back": NO_OBJECTS}

    def treat(self, world: World, slots: np.ndarray, people: Indices, memory: Memory) -> None:
        """Take down what was found; give back what was appealed against."""
        world.hold(slots)
        memory["reached"][self.authors(world, slots)] = True
        rows = world.state.messages.slots[slots]
        luck = world.draws.uniform(Purpose.CHOICE, rows["key"].copy(), name_key(self.key), 1)
        mistaken = (rows["side"] > 0) & (luck < self.restored)
        objects = world.remembered(slots[mistaken])
        due = np.concatenate([memory["back_due"], np.full(len(objects), world.hour + 24.0 * self.appeal)])
        back, now = np.concatenate([memory["back"], objects]), due <= world.hour + 1e-6
        memory["back_due"], memory["back"] = due[~now], back[~now]
        world.release(back[now][world.standing(back[now]), 1].astype(np.int32))
