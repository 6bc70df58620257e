"""Warning label: a notice on misinformation that fact-checkers have found."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.finding import FindingIntervention
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import param
from infodemic_sim.world import World


class WarningLabel(FindingIntervention):
    """Put a notice on a share of false messages, some time after they appear.

    A person who is shown the label takes ``effect`` times tau from the logit of the message's perceived
    veracity, and reshares it ``sharing_effect`` times tau less beside that; tau = floor + (1 - floor) t, with
    t their trust in its issuer. A few accurate messages are labelled by mistake. ``who`` is the audience that
    is shown labels; capacity, delay and cost count messages.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"labels"})
    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = (("effect", "sharing_effect"),)
    of_authors: ClassVar[bool] = False

    cost: Cost = param(Cost(minutes=15.0), doc="What one label costs.")
    effect: float = param(
        0.84,
        ge=0,
        le=10,
        unit="logits",
        doc="Veracity taken by the label at full trust.",
        source="MartelRand2024",
        plausible=(0.6, 1.1),
    )
    sharing_effect: float = param(
        0.41,
        ge=0,
        le=1,
        unit="share",
        doc="Reshares that the label prevents directly at full trust, beside what veracity does.",
        source="MartelRand2024",
    )
    floor: float = param(
        0.08,
        ge=0,
        le=1,
        unit="share",
        doc="Share of both effects that needs no trust in the issuer.",
        source="MartelRand2024",
    )
    issuer: Literal["fact_checker", "platform", "institution", "provider", "peer"] = param(
        "fact_checker", doc="Whose word the label is."
    )

    def start(self, world: World) -> Memory:
        """Ask for one of the eight kinds of label of a run."""
        return {"issuer": np.array(world.new_label(*self._strength()))}

    def _strength(self) -> tuple[float, int, float, float]:
        """What the label does, as ``World.new_label`` takes it."""
        return self.effect, TRUST.index(self.issuer), self.sharing_effect, self.floor

    def treat(self, world: World, slots: np.ndarray, people: Indices, memory: Memory) -> None:
        """Label what was found, and show labels to the audience."""
        issuer = int(memory["issuer"])
        world.state.issuers[issuer] = self._strength()
        world.levers.label_sight.show(people, issuer)
        if memory["acts"][0] > 0:
            memory["reached"][people] = True
        world.label(slots, issuer)
