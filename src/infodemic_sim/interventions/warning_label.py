"""Warning label: a notice on misinformation that fact-checkers have found."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class WarningLabel(Intervention):
    """Put a notice on a share of false messages, some time after they appear.

    Whoever is shown the label takes ``effect`` times their trust in its issuer from the logit of the
    message's perceived veracity; sharing falls only because veracity does. A few accurate messages are
    labelled by mistake. ``who`` is the audience that is shown labels; capacity, delay and cost count
    messages.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"labels"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)

    delay: float = param(0.5, ge=0, unit="d", doc="Time from publication to label.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=15.0), doc="What one label costs.")
    effect: float = param(
        1.2,
        ge=0,
        le=10,
        unit="logits",
        doc="Veracity taken by the label at full trust.",
        source="MartelRand2024",
    )
    sharing_effect: float = param(
        0.2,
        ge=0,
        le=1,
        unit="share",
        doc="Reshares that the label prevents directly at full trust, beside what veracity does.",
        source="MartelRand2024",
    )
    floor: float = param(
        0.3,
        ge=0,
        le=1,
        unit="share",
        doc="Share of both effects that needs no trust in the issuer.",
        source="MartelRand2024",
    )
    recall: float = param(0.3, ge=0, le=1, unit="share", doc="False messages that are found.", source=ASSUMED)
    false_alarm: float = param(
        0.01, ge=0, le=1, unit="share", doc="Accurate messages labelled by mistake.", source=ASSUMED
    )
    issuer: Literal["fact_checker", "platform", "institution", "provider", "peer"] = param(
        "fact_checker", doc="Whose word the label is."
    )
    topic: str | None = param(None, doc="Name of the topic; none: all topics.")

    @model_validator(mode="after")
    def _no_actors(self) -> Self:
        if self.capacity.per_actor_per_day is not None:
            raise ValueError("capacity.per_actor_per_day has no meaning for labels: give per_day")
        return self

    def start(self, world: World) -> Memory:
        """Ask for one of the eight kinds of label of a run."""
        return {"issuer": np.array(world.new_label(*self._strength()))}

    def _strength(self) -> tuple[float, int, float, float]:
        """What the label does, as ``World.new_label`` takes it."""
        return self.effect, TRUST.index(self.issuer), self.sharing_effect, self.floor

    def run(self, world: World, memory: Memory) -> None:
        """Show labels to the audience; find, queue and label new messages."""
        audience = self.taking_part(world, memory)
        issuer = int(memory["issuer"])
        world.state.issuers[issuer] = self._strength()
        world.levers.label_sight.show(audience, issuer)
        found = self.found(world) if audience.size else np.empty(0, np.int64)
        keys = world.state.messages.slots["key"][found]
        objects = np.stack([keys, found.astype(np.uint64)], axis=1)
        admitted = self.admit(world, memory, None, objects)
        _, objects = self.wait(world, memory, np.zeros(admitted.size, np.int64), objects[admitted])
        slots = objects[world.standing(objects), 1].astype(np.int32)
        memory["acts"] += slots.size
        memory["reached"][audience] |= bool(memory["acts"][0] > 0)
        world.label(slots, issuer)

    def found(self, world: World) -> Indices:
        """Slots of new messages that fact-checkers single out."""
        fresh = world.state.fresh
        rows = world.state.messages.slots[fresh]
        base_key = name_key(self.key)
        luck = world.draws.uniform(Purpose.CHOICE, rows["key"].copy(), base_key)
        chance = np.where(rows["side"] < 0, self.recall, np.where(rows["side"] > 0, self.false_alarm, 0.0))
        wanted = (luck < chance) & (rows["origin"] == 0)
        if self.topic is not None:
            wanted &= rows["topic"] == world.topic_index(self.topic)
        return fresh[wanted].astype(np.int64)
