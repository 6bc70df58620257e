"""Seeding: chosen people pass accurate information on to those who know them."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.publishing import PublishingIntervention
from infodemic_sim.interventions.who import FriendsOfRandom, WhoField
from infodemic_sim.params import ASSUMED, param


class Seeding(PublishingIntervention):
    """Trusted messengers: people are given accurate material, and publish it as their own.

    Whoever reads it is persuaded as far as they trust the messenger's kind (peers, unless the messenger is a
    professional). By default messengers are friends whom random people name.
    """

    family: ClassVar[str] = "health professionals"

    who: WhoField = param(FriendsOfRandom(share=0.02), doc="The messengers.")
    uptake: float = param(
        0.7, ge=0, le=1, unit="share", doc="Share of the people concerned who take part.", source=ASSUMED
    )
    cost: Cost = param(Cost(money=0.5), doc="What one post costs.")
    per_day: float = param(
        0.3,
        ge=0,
        unit="posts/day",
        doc="Posts of one messenger.",
        source=ASSUMED,
        plausible=(0.05, 1.0),
    )
