"""Provider correction: health professionals answer the misinformation they come across."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.answering import AnsweringIntervention
from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import name_key
from infodemic_sim.world import World


class ProviderCorrection(AnsweringIntervention):
    """Health professionals reply to false posts they read, where bystanders see the reply.

    The reply is attached to the message: whoever reads the message later reads the reply with the
    platform's bystander chance, and is persuaded as far as they trust providers. A share of replies is
    also published on the provider's own timeline.
    """

    family: ClassVar[str] = "health professionals"
    needs: ClassVar[frozenset[str]] = frozenset({"corrections", "posts"})

    who: WhoField = param(Role(role="provider"), doc="Who corrects.")
    capacity: Capacity = param(Capacity(per_actor_per_day=20), doc="How many corrections are possible.")
    cost: Cost = param(Cost(minutes=5.0), doc="What one correction costs.")
    strength: float = param(
        1.0,
        ge=0,
        le=10,
        unit="factor",
        doc="Persuasion relative to the declared one of corrections.",
        source="Walter2021; ChanAlbarracin2023",
        plausible=(0.28, 1.38),
    )
    published: float = param(
        0.2, ge=0, le=1, unit="share", doc="Replies that also become posts of the provider.", source=ASSUMED
    )
    visibility: float = param(1.0, ge=0, le=100, unit="factor", doc="Pull of those posts in feeds.")

    def answer(self, world: World, actors: Indices, slots: np.ndarray, memory: Memory) -> None:
        """Attach the replies, and publish some of them."""
        world.correct(slots, actors, self.strength)
        cause = name_key(self.key)
        how = {"strength": self.strength, "visibility": self.visibility}
        world.publish_answers(actors, slots, cause, self.published, **how)
