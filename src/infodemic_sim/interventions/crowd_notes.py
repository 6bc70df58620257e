"""Crowd notes: people of different views agree on a note under a misleading post."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.answering import AnsweringIntervention
from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.warning_label import WarningLabel
from infodemic_sim.interventions.who import Share, WhoField
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World

LABEL = {name: field.default for name, field in WarningLabel.model_fields.items()}
VIEWS = 2


class CrowdNotes(AnsweringIntervention):
    """Contributors rate false posts that they read; a note appears once enough of both views agree.

    A note needs ``ratings`` contributors, at least one of whom holds the accurate and one the false position
    more likely. It is shown to all as a label of peers, and explains: it is a sourced correction too. What it
    does is not fitted to trials of notes: it has the strength of a warning label and of a correction; but for
    the upper end of a range, as one of two studies found more.
    """

    family: ClassVar[str] = "community"
    needs: ClassVar[frozenset[str]] = frozenset({"labels", "corrections"})

    who: WhoField = param(Share(share=0.02), doc="The contributors.")
    delay: float = param(0.25, ge=0, unit="d", doc="Time from a rating to its effect.", source=ASSUMED)
    ratings: int = param(3, ge=1, unit="ratings", doc="How many bring a note about.", source=ASSUMED)
    bridging: bool = param(True, doc="Whether both views have to be among them.")
    effect: float = param(
        LABEL["effect"],
        ge=0,
        le=10,
        unit="logits",
        doc="Veracity taken by the note at full trust: that of a warning label.",
        source="MartelRand2024",
    )
    sharing_effect: float = param(
        LABEL["sharing_effect"],
        ge=0,
        le=1,
        unit="share",
        doc="Reshares prevented directly at full trust: those of a warning label, or more.",
        source="MartelRand2024; Slaughter2025; Chuai2024",
        plausible=(0.4, 0.76),
    )
    floor: float = param(
        LABEL["floor"],
        ge=0,
        le=1,
        unit="share",
        doc="Share of both effects that needs no trust: that of a warning label.",
        source="MartelRand2024",
    )

    def start(self, world: World) -> Memory:
        """A kind of label, and ratings so far by view of each message that was rated: (key, slot)."""
        number = world.new_label(self.effect, TRUST.index("peer"), self.sharing_effect, self.floor)
        return {
            "issuer": np.array(number),
            "rated": np.empty((0, 2), np.uint64),
            "votes": np.empty((0, VIEWS), np.int64),
        }

    def run(self, world: World, memory: Memory) -> None:
        """One step; notes stay in sight once there are any."""
        super().run(world, memory)
        if memory["acts"][0] > 0:
            world.levers.label_sight.show_all(int(memory["issuer"]))

    def answer(self, world: World, actors: Indices, slots: np.ndarray, memory: Memory) -> None:
        """Count ratings; attach notes where they suffice."""
        rated, votes = self.tally(world, actors, slots, memory)
        enough = (votes.sum(axis=1) >= self.ratings) & ((votes > 0).all(axis=1) | (not self.bridging))
        memory["rated"], memory["votes"] = rated[~enough], votes[~enough]
        noted = rated[enough, 1].astype(np.int32)
        authors = world.state.messages.slots["author"][noted].astype(np.int64)
        world.label(noted, int(memory["issuer"]))
        world.correct(noted, authors, source="peer")

    def tally(
        self, world: World, actors: Indices, slots: np.ndarray, memory: Memory
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ratings so far, these included, of messages that still stand and bear no note yet."""
        messages = world.state.messages.slots
        view = (world.state.lines[actors, messages["topic"][slots], :3].sum(axis=1) > 0.0).astype(np.int64)
        cast = np.zeros((slots.size, VIEWS), np.int64)
        cast[np.arange(slots.size), view] = 1
        every, votes = (
            np.concatenate([memory["rated"], world.remembered(slots)]),
            np.concatenate([memory["votes"], cast]),
        )
        labels = messages["labels"][every[:, 1].astype(np.int64)]
        open_ = world.standing(every) & (labels >> np.uint8(memory["issuer"]) & 1 == 0)
        every, votes = every[open_], votes[open_]
        _, first, place = np.unique(every[:, 0], return_index=True, return_inverse=True)
        total = np.zeros((first.size, VIEWS), np.int64)
        np.add.at(total, place, votes)
        return every[first], total
